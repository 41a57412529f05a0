"""What is done to users; each leaves an audit line and none commits."""

import datetime as dt

from sqlalchemy.orm import Session

from app.audit.actions import record
from app.people import sessions, slowing
from app.people.actors import Actor
from app.people.belonging import HOME_OF
from app.people.models import User
from app.people.queries import name_taken
from app.people.roles import Role
from app.people.signing_in import name_digest
from app.schools.models import Organisation, OrganisationKind, SchoolClass
from app.secret import Secret


class NotPossible(ValueError):
    """What was asked makes no sense for this user or place; the message says why."""


class NameTaken(NotPossible):
    """Two people cannot sign in by one name."""


class ClassNotForRole(NotPossible):
    """Only a school's clerk can be limited to one class."""


def add_user(
    session: Session,
    *,
    by: Actor | None,
    now: dt.datetime,
    organisation: Organisation,
    sign_in_name: str,
    shown_name: str,
    role: Role,
    password_hash: str,
    school_class: SchoolClass | None = None,
    program: bool = False,
) -> User:
    """A new user, who has to choose an own password at the first sign-in; a program has none and never signs in."""
    _fits(role, organisation, school_class)
    if name_taken(session, sign_in_name):
        raise NameTaken(f"Somebody signs in as {sign_in_name} already: choose another name.")
    user = User(
        sign_in_name=sign_in_name,
        shown_name=shown_name,
        password_hash=password_hash,
        role=role,
        organisation_id=organisation.id,
        class_id=school_class.id if school_class else None,
        active=True,
        must_change_password=True,
        program=program,
        created_at=now,
    )
    session.add(user)
    session.flush()
    _note(session, by, now, "user.added", user, organisation_id=organisation.id, role=role)
    return user


def switch_off(session: Session, *, by: Actor, now: dt.datetime, user: User) -> None:
    """The person may no longer sign in; open sessions end at once."""
    if user.id == by.user_id:
        raise NotPossible("Nobody switches off the own account: who would switch it on again?")
    user.active = False
    sessions.end_sessions_of(session, user.id)
    _note(session, by, now, "user.switched_off", user)


def switch_on(session: Session, *, by: Actor, now: dt.datetime, user: User) -> None:
    user.active = True
    _note(session, by, now, "user.switched_on", user)


def reset_password(
    session: Session, *, by: Actor | None, now: dt.datetime, user: User, password_hash: str, secret: Secret
) -> None:
    """A one-time password instead of a forgotten one; waiting times are forgiven, open sessions end."""
    if by is not None and user.id == by.user_id:
        raise NotPossible("The own password is changed by proving the old one, not by a reset.")
    user.password_hash = password_hash
    user.must_change_password = True
    sessions.end_sessions_of(session, user.id)
    slowing.forgive_name(session, name_digest(secret, user.sign_in_name))
    _note(session, by, now, "user.password_reset", user)


def change_own_password(session: Session, *, by: Actor, now: dt.datetime, password_hash: str) -> str:
    """The person's own new password: every session ends; gives the token of a new one for this browser."""
    user = session.get_one(User, by.user_id)
    user.password_hash = password_hash
    user.must_change_password = False
    sessions.end_sessions_of(session, user.id)
    _note(session, by, now, "user.password_changed", user)
    return sessions.open_session(session, user=user, now=now)


def sign_out(session: Session, *, by: Actor, now: dt.datetime, token: str) -> None:
    sessions.end_session(session, token)
    record(session, by=by, now=now, action="user.signed_out", subject=("user", by.user_id))


def move_user(
    session: Session, *, by: Actor, now: dt.datetime, user: User, organisation: Organisation, role: Role
) -> None:
    """Another place of work: what was seen from the old one is gone at once."""
    _fits(role, organisation, None)
    user.organisation_id, user.role, user.class_id = organisation.id, role, None
    sessions.end_sessions_of(session, user.id)
    _note(session, by, now, "user.moved", user, organisation_id=organisation.id, role=role)


def _fits(role: Role, organisation: Organisation, school_class: SchoolClass | None) -> None:
    if organisation.kind not in HOME_OF[role]:
        raise NotPossible(f"A {role} does not work at a {organisation.kind}: choose another role or organisation.")
    if school_class is None:
        return
    if role is not Role.CLERK or organisation.kind is not OrganisationKind.SCHOOL:
        raise ClassNotForRole("Only a school's clerk can be limited to one class: leave the class out.")
    if school_class.school_id != organisation.id:
        raise NotPossible("The class belongs to another school.")


def _note(session: Session, by: Actor | None, now: dt.datetime, action: str, user: User, **detail: object) -> None:
    record(session, by=by, now=now, action=action, subject=("user", user.id), detail=detail)
