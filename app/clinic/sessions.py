"""Questions about days of vaccinating: what is planned, who is asked to come when, where there is room."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session

from app.clinic.kinds import SessionState
from app.clinic.models import Appointment, PlannedItem, VaccinationSession
from app.holidays import closed_days
from app.notices.models import ItemState, NoticeItem
from app.people.actors import Actor
from app.people.roles import Role
from app.schools.models import Organisation

#: A planned dose that nobody entered is asked about after this many days.
LATE_AFTER = 2
#: Days to look through for the next open ones.
_LOOK_AHEAD = 90


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment with its session."""

    appointment: Appointment
    session: VaccinationSession


@dataclass(frozen=True, slots=True)
class Booking:
    """A session and how full it is."""

    session: VaccinationSession
    taken: int

    @property
    def left(self) -> int:
        return max(0, self.session.capacity - self.taken)


def sessions_in_scope(actor: Actor) -> Select[VaccinationSession]:
    if actor.role is not Role.NURSE:
        return select(VaccinationSession).where(false())
    return select(VaccinationSession).where(VaccinationSession.center_id == actor.organisation_id)


def session_or_404(session: Session, actor: Actor, session_id: int, *, lock: bool = False) -> VaccinationSession:
    wanted = sessions_in_scope(actor).where(VaccinationSession.id == session_id)
    return session.scalars(wanted.with_for_update() if lock else wanted).first() or abort(404)


def bookings(session: Session, actor: Actor, *, since: dt.date) -> list[Booking]:
    """The sessions from a day on, each with how many children are asked to come."""
    rows = session.scalars(
        sessions_in_scope(actor)
        .where(VaccinationSession.day >= since)
        .order_by(VaccinationSession.day, VaccinationSession.begins, VaccinationSession.id)
    ).all()
    taken = _taken(session, [one.id for one in rows])
    return [Booking(one, taken[one.id]) for one in rows]


def bookable(session: Session, actor: Actor, today: dt.date) -> list[Booking]:
    """Where children can still be asked to come."""
    return [one for one in bookings(session, actor, since=today) if one.session.state is SessionState.OPEN and one.left]


def booking_of(session: Session, found: VaccinationSession) -> Booking:
    return Booking(found, _taken(session, [found.id])[found.id])


def next_open_days(center: Organisation, today: dt.date, taken: Collection[dt.date], number: int = 4) -> list[dt.date]:
    """The next days on which the center is open, no public holiday, and nothing is planned yet."""
    found: list[dt.date] = []
    for ahead in range(1, _LOOK_AHEAD):
        day = today + dt.timedelta(days=ahead)
        if day.isoweekday() in center.open_days and day not in taken and day.toordinal() not in closed_days():
            found.append(day)
        if len(found) == number:
            break
    return found


def live_appointment(session: Session, child_id: int) -> Booked | None:
    return live_appointments(session, [child_id]).get(child_id)


def live_appointments(session: Session, child_ids: Iterable[int]) -> dict[int, Booked]:
    rows = session.execute(
        select(Appointment, VaccinationSession)
        .join(VaccinationSession, VaccinationSession.id == Appointment.session_id)
        .where(Appointment.child_id.in_(list(child_ids)), Appointment.ended_at.is_(None))
    )
    return {appointment.child_id: Booked(appointment, found) for appointment, found in rows}


def appointments_of(session: Session, found: VaccinationSession) -> Sequence[Appointment]:
    """Who is asked to come, in order of time."""
    wanted = select(Appointment).where(Appointment.session_id == found.id, Appointment.ended_at.is_(None))
    return session.scalars(wanted.order_by(Appointment.slot, Appointment.id)).all()


def planned_items(session: Session, appointment_ids: Iterable[int]) -> dict[int, list[NoticeItem]]:
    """What is planned for each appointment."""
    rows = session.execute(
        select(PlannedItem.appointment_id, NoticeItem)
        .join(NoticeItem, NoticeItem.id == PlannedItem.item_id)
        .where(PlannedItem.appointment_id.in_(list(appointment_ids)))
        .order_by(NoticeItem.id)
    )
    found: dict[int, list[NoticeItem]] = {}
    for appointment_id, item in rows:
        found.setdefault(appointment_id, []).append(item)
    return found


def not_entered(session: Session, actor: Actor, today: dt.date) -> set[int]:
    """The children whose session was two days ago or longer and who have a planned dose that nobody entered."""
    wanted = (
        select(Appointment.child_id)
        .join(VaccinationSession, VaccinationSession.id == Appointment.session_id)
        .join(PlannedItem, PlannedItem.appointment_id == Appointment.id)
        .join(NoticeItem, NoticeItem.id == PlannedItem.item_id)
        .where(
            VaccinationSession.center_id == actor.organisation_id,
            VaccinationSession.day <= today - dt.timedelta(days=LATE_AFTER),
            Appointment.ended_at.is_(None),
            NoticeItem.state == ItemState.OPEN,
        )
    )
    return set(session.scalars(wanted))


def _taken(session: Session, session_ids: Sequence[int]) -> Counter[int]:
    rows = session.execute(
        select(Appointment.session_id, func.count())
        .where(Appointment.session_id.in_(session_ids), Appointment.ended_at.is_(None))
        .group_by(Appointment.session_id)
    )
    return Counter(dict(rows.all()))
