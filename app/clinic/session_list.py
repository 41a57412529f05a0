"""Everybody who is asked to come to a session, class by class, with the doses that are planned."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.children.models import Child
from app.clinic.models import Appointment, VaccinationSession
from app.clinic.queries import Missing, missing_children
from app.clinic.sessions import appointments_of, planned_items
from app.notices.models import NoticeItem
from app.people.actors import Actor
from app.privacy.identities import Identity


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One child of a session."""

    appointment: Appointment
    child: Child
    identity: Identity
    school: str
    class_name: str
    code: str
    items: tuple[NoticeItem, ...]

    def __repr__(self) -> str:
        return f"<Asked child {self.child.id}, not shown>"


def everybody_in(session: Session, actor: Actor, found: VaccinationSession) -> list[Asked]:
    """In order of time, then of school, class and notice. Children who left this center's care are not shown."""
    appointments = {one.child_id: one for one in appointments_of(session, found)}
    known = {one.child.id: one for one in missing_children(session, actor) if one.child.id in appointments}
    items = planned_items(session, [one.id for one in appointments.values()])
    order = {child_id: place for place, child_id in enumerate(known)}
    rows = [_asked(appointments[child_id], one, items) for child_id, one in known.items()]
    return sorted(rows, key=lambda one: (one.appointment.slot, order[one.child.id]))


def _asked(appointment: Appointment, one: Missing, items: dict[int, list[NoticeItem]]) -> Asked:
    return Asked(
        appointment,
        one.child,
        one.identity,
        one.school,
        one.class_name,
        one.notice.code,
        tuple(items.get(appointment.id, ())),
    )
