"""Slows down whoever guesses: each failure in a row makes the next try wait longer.

Counted by what is guessed at, an account name or a notice's code (also those that nobody has, so that waiting tells
nothing), and, more loosely, by client address, behind which a whole school may sit. The database holds keyed digests.
"""

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.people.models import FailedSignIn, FailureKind


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait after so many failures in a row."""

    #: Waits after the first failures, before the lock; the list's length says how many there are.
    first: tuple[dt.timedelta, ...]
    lock: dt.timedelta
    longest: dt.timedelta
    #: Quiet for so long, all failures are forgotten.
    forgotten_after: dt.timedelta

    def wait_after(self, failures: int) -> dt.timedelta:
        if failures <= len(self.first):
            return self.first[failures - 1]
        doublings = min(failures - len(self.first) - 1, 16)
        return min(self.lock * (1 << doublings), self.longest)

    def left_before_lock(self, failures: int) -> int:
        """How many more failures until the account is locked (again)."""
        return max(len(self.first) + 1 - failures, 1)

    def next_lock(self, failures: int) -> dt.timedelta:
        """How long that lock will be."""
        return self.wait_after(failures + self.left_before_lock(failures))


@dataclass(frozen=True, slots=True)
class Try:
    """A counted try, or one that has to wait."""

    #: In a row, of what is guessed at, this one included.
    failures: int
    wait_until: dt.datetime | None


def _seconds(*numbers: int) -> tuple[dt.timedelta, ...]:
    return tuple(dt.timedelta(seconds=number) for number in numbers)


_OF_ONE = Patience(
    first=_seconds(0, 0, 2, 5),
    lock=dt.timedelta(minutes=15),
    longest=dt.timedelta(hours=4),
    forgotten_after=dt.timedelta(hours=24),
)
_OF_AN_ADDRESS = Patience(
    first=_seconds(*[0] * 59),
    lock=dt.timedelta(minutes=1),
    longest=dt.timedelta(minutes=15),
    forgotten_after=dt.timedelta(hours=1),
)
#: Families have an address count of their own: whoever guesses at a notice locks nobody's sign-in beside it.
PATIENCE = {
    FailureKind.NAME: _OF_ONE,
    FailureKind.ADDRESS: _OF_AN_ADDRESS,
    FailureKind.CODE: replace(_OF_ONE, longest=dt.timedelta(hours=24), forgotten_after=dt.timedelta(days=7)),
    FailureKind.FAMILY_ADDRESS: _OF_AN_ADDRESS,
}
#: What is guessed at; the others are where the guesses come from.
_TARGETS = (FailureKind.NAME, FailureKind.CODE)


def count_try(session: Session, digests: dict[FailureKind, str], *, now: dt.datetime) -> Try:
    """Count a failure for each digest and set the waits; unless one still has to wait: then nothing is counted."""
    rows = _locked_rows(session, digests, now)
    waits = [row.blocked_until for row in rows.values() if row.blocked_until > now]
    if waits:
        return Try(_target(rows).failures, max(waits))
    for kind, row in rows.items():
        if row.last_failure_at < now - PATIENCE[kind].forgotten_after:
            row.failures = 0
        row.failures += 1
        row.last_failure_at = now
        row.blocked_until = now + PATIENCE[kind].wait_after(row.failures)
    return Try(_target(rows).failures, None)


def forgive(session: Session, digests: dict[FailureKind, str], *, now: dt.datetime) -> None:
    """It was right: what was guessed at starts afresh. The address loses only the one failure counted before the try,
    or somebody with one account of his own could guess at the others for ever."""
    rows = _locked_rows(session, digests, now)
    for kind, row in rows.items():
        row.failures = 0 if kind in _TARGETS else max(row.failures - 1, 0)
        row.blocked_until = now
    _sweep(session, now)


def forgive_name(session: Session, digest: str) -> None:
    """An administrator gave the person a new password: no more waiting."""
    session.execute(delete(FailedSignIn).where(FailedSignIn.kind == FailureKind.NAME, FailedSignIn.digest == digest))


def _locked_rows(
    session: Session, digests: dict[FailureKind, str], now: dt.datetime
) -> dict[FailureKind, FailedSignIn]:
    """The row of each digest, made if there is none, and nobody else's until this transaction ends."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = {"failures": 0, "last_failure_at": now, "blocked_until": now}
    for kind, digest in digests.items():
        session.execute(insert(FailedSignIn).values(kind=kind, digest=digest, **fresh).on_conflict_do_nothing())
    wanted = select(FailedSignIn).where(FailedSignIn.digest.in_(digests.values()))
    # In one order, so that two tries never wait for each other.
    found = session.scalars(wanted.order_by(FailedSignIn.id).with_for_update())
    return {row.kind: row for row in found}


def _target(rows: dict[FailureKind, FailedSignIn]) -> FailedSignIn:
    return next(row for kind, row in rows.items() if kind in _TARGETS)


def _sweep(session: Session, now: dt.datetime) -> None:
    for kind, patience in PATIENCE.items():
        old = FailedSignIn.last_failure_at < now - patience.forgotten_after
        session.execute(delete(FailedSignIn).where(FailedSignIn.kind == kind, old))
