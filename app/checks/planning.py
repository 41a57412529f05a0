"""The catch-up plan of one child at its health center: visits on open days, each dose with the reason of its day.

It is advice: the clinic decides. Only debts that stand are planned; what is to be verified first is not.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app import holidays
from app.checks.judging import Judgement
from app.children.models import Child
from app.children.queries import active_enrolment, school_of
from app.people.actors import Actor
from app.schools.models import Organisation
from forms import wording
from rules import national
from rules.planning import Clinic, PlannedDose, plan_whole
from rules.vocabulary import Owed, Status

#: Monday to Friday, where a health center has not said when it vaccinates.
_WORKING_DAYS = frozenset(range(1, 6))
#: What was owed at the judgement, by line, product and number.
_Debts = Mapping[tuple[str, str, int], Owed]


@dataclass(frozen=True, slots=True)
class ShownDose:
    """One dose of a visit in words. `why`: what it needs, and why it is not earlier; empty where nothing is to say."""

    line: str
    product: str
    number: int
    vaccine: str
    dose: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownVisit:
    day: dt.date
    weekday: str
    doses: tuple[ShownDose, ...]


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """The visits in order, the owed doses that have none, and what to know of the days themselves."""

    visits: tuple[ShownVisit, ...]
    left_out: tuple[str, ...]
    remarks: tuple[str, ...]


def plan_for(judgement: Judgement, center: Organisation | None, on: dt.date | None = None) -> ShownPlan:
    """The plan of what a judgement found owed, at this health center, from the day `on` (the day of the judgement).

    Of debts that a line has on a later day only those of the lines that owed at the judgement are planned.
    """
    lines = {line.line for line in judgement.assessment.lines if line.status is Status.OWED}
    law = national()
    begin = max(judgement.case.as_of, on.toordinal()) if on else judgement.case.as_of
    clinic = clinic_of(center)
    edition = law.edition(judgement.assessment.edition)
    found = plan_whole(replace(judgement.case, as_of=begin), clinic, edition, law, lines=lines)
    owed = {(line.line, one.product, one.dose): one for line in judgement.assessment.lines for one in line.owed}
    visits = tuple(
        ShownVisit(
            day := dt.date.fromordinal(visit.day),
            wording.weekday_word(day.isoweekday()),
            tuple(_dose(dose, visit.day, clinic, owed) for dose in visit.doses),
        )
        for visit in found.visits
    )
    return ShownPlan(
        visits, tuple(wording.why_left_out(one) for one in found.left_out), tuple(_remarks(visits, center))
    )


def clinic_of(center: Organisation | None) -> Clinic:
    """When the center vaccinates; public holidays are no days for it."""
    days = frozenset(center.open_days) if center is not None else frozenset()
    return Clinic(weekdays=days or _WORKING_DAYS, closed=holidays.closed_days())


def center_of(session: Session, actor: Actor, child: Child) -> Organisation | None:
    """The health center that looks after the child: that of its home, or else its school's."""
    center = child.home_health_center_id
    if center is None:
        enrolment = active_enrolment(session, actor, child.id)
        center = school_of(session, enrolment).default_health_center_id if enrolment else None
    return session.get(Organisation, center) if center else None


def _dose(dose: PlannedDose, day: int, clinic: Clinic, owed: _Debts) -> ShownDose:
    asked = owed.get((dose.line, dose.product, dose.dose))
    return ShownDose(
        dose.line,
        dose.product,
        dose.dose,
        wording.product_name(dose.product),
        wording.owed_dose(asked) if asked else wording.dose_number(dose.dose),
        wording.condition_word(asked.condition if asked else None)
        + wording.why_not_earlier(dose, day, clinic.injections),
    )


def _remarks(visits: tuple[ShownVisit, ...], center: Organisation | None) -> list[str]:
    if not visits:
        return []
    remarks = []
    if center is None or not center.open_days:
        remarks.append(_("接种单位的接种日还没登记，先按周一到周五排。"))
    known = holidays.known_until()
    if visits[-1].day > known:
        remarks.append(_("%(year)s 年的放假安排还没公布，那以后的日子以接种单位为准。", year=known.year + 1))
    return remarks
