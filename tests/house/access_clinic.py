"""Rows of the health center for the table of who sees what: sessions and pauses of a center, events of a child."""

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from app.children.models import Child
from app.clinic.care_actions import note_event, pause_product
from app.clinic.kinds import PauseReason, Seriousness
from app.clinic.session_actions import Hours, add_session
from tests.actors import actor
from tests.district import FIRST_DAY, MOMENT, District


def session_of(session: Session, district: District, center: str) -> int:
    """A day of vaccinating to come."""
    by = replace(actor(district, "nurse"), organisation_id=district.places[center].id)
    hours = Hours(begins=540, ends=660, slot_minutes=30, capacity=20)
    return add_session(session, by=by, now=MOMENT, day=dt.date(2026, 10, 8), hours=hours).id


def pause_of(session: Session, district: District, center: str) -> int:
    by = replace(actor(district, "nurse"), organisation_id=district.places[center].id)
    why = PauseReason.NO_STOCK
    return pause_product(session, by=by, now=MOMENT, product="MMR", lot=None, because=why).id


def event_of(session: Session, district: District, name: str) -> int:
    child = district.children[name]
    return note_event(
        session,
        by=actor(district, "nurse"),
        now=MOMENT,
        child=session.get_one(Child, child.id),
        begun_on=FIRST_DAY,
        doses=[],
        seriousness=Seriousness.MILD,
        description="低热一天",
    ).id


#: Parameters that name something of a center.
OF_A_CENTER = {"session_id": session_of, "pause_id": pause_of}
