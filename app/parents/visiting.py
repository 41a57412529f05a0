"""A family's visit: proven by code and phone, fifteen minutes long, ended by a button. Apart from the staff's sessions.

The failure is counted before anything is looked up and taken back when it was right, as at the sign-in page. A refusal
comes after the same time whatever was wrong, so that nobody learns which codes there are.
"""

import datetime as dt
import hashlib
import ipaddress
import secrets
import time
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.database import Database
from app.notices.models import Notice
from app.parents.models import FamilyVisit
from app.parents.proving import proven_notice
from app.people import slowing
from app.people.actors import Parent
from app.people.models import FailureKind
from app.people.slowing import PATIENCE
from app.secret import Secret

LONGEST = dt.timedelta(minutes=15)
#: Seconds that every refusal takes: several times as long as any look-up.
REFUSED_AFTER = 0.3


@dataclass(frozen=True, slots=True)
class Wrong:
    """Code and digits do not belong together."""

    tries_left: int
    lock: dt.timedelta


@dataclass(frozen=True, slots=True)
class Waiting:
    """Too many failures: until the time is over nothing is looked up."""

    left: dt.timedelta


def begin(
    database: Database, secret: Secret, *, code: str, digits: str, address: str, now: dt.datetime
) -> str | Wrong | Waiting:
    """The token of a new visit, or why there is none."""
    begun = time.monotonic()
    outcome = _begun(database, secret, code=code, digits=digits, address=address, now=now)
    if not isinstance(outcome, str):
        time.sleep(max(0.0, REFUSED_AFTER - (time.monotonic() - begun)))
    return outcome


def _begun(
    database: Database, secret: Secret, *, code: str, digits: str, address: str, now: dt.datetime
) -> str | Wrong | Waiting:
    counted_by = {
        FailureKind.CODE: secret.digest("failed look by code", code),
        FailureKind.FAMILY_ADDRESS: secret.digest("failed look by address", neighbourhood(address)),
    }
    with database.writing() as session:
        counted = slowing.count_try(session, counted_by, now=now)
    if counted.wait_until:
        return Waiting(counted.wait_until - now)
    with database.reading() as session:
        proven = proven_notice(session, code, digits)
    if proven is None:
        return _refusal(counted.failures)
    with database.writing() as session:
        slowing.forgive(session, counted_by, now=now)
        notice = session.get_one(Notice, proven.id)
        return _open(session, notice, now=now, failures_before=counted.failures - 1)


def find_notice(session: Session, token: str, *, now: dt.datetime) -> Notice | None:
    """The notice that a visit is for, while it lasts."""
    if not token:
        return None
    wanted = (
        select(Notice)
        .join(FamilyVisit, FamilyVisit.notice_id == Notice.id)
        .where(FamilyVisit.token_digest == _digest(token), FamilyVisit.opened_at > now - LONGEST)
    )
    return session.scalars(wanted).one_or_none()


def end(session: Session, token: str) -> None:
    """Finished: the token opens nothing any more. Twice changes nothing."""
    session.execute(delete(FamilyVisit).where(FamilyVisit.token_digest == _digest(token)))


def family_of(notice: Notice) -> Parent:
    """Who reads it, for the trail of the school."""
    return Parent(organisation_id=notice.school_id)


def neighbourhood(address: str) -> str:
    """The client's address; of the newer kind the half that names a line: whoever has one has all the rest.

    An old address written in the new way (::ffff:192.0.2.7) stays itself, or all old addresses were one line.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _open(session: Session, notice: Notice, *, now: dt.datetime, failures_before: int) -> str:
    session.execute(delete(FamilyVisit).where(FamilyVisit.opened_at <= now - LONGEST))
    token = secrets.token_urlsafe(32)
    session.add(FamilyVisit(token_digest=_digest(token), notice_id=notice.id, opened_at=now))
    session.flush()
    detail = {"failures_before": failures_before}
    subject = ("notice", notice.id)
    record(session, by=family_of(notice), now=now, action="family.opened", subject=subject, detail=detail)
    return token


def _refusal(failures: int) -> Wrong | Waiting:
    patience = PATIENCE[FailureKind.CODE]
    wait = patience.wait_after(failures)
    if wait >= patience.lock:
        return Waiting(wait)
    return Wrong(patience.left_before_lock(failures), patience.next_lock(failures))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
