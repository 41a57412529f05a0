"""Reading the trail again an organisation's day at a time, within some seconds; the next look goes on after it.

Whether days of the whole office are missing only `scripts/verify-audit` can say: it reads everything.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import chaining, raw
from app.audit.actions import record
from app.audit.models import AuditEvent, AuditHead, AuditLook
from app.audit.queries import heads_in_scope
from app.people.actors import Actor
from app.privacy.keys import keys_of


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look did: days read again, days broken, days that it had no time for."""

    days: int
    broken: int
    left: int


@dataclass(frozen=True, slots=True)
class DayState:
    """One organisation's day: its head, and the last look at it."""

    head: AuditHead
    look: AuditLook | None

    @property
    def since(self) -> int:
        """Events that came after the last look."""
        return self.head.events - (self.look.events if self.look else 0)


def states(session: Session, actor: Actor, first: str, last: str) -> list[DayState]:
    """The days in scope, newest first, those that were broken before all others."""
    rows = session.execute(
        heads_in_scope(actor)
        .where(AuditHead.day >= first, AuditHead.day <= last)
        .outerjoin(
            AuditLook, (AuditLook.organisation_id == AuditHead.organisation_id) & (AuditLook.day == AuditHead.day)
        )
        .add_columns(AuditLook)
    )
    found = [DayState(head, look) for head, look in rows]
    found.sort(key=lambda one: (one.head.day, one.head.serial), reverse=True)
    return sorted(found, key=lambda one: not (one.look and one.look.wrong))


def look(
    session: Session, *, by: Actor, now: dt.datetime, first: str, last: str, in_time: Callable[[], bool]
) -> Looked:
    """Read the days again, those never looked at and those looked at longest ago first, while there is time."""
    todo = sorted(states(session, by, first, last), key=_turn)
    sign = keys_of(session).audit_mac
    done = broken = 0
    for one in todo:
        if done and not in_time():
            break
        wrong = sum(1 for _ in faults_of_day(session, sign, one.head.organisation_id, one.head.day))
        _keep(session, one, by, now, wrong)
        done, broken = done + 1, broken + bool(wrong)
    session.flush()
    detail = {"days": done, "broken": broken, "left": len(todo) - done}
    record(
        session, by=by, now=now, action="audit.verified", subject=("organisation", by.organisation_id), detail=detail
    )
    return Looked(done, broken, len(todo) - done)


def faults_of_day(session: Session, sign: chaining.Sign, organisation_id: int, day: str) -> Iterator[str]:
    """Everything that is wrong with one day: its head, its place after the days before, each event, its end."""
    where = {"organisation_id": organisation_id, "day": day}
    columns = ("serial", "opened", "events", "last", "seal")
    heads = list(raw.rows(session, AuditHead, columns, "serial", where=where))
    if len(heads) != 1:
        yield "head"
        return
    serial, opened, events, last, seal = heads[0]
    if seal != chaining.seal(sign, opened, events, last).hex():
        yield "seal"
    if opened != _expected_opening(session, sign, serial, organisation_id, day):
        yield "opened"
    names = tuple(chaining.EventText.__dataclass_fields__)
    met, before = 0, opened
    for *values, mac in raw.rows(session, AuditEvent, (*names, "mac"), "position", where=where):
        event = chaining.EventText(*values)
        met += 1
        if event.position != str(met) or event.previous != before or mac != event.mac(sign).hex():
            yield f"event {event.position}"
        before = mac
    if str(met) != events or (met and before != last):
        yield "end"


def _expected_opening(session: Session, sign: chaining.Sign, serial: str, organisation_id: int, day: str) -> str:
    earlier = (
        select(AuditHead.seal)
        .where(AuditHead.organisation_id == organisation_id, AuditHead.day < day)
        .order_by(AuditHead.day.desc())
        .limit(1)
    )
    seal_before = session.scalar(earlier)
    number = int(serial) if serial.isascii() and serial.isdigit() else 0
    opened_before = session.scalar(select(AuditHead.opened).where(AuditHead.serial == number - 1))
    return chaining.opened(
        sign,
        serial,
        str(organisation_id),
        day,
        seal_before.hex() if seal_before else "",
        opened_before.hex() if opened_before else "",
    ).hex()


def _turn(one: DayState) -> tuple[bool, str, int]:
    return one.look is not None, one.look.looked_at.isoformat() if one.look else "", one.head.serial


def _keep(session: Session, one: DayState, by: Actor, now: dt.datetime, wrong: int) -> None:
    found = one.look
    if found is None:
        found = AuditLook(organisation_id=one.head.organisation_id, day=one.head.day)
        session.add(found)
    found.looked_at, found.looked_by, found.events, found.wrong = now, by.user_id, one.head.events, wrong
