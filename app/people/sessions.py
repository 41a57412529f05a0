"""Sessions on the server: a random token in the cookie, its SHA-256 in the table, an end after idle minutes.

A session ends when its user signs out, is switched off, changes the password, or is moved to another place or role.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.people.actors import Actor
from app.people.models import User, UserSession
from app.schools.models import Organisation

#: Nobody works longer without signing in again, however busy.
LONGEST = dt.timedelta(hours=12)
#: `last_seen_at` is written at most this often: reading a page should not cost a write.
_NOTED_EVERY = dt.timedelta(minutes=1)
#: Ended sessions stay this long, so that a form sent too late can still be given back to its author.
_SWEPT_AFTER = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person as found by the cookie."""

    actor: Actor
    session_id: int
    must_change_password: bool
    #: Long enough ago to be noted anew.
    seen_long_ago: bool


def open_session(session: Session, *, user: User, now: dt.datetime) -> str:
    """Begin a session for `user` and give the token for the cookie; it is kept nowhere else."""
    _sweep(session, now)
    token = secrets.token_urlsafe(32)
    session.add(
        UserSession(
            token_digest=_digest(token),
            user_id=user.id,
            organisation_id=user.organisation_id,
            role=user.role,
            opened_at=now,
            last_seen_at=now,
        )
    )
    return token


def find_person(session: Session, token: str, *, now: dt.datetime, idle_minutes: int) -> Person | None:
    """The person of a live session, or None."""
    row = session.execute(
        select(UserSession, User, Organisation)
        .join(User, User.id == UserSession.user_id)
        .join(Organisation, Organisation.id == User.organisation_id)
        .where(
            UserSession.token_digest == _digest(token),
            UserSession.last_seen_at > now - dt.timedelta(minutes=idle_minutes),
            UserSession.opened_at > now - LONGEST,
            UserSession.organisation_id == User.organisation_id,
            UserSession.role == User.role,
            User.active,
        )
    ).one_or_none()
    if row is None:
        return None
    open_one, user, organisation = row
    return Person(
        actor=actor_of(user, organisation),
        session_id=open_one.id,
        must_change_password=user.must_change_password,
        seen_long_ago=now - open_one.last_seen_at >= _NOTED_EVERY,
    )


def owner_of(session: Session, token: str) -> int | None:
    """Whose session it is or was, live or not: the user's id."""
    return session.scalar(select(UserSession.user_id).where(UserSession.token_digest == _digest(token)))


def note_presence(session: Session, person: Person, *, now: dt.datetime) -> None:
    session.execute(update(UserSession).where(UserSession.id == person.session_id).values(last_seen_at=now))


def end_session(session: Session, token: str) -> None:
    session.execute(delete(UserSession).where(UserSession.token_digest == _digest(token)))


def end_sessions_of(session: Session, user_id: int) -> None:
    session.execute(delete(UserSession).where(UserSession.user_id == user_id))


def actor_of(user: User, organisation: Organisation) -> Actor:
    return Actor(
        user_id=user.id,
        shown_name=user.shown_name,
        role=user.role,
        organisation_id=user.organisation_id,
        organisation_kind=organisation.kind,
        class_id=user.class_id,
    )


def _sweep(session: Session, now: dt.datetime) -> None:
    limit = now - _SWEPT_AFTER
    old = or_(UserSession.last_seen_at < limit, UserSession.opened_at < limit - LONGEST)
    session.execute(delete(UserSession).where(old))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
