"""Proving who one is: count the try, look at the password, open a session.

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


@dataclass(frozen=True, slots=True)
class Wrong:
    """Name and password do not belong together."""

    tries_left: int
    lock: dt.timedelta


@dataclass(frozen=True, slots=True)
class Waiting:
    """Too many failures: until the time is over no password is even looked at."""

    left: dt.timedelta


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """The password was right, but the account is no longer in use."""


Refusal = Wrong | Waiting | SwitchedOff


@dataclass(frozen=True, slots=True)
class _Proven:
    user: User
    failures_before: int


def sign_in(
    database: Database, secret: Secret, *, name: str, password: str, address: str, now: dt.datetime
) -> SignedIn | Refusal:
    """Let the person in, or say why not."""
    proof = _prove(database, secret, name=plain_name(name), password=password, address=address, now=now)
    if not isinstance(proof, _Proven):
        return proof
    seen = proof.user
    renewed = passwords.hash_password(password) if passwords.should_be_renewed(seen.password_hash) else None
    with database.writing() as session:
        # Read anew: since the look at the hash the account may have been switched off or given a new password.
        user = session.get_one(User, seen.id)
        if not user.active or user.password_hash != seen.password_hash:
            return SwitchedOff()
        user.password_hash = renewed or user.password_hash
        return SignedIn(_open(session, user, now=now, failures_before=proof.failures_before))


def confirm(
    database: Database, secret: Secret, *, user: User, password: str, address: str, now: dt.datetime
) -> Refusal | None:
    """Is it really the signed-in `user` who sits here? None if the password is right; guesses count as at sign-in."""
    proof = _prove(database, secret, name=user.sign_in_name, password=password, address=address, now=now)
    return None if isinstance(proof, _Proven) else proof


def plain_name(typed: str) -> str:
    """A 工号 as it is stored: full-width letters and digits made plain, lower case, no spaces around."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def name_digest(secret: Secret, name: str) -> str:
    return secret.digest("failed sign-in by name", name)


def _prove(
    database: Database, secret: Secret, *, name: str, password: str, address: str, now: dt.datetime
) -> _Proven | Wrong | Waiting:
    digests = {
        FailureKind.NAME: name_digest(secret, name),
        FailureKind.ADDRESS: secret.digest("failed sign-in by address", address),
    }
    with database.writing() as session:
        counted = slowing.count_try(session, digests, now=now)
        if counted.wait_until:
            return Waiting(counted.wait_until - now)
        user = session.scalar(select(User).where(User.sign_in_name == name, User.program.is_(False)))
    if not passwords.verify(password, user.password_hash if user else None) or user is None:
        return _refusal(counted.failures)
    with database.writing() as session:
        slowing.forgive(session, digests, now=now)
    return _Proven(user, counted.failures - 1)


def _refusal(failures: int) -> Wrong | Waiting:
    patience = PATIENCE[FailureKind.NAME]
    wait = patience.wait_after(failures)
    if wait >= patience.lock:
        return Waiting(wait)
    return Wrong(patience.left_before_lock(failures), patience.next_lock(failures))


def _open(session: Session, user: User, *, now: dt.datetime, failures_before: int) -> str:
    organisation = session.get_one(Organisation, user.organisation_id)
    token = sessions.open_session(session, user=user, now=now)
    by = sessions.actor_of(user, organisation)
    # Failures are told here and not when they happen: a line for known names only would take time that tells.
    detail = {"failures_before": failures_before}
    record(session, by=by, now=now, action="user.signed_in", subject=("user", user.id), detail=detail)
    return token
