"""What happened in the first two days of term: one school has checked half of its children, another has just begun."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.checks.actions import check_child
from app.children.kinds import CertificateKind, ClinicResult, Whereabouts
from app.children.models import Child, Enrolment
from app.children.record_actions import record_certificate
from app.clock import CHINA
from app.demo.chance import Chance
from app.demo.children import MadeUpChild, population
from app.demo.days import FIRST_DAY
from app.demo.district import District
from app.demo.overseeing import close_day
from app.demo.places import Seat
from app.demo.records import LOST
from app.notices.actions import hand_out, mark_printed
from app.notices.queries import live_notice
from app.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Sitting:
    """A clerk at the desk: from when on, and the first so many children of a class."""

    school: str
    class_name: str
    begins: dt.datetime
    children: int
    #: Were notices printed on the spot and taken home?
    handed: bool = False


SITTINGS = (
    Sitting("lab", "一（1）班", dt.datetime(2026, 9, 1, 8, 40, tzinfo=CHINA), 42, handed=True),
    Sitting("lab", "一（2）班", dt.datetime(2026, 9, 2, 8, 35, tzinfo=CHINA), 42),
    Sitting("lab", "一（3）班", dt.datetime(2026, 9, 2, 14, 10, tzinfo=CHINA), 6),
    Sitting("willow_kindergarten", "小一班", dt.datetime(2026, 9, 2, 15, 20, tzinfo=CHINA), 8),
)


def checked_seats() -> set[Seat]:
    """The children who have been checked when the demo opens."""
    return {(one.school, one.class_name, n) for one in SITTINGS for n in range(1, one.children + 1)}


def check_first_days(session: Session, district: District, loaded: dict[Seat, tuple[Child, Enrolment]]) -> None:
    by_seat = {child.seat: child for child in population()}
    for sitting in SITTINGS:
        if sitting.begins.date() > FIRST_DAY:
            close_day(session, FIRST_DAY)
        clerk, moment = district.clerk_of(sitting.school), sitting.begins
        for number in range(1, sitting.children + 1):
            seat = (sitting.school, sitting.class_name, number)
            moment += dt.timedelta(seconds=Chance("check", *seat).between(25, 150))
            row, enrolment = loaded[seat]
            _look_at_certificate(session, district, clerk, by_seat[seat], row, moment)
            saved = moment + dt.timedelta(seconds=8)
            check_child(session, by=clerk, now=saved, as_of=saved.date(), child=row, enrolment=enrolment)
            if sitting.handed:
                _hand_out_notice(session, clerk, enrolment, moment)


def _look_at_certificate(
    session: Session, district: District, clerk: Actor, child: MadeUpChild, row: Child, moment: dt.datetime
) -> None:
    state = child.record.certificate
    if state in LOST:
        record_certificate(session, by=clerk, now=moment, child=row, instead_of=None, state=state)
        return
    chance = Chance("certificate", *child.seat)
    assessed = child.record.clinic is not ClinicResult.NONE
    record_certificate(
        session,
        by=clerk,
        now=moment,
        child=row,
        instead_of=None,
        state=state,
        kind=chance.weighed(((CertificateKind.BOOKLET, 9), (CertificateKind.ELECTRONIC, 1))),
        whereabouts=Whereabouts.SEEN,
        clinic_result=child.record.clinic,
        clinic_unit=district.places[child.center].name if assessed else None,
        clinic_day=dt.date(2026, 8, chance.between(3, 28)) if assessed else None,
    )


def _hand_out_notice(session: Session, clerk: Actor, enrolment: Enrolment, moment: dt.datetime) -> None:
    notice = live_notice(session, enrolment.id)
    if notice is not None:
        mark_printed(session, by=clerk, now=moment + dt.timedelta(seconds=15), notices=[notice])
        hand_out(session, by=clerk, now=moment + dt.timedelta(seconds=21), notice=notice)
