"""The visits on a notice: the plan of the health center for what is still open, and the last day to begin it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.checks.gathering import gather
from app.checks.judging import Judgement, judge
from app.checks.planning import ShownPlan, plan_for
from app.children.models import Child
from app.notices.models import ItemState, NoticeItem, NoticePart
from app.schools.models import Organisation

#: How often a later first day is tried out before the notice says nothing of it.
_TRIES = 3
_WEEK = dt.timedelta(days=7)
#: A dose by its line, product and number.
DoseKey = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class NoticePlan:
    """The day of each dose that has one."""

    days: Mapping[DoseKey, dt.date] = field(default_factory=dict)
    latest_start: dt.date | None = None
    remarks: tuple[str, ...] = ()


def plan_of(
    judgement: Judgement, items: Sequence[NoticeItem], center: Organisation | None, on: dt.date, until: dt.date
) -> NoticePlan:
    """The plan of the open doses from the day `on`; `until` is the day of the second look."""
    wanted = {
        (item.line, item.product, item.dose)
        for item in items
        if item.part is NoticePart.CATCH_UP and item.state is ItemState.OPEN
    }
    if not wanted:
        return NoticePlan()
    plan = plan_for(judgement, center, on)
    days = {key: day for key, day in _days(plan).items() if key in wanted}
    return NoticePlan(days, _latest_start(judgement, center, days, until), (*plan.left_out, *plan.remarks))


def as_it_stands(
    session: Session, child: Child, judgement: Judgement, items: Sequence[NoticeItem], on: dt.date
) -> Judgement:
    """The judgement to plan from: where something was settled since the check, the record of today."""
    if all(item.state is ItemState.OPEN for item in items):
        return judgement
    return judge(gather(session, child, on), judgement.assessment.edition)


def _days(plan: ShownPlan) -> dict[DoseKey, dt.date]:
    return {(dose.line, dose.product, dose.number): visit.day for visit in plan.visits for dose in visit.doses}


def _latest_start(
    judgement: Judgement, center: Organisation | None, days: Mapping[DoseKey, dt.date], until: dt.date
) -> dt.date | None:
    """The last day on which one can begin and still have before `until` all that can be had before it.

    Tried out on the plan itself: None where beginning later loses something at once, or no such day was found.
    """
    in_time = {key: day for key, day in days.items() if day <= until}
    if not in_time:
        return None
    begin = min(in_time.values()) + (until - max(in_time.values()))
    for _attempt in range(_TRIES):
        if begin < min(in_time.values()):
            return None
        later = _days(plan_for(judgement, center, begin))
        kept = [later[key] for key in in_time if key in later]
        if len(kept) == len(in_time) and max(kept) <= until:
            return min(kept)
        begin -= _WEEK
    return None
