"""Planning days of vaccinating: made, paused, children asked to come, invited. Each leaves an audit line."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.models import Child
from app.clinic.kinds import EndedBecause, PauseReason, SessionState
from app.clinic.models import Appointment, PlannedItem, ProductPause, VaccinationSession
from app.clinic.queries import Missing
from app.clinic.sessions import Booked, appointments_of, live_appointments
from app.notices.models import ItemState, NoticePart
from app.people.actors import Actor


class NotPlanned(ValueError):
    """The session cannot be made or filled as asked; the argument is one of `Hindrance`."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a session is open, in minutes since midnight, and how many children fit."""

    begins: int
    ends: int
    slot_minutes: int
    capacity: int

    @property
    def slots(self) -> list[int]:
        return list(range(self.begins, self.ends, self.slot_minutes))

    @property
    def a_slot(self) -> int:
        """How many children are asked to come at one time."""
        return -(-self.capacity // len(self.slots))


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of the children that were to be asked."""

    asked: int
    moved: int
    #: No room left, or nothing that may be given on that day.
    no_room: int
    nothing_to_give: int


def add_session(
    session: Session, *, by: Actor, now: dt.datetime, day: dt.date, hours: Hours, school_id: int | None = None
) -> VaccinationSession:
    """A day on which the nurse's center vaccinates; the same once more is the one that is there."""
    same = select(VaccinationSession).where(
        VaccinationSession.center_id == by.organisation_id,
        VaccinationSession.day == day,
        VaccinationSession.begins == hours.begins,
        VaccinationSession.school_id.is_(None) if school_id is None else VaccinationSession.school_id == school_id,
    )
    there = session.scalars(same).first()
    if there is not None:
        return there
    made = VaccinationSession(
        center_id=by.organisation_id,
        day=day,
        begins=hours.begins,
        ends=hours.ends,
        slot_minutes=hours.slot_minutes,
        capacity=hours.capacity,
        school_id=school_id,
        state=SessionState.OPEN,
        made_at=now,
        made_by=by.user_id,
    )
    session.add(made)
    session.flush()
    subject = ("vaccination_session", made.id)
    detail = {"day": day, "capacity": hours.capacity, "school": school_id}
    record(session, by=by, now=now, action="session.made", subject=subject, detail=detail)
    return made


def pause_session(
    session: Session, *, by: Actor, now: dt.datetime, found: VaccinationSession, because: PauseReason
) -> None:
    """Nobody else is asked to come; who was asked already is on the session's list."""
    found.state, found.paused_because = SessionState.PAUSED, because
    session.flush()
    detail = {"because": because}
    record(session, by=by, now=now, action="session.paused", subject=("vaccination_session", found.id), detail=detail)


def resume_session(session: Session, *, by: Actor, now: dt.datetime, found: VaccinationSession) -> None:
    found.state, found.paused_because = SessionState.OPEN, None
    session.flush()
    record(session, by=by, now=now, action="session.resumed", subject=("vaccination_session", found.id))


def assign(
    session: Session, *, by: Actor, now: dt.datetime, found: VaccinationSession, children: Sequence[Missing]
) -> Assigned:
    """Ask these children to come, in their order, slot after slot; who was asked for another day moves."""
    if found.state is not SessionState.OPEN:
        raise NotPlanned("This session is paused.")
    hours = Hours(found.begins, found.ends, found.slot_minutes, found.capacity)
    taken = Counter(one.slot for one in appointments_of(session, found))
    here = live_appointments(session, [one.child.id for one in children])
    paused = _paused(session, by)
    asked = moved = no_room = nothing = 0
    for one in children:
        before = here.get(one.child.id)
        if before is not None and before.session.id == found.id:
            continue
        items = [
            item
            for item in one.items
            if item.state is ItemState.OPEN
            and item.part is NoticePart.CATCH_UP
            and item.earliest <= found.day
            and item.product not in paused
        ]
        slot = next((time for time in hours.slots if taken[time] < hours.a_slot), None)
        if not items:
            nothing += 1
        elif slot is None or taken.total() >= found.capacity:
            no_room += 1
        else:
            moved += _leave(session, now, before)
            taken[slot] += 1
            _ask(session, by, now, found, one.child, slot, [item.id for item in items])
            asked += 1
    session.flush()
    subject = ("vaccination_session", found.id)
    detail = {"asked": asked, "moved": moved, "no_room": no_room, "nothing": nothing}
    record(session, by=by, now=now, action="session.assigned", subject=subject, detail=detail)
    return Assigned(asked, moved, no_room, nothing)


def cancel(session: Session, *, by: Actor, now: dt.datetime, child: Child) -> None:
    """The child is not asked to come any more. Twice changes nothing."""
    before = live_appointments(session, [child.id]).get(child.id)
    if before is None:
        return
    before.appointment.ended_at, before.appointment.ended_because = now, EndedBecause.CANCELLED
    session.flush()
    subject = ("child", child.id)
    detail = {"appointment": before.appointment.id}
    record(session, by=by, now=now, action="appointment.cancelled", subject=subject, detail=detail)


def mark_invited(session: Session, *, by: Actor, now: dt.datetime, found: VaccinationSession) -> None:
    """The invitations of a session were printed."""
    for appointment in appointments_of(session, found):
        appointment.invited_at = appointment.invited_at or now
    session.flush()
    record(session, by=by, now=now, action="session.invited", subject=("vaccination_session", found.id))


def _ask(
    session: Session, by: Actor, now: dt.datetime, found: VaccinationSession, child: Child, slot: int, items: list[int]
) -> None:
    made = Appointment(session_id=found.id, child_id=child.id, slot=slot, made_at=now, made_by=by.user_id)
    session.add(made)
    session.flush()
    session.add_all(PlannedItem(appointment_id=made.id, item_id=item_id) for item_id in items)


def _leave(session: Session, now: dt.datetime, before: Booked | None) -> int:
    """1 if the child was asked for another day, which is over: that day did not come about, or is given up."""
    if before is None:
        return 0
    over = before.session.day < now.date()
    before.appointment.ended_at = now
    before.appointment.ended_because = EndedBecause.MISSED if over else EndedBecause.MOVED
    session.flush()  # one live appointment a child
    return 1


def _paused(session: Session, by: Actor) -> set[str]:
    """Products of which every lot is paused."""
    wanted = select(ProductPause.product).where(
        ProductPause.center_id == by.organisation_id, ProductPause.ended_at.is_(None), ProductPause.lot.is_(None)
    )
    return set(session.scalars(wanted))
