"""Slows down whoever guesses passwords: each failure in a row makes the next try wait longer.

Counted by account name (also names that nobody has, so that waiting tells nothing) and, more loosely, by client
address, behind which a whole school may sit. The database holds keyed digests of both.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select
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


def _seconds(*numbers: int) -> tuple[dt.timedelta, ...]:
    return tuple(dt.timedelta(seconds=number) for number in numbers)


PATIENCE = {
    FailureKind.NAME: Patience(
        first=_seconds(0, 0, 2, 5),
        lock=dt.timedelta(minutes=15),
        longest=dt.timedelta(hours=4),
        forgotten_after=dt.timedelta(hours=24),
    ),
    FailureKind.ADDRESS: Patience(
        first=_seconds(*[0] * 59),
        lock=dt.timedelta(minutes=1),
        longest=dt.timedelta(minutes=15),
        forgotten_after=dt.timedelta(hours=1),
    ),
}


def blocked_until(session: Session, digests: dict[FailureKind, str], *, now: dt.datetime) -> dt.datetime | None:
    """The end of the longest wait that stands in the way of a try now; None if it may go ahead."""
    waits = [row.blocked_until for row in _rows(session, digests).values() if row.blocked_until > now]
    return max(waits, default=None)


def count_failure(session: Session, digests: dict[FailureKind, str], *, now: dt.datetime) -> int:
    """Count one failure for each digest and set the waits; gives the failures in a row of the account name."""
    for kind, patience in PATIENCE.items():
        long_ago = FailedSignIn.last_failure_at < now - patience.forgotten_after
        session.execute(delete(FailedSignIn).where(FailedSignIn.kind == kind, long_ago))
    rows = _rows(session, digests)
    for kind, digest in digests.items():
        row = rows.get(kind)
        if row is None:
            row = rows[kind] = FailedSignIn(kind=kind, digest=digest, failures=0)
            session.add(row)
        row.failures += 1
        row.last_failure_at = now
        row.blocked_until = now + PATIENCE[kind].wait_after(row.failures)
    return rows[FailureKind.NAME].failures


def forgive(session: Session, digests: dict[FailureKind, str]) -> None:
    """The password was right: the name starts afresh. The address loses only the one failure counted before the try,
    or somebody with one account of his own could guess at the others for ever."""
    rows = _rows(session, digests)
    if name := rows.get(FailureKind.NAME):
        session.delete(name)
    if address := rows.get(FailureKind.ADDRESS):
        address.failures = max(address.failures - 1, 0)
        address.blocked_until = address.last_failure_at


def forgive_name(session: Session, digest: str) -> None:
    """An administrator gave the person a new password: no more waiting."""
    session.execute(delete(FailedSignIn).where(FailedSignIn.kind == FailureKind.NAME, FailedSignIn.digest == digest))


def _rows(session: Session, digests: dict[FailureKind, str]) -> dict[FailureKind, FailedSignIn]:
    found = session.scalars(select(FailedSignIn).where(FailedSignIn.digest.in_(digests.values())))
    return {row.kind: row for row in found}
