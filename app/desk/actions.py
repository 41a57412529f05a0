"""What is done to desks: a class put before one, another number given to it. Each leaves a line in the trail."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.desk.models import Desk
from app.people.actors import Actor
from app.schools.models import SchoolClass

HIGHEST = 999
#: A desk that was not heard of for so long does not work on its class any more.
_PRESENT = dt.timedelta(minutes=2)
#: A look at the desk's page should not cost a write each time.
_NOTED_EVERY = dt.timedelta(minutes=1)
#: A machine that was not used today gives its number away.
_TODAY = dt.timedelta(hours=12)


class NumberInUse(ValueError):
    """Another machine works under this number today."""


def sit_down(session: Session, *, by: Actor, now: dt.datetime, desk: Desk | None, school_class: SchoolClass) -> Desk:
    """Put this class before the desk; a machine that is none yet becomes the next desk of the school."""
    if desk is None:
        highest = session.scalar(select(func.max(Desk.number)).where(Desk.school_id == by.organisation_id)) or 0
        desk = Desk(school_id=by.organisation_id, number=_free(session, by, highest + 1))
        session.add(desk)
    desk.class_id, desk.seen_at = school_class.id, now
    session.flush()
    detail = {"desk": desk.number, "class": school_class.id}
    record(session, by=by, now=now, action="desk.opened", subject=("desk", desk.id), detail=detail)
    return desk


def renumber(session: Session, *, by: Actor, now: dt.datetime, desk: Desk, number: int) -> None:
    """Give the desk the number that is written on it; a machine of last year that had it gets another one.

    Raises NumberInUse.
    """
    if number == desk.number:
        return
    other = session.scalars(select(Desk).where(Desk.school_id == desk.school_id, Desk.number == number)).one_or_none()
    if other is not None and now - other.seen_at < _TODAY:
        raise NumberInUse(f"Desk {number} was at work today on another machine: choose another number.")
    before = desk.number
    if other is not None:
        other.number = _free(session, by, HIGHEST)
        session.flush()
    desk.number = number
    try:
        session.flush()
    except IntegrityError as error:
        raise NumberInUse(f"Desk {number} was taken in the same second: choose another number.") from error
    detail = {"from": before, "to": number}
    record(session, by=by, now=now, action="desk.renumbered", subject=("desk", desk.id), detail=detail)


def note_presence(session: Session, *, now: dt.datetime, desk: Desk) -> None:
    """Somebody works here. No line in the trail: what is done here has its own."""
    session.merge(desk).seen_at = now


def long_unnoted(desk: Desk, now: dt.datetime) -> bool:
    return now - desk.seen_at > _NOTED_EVERY


def desks_at(session: Session, school_class: SchoolClass, now: dt.datetime) -> int:
    """How many desks work on this class now."""
    at_work = select(func.count()).where(Desk.class_id == school_class.id, Desk.seen_at > now - _PRESENT)
    return session.scalar(at_work) or 0


def _free(session: Session, by: Actor, wanted: int) -> int:
    """The wanted number if it can be, else the highest one that nobody has."""
    taken = set(session.scalars(select(Desk.number).where(Desk.school_id == by.organisation_id)))
    if wanted <= HIGHEST and wanted not in taken:
        return wanted
    return max(set(range(1, HIGHEST + 1)) - taken, default=HIGHEST)
