"""Signing in: count the try, look at the password, open a session.

The failure is counted before the password is looked at and taken back when it was right: so a hundred tries at the
same moment are a hundred failures, and no database lock is held during the slow hash.
"""

import datetime as dt
import unicodedata
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.database import Database
from app.people import passwords, sessions, slowing
from app.people.models import FailureKind, User
from app.people.slowing import PATIENCE
from app.schools.models import Organisation
from app.secret import Secret


@dataclass(frozen=True, slots=True)
class SignedIn:
    token: str
    must_change_password: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """Name and password do not belong together."""

    tries_left: int
    lock: dt.timedelta


@dataclass(frozen=True, slots=True)
class Waiting:
    """Too many failures: the password was not even looked at."""

    left: dt.timedelta


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """The password was right, but the account is no longer in use."""


def sign_in(
    database: Database, secret: Secret, *, name: str, password: str, address: str, now: dt.datetime
) -> SignedIn | Wrong | Waiting | SwitchedOff:
    """Let the person in, or say why not."""
    name = plain_name(name)
    digests = {
        FailureKind.NAME: name_digest(secret, name),
        FailureKind.ADDRESS: secret.digest("failed sign-in by address", address),
    }
    with database.writing() as session:
        if until := slowing.blocked_until(session, digests, now=now):
            return Waiting(until - now)
        failures = slowing.count_failure(session, digests, now=now)
        user = session.scalar(select(User).where(User.sign_in_name == name))
    if not passwords.verify(password, user.password_hash if user else None) or user is None:
        return _refusal(failures)
    renewed = passwords.hash_password(password) if passwords.should_be_renewed(user.password_hash) else None
    with database.writing() as session:
        slowing.forgive(session, digests)
        return _open(session, user, renewed, now=now, failures_before=failures - 1)


def plain_name(typed: str) -> str:
    """A 工号 as it is stored: full-width letters and digits made plain, lower case, no spaces around."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def name_digest(secret: Secret, name: str) -> str:
    return secret.digest("failed sign-in by name", name)


def _refusal(failures: int) -> Wrong | Waiting:
    patience = PATIENCE[FailureKind.NAME]
    wait = patience.wait_after(failures)
    if wait >= patience.lock:
        return Waiting(wait)
    return Wrong(patience.left_before_lock(failures), patience.next_lock(failures))


def _open(
    session: Session, seen: User, renewed: str | None, *, now: dt.datetime, failures_before: int
) -> SignedIn | SwitchedOff:
    # Read anew: between the look at the hash and now the account may have been switched off or given a new password.
    user = session.get_one(User, seen.id)
    if not user.active or user.password_hash != seen.password_hash:
        return SwitchedOff()
    if renewed:
        user.password_hash = renewed
    organisation = session.get_one(Organisation, user.organisation_id)
    token = sessions.open_session(session, user=user, now=now)
    record(
        session,
        by=sessions.actor_of(user, organisation),
        now=now,
        action="user.signed_in",
        subject=("user", user.id),
        detail={"failures_before": failures_before},
    )
    return SignedIn(token, user.must_change_password)
