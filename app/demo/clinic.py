"""The first afternoon at the health center: children were vaccinated, some are booked, some families were called."""

import datetime as dt

from sqlalchemy.orm import Session

from app.clinic.actions import give, say_why_not
from app.clinic.asking import GivenDose
from app.clinic.care_actions import log_contact
from app.clinic.kinds import ContactResult, ContactWay, WhyNot
from app.clinic.models import VaccinationSession
from app.clinic.queries import Missing, missing_children
from app.clinic.session_actions import Hours, add_session, assign
from app.clock import CHINA
from app.demo.district import District
from app.demo.places import SCHOOLS
from app.notices.models import NoticePart, NoticeState
from app.people.actors import Actor

#: After the first class took its notices home.
_AFTERNOON = dt.datetime(2026, 9, 2, 14, 5, tzinfo=CHINA)
_HOURS = Hours(begins=8 * 60 + 30, ends=11 * 60 + 30, slot_minutes=30, capacity=60)
_IN_SCHOOL = Hours(begins=9 * 60, ends=11 * 60, slot_minutes=30, capacity=40)
#: What became of the children whose notices are at home, in their order.
_GIVEN, _BOOKED = 3, 6
#: A made-up drug number and the vials of one box.
_TRACE = "8990000{:013d}"


def open_the_clinic(session: Session, district: District) -> None:
    """Doses, appointments, calls of the center that looks after the first class."""
    school = next(one for one in SCHOOLS if one.short == "lab")
    nurse = district.nurse_of(school.center)
    first, _second, in_school = _sessions(session, district, nurse)
    waiting = [
        one
        for one in missing_children(session, nurse)
        if one.notice.state is NoticeState.HANDED and one.ready(_AFTERNOON.date())
    ]
    for place, one in enumerate(waiting[:_GIVEN]):
        _give(session, nurse, one, place, district.places[school.center].name)
    rest = waiting[_GIVEN:]
    assign(session, by=nurse, now=_AFTERNOON, found=first, children=rest[:_BOOKED])
    assign(session, by=nurse, now=_AFTERNOON, found=in_school, children=rest[_BOOKED : _BOOKED + 4])
    _call(session, nurse, rest[_BOOKED + 4 :])


def _sessions(session: Session, district: District, nurse: Actor) -> list[VaccinationSession]:
    days = (dt.date(2026, 9, 8), dt.date(2026, 9, 10))
    made = [add_session(session, by=nurse, now=_AFTERNOON, day=day, hours=_HOURS) for day in days]
    school_id = district.places["lab"].id
    day = dt.date(2026, 9, 15)
    return [*made, add_session(session, by=nurse, now=_AFTERNOON, day=day, hours=_IN_SCHOOL, school_id=school_id)]


def _give(session: Session, nurse: Actor, one: Missing, place: int, unit: str) -> None:
    day = _AFTERNOON.date()
    ready = [item for item in one.open if item.part is NoticePart.CATCH_UP and item.earliest <= day]
    doses = [
        GivenDose(item.product, day, "2026-YS-07", _TRACE.format(100 * place + number))
        for number, item in enumerate(ready[:2])
    ]
    now = _AFTERNOON + dt.timedelta(minutes=6 * place)
    give(session, by=nurse, now=now, child=one.child, doses=doses, unit=unit)


def _call(session: Session, nurse: Actor, rest: list[Missing]) -> None:
    results = (ContactResult.NO_ANSWER, ContactResult.WILL_COME, ContactResult.REFUSES)
    for one, result in zip(rest, results, strict=False):
        log_contact(session, by=nurse, now=_AFTERNOON, child=one.child, way=ContactWay.CALL, result=result)
        if result is ContactResult.REFUSES:
            items = list(one.open)
            say_why_not(session, by=nurse, now=_AFTERNOON, child=one.child, items=items, because=WhyNot.REFUSED)
