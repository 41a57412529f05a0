"""What changed since a child was listed: its debts are others now, or it does not belong on the list any more.

Lists are compared by what they ask for, not by which check says so: a second look that finds the same is no difference.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.checks.models import Check
from app.children.kinds import EnrolmentState
from app.children.models import Child, Enrolment
from app.notices.demands import AskedDose, Demand, demand
from app.notices.models import NoticePart
from app.reports.models import Report, ReportRow, WhyDropped
from app.schools.models import Organisation, SchoolClass


@dataclass(frozen=True, slots=True)
class Expected:
    """A child that takes part, with the check that stands."""

    enrolment: Enrolment
    child: Child
    school_class: SchoolClass
    check: Check | None

    @property
    def result(self) -> str:
        return self.check.result if self.check else "not_checked"


@dataclass(frozen=True, slots=True)
class Live:
    """A child as it stands on a live list."""

    row: ReportRow
    report: Report
    enrolment: Enrolment
    child: Child
    school_class: SchoolClass
    check: Check


@dataclass(frozen=True, slots=True)
class Difference:
    """One child of a list, by the check that stands now. `why`: it is dropped; None: its debts changed."""

    live: Live
    check: Check
    asked: Demand | None
    why: WhyDropped | None = None


def live_rows(session: Session, campaign: Campaign, school: Organisation) -> dict[int, Live]:
    """By enrolment, who stands on a live list of the school, whichever center it went to."""
    found = session.execute(
        select(ReportRow, Report, Enrolment, Child, SchoolClass, Check)
        .join(Report, Report.id == ReportRow.report_id)
        .join(Enrolment, Enrolment.id == ReportRow.enrolment_id)
        .join(Child, Child.id == Enrolment.child_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Check, Check.id == ReportRow.check_id)
        .where(ReportRow.campaign_id == campaign.id, Report.school_id == school.id, ReportRow.live)
    ).all()
    return {row.enrolment_id: Live(row, *rest) for row, *rest in found}


def differences(
    everybody: Sequence[Expected],
    wanted: Sequence[tuple[Expected, Demand]],
    here: Mapping[int, Live],
) -> list[Difference]:
    """Of the children on the lists of one center; `everybody`: its children, `wanted`: those who must be listed."""
    must = {one.enrolment.id: (one, asked) for one, asked in wanted}
    known = {one.enrolment.id: one for one in everybody}
    found = []
    for key, live in here.items():
        if key in must:
            one, asked = must[key]
            if one.check and _said(asked) != _said(asked_by(live.check)):
                found.append(Difference(live, one.check, asked))
        else:
            now = known.get(key)
            check = now.check if now and now.check else live.check
            found.append(Difference(live, check, None, _why(live, now)))
    return found


def asked_by(check: Check) -> Demand | None:
    return demand(check.inputs, check.findings)


def asked_of(check: Check, part: NoticePart) -> tuple[AskedDose, ...]:
    asked = asked_by(check)
    return tuple(one for one in asked.doses if one.part is part) if asked else ()


def _said(asked: Demand | None) -> object:
    """What a list says of a child: the parts, and which dose of which vaccine. Days move on and are no difference."""
    if asked is None:
        return None
    return asked.parts, sorted((dose.part, dose.line, dose.product, dose.dose) for dose in asked.doses)


def _why(live: Live, now: Expected | None) -> WhyDropped:
    if now is None:
        left = live.enrolment.state is not EnrolmentState.ACTIVE
        return WhyDropped.LEFT if left or live.child.merged_into_id else WhyDropped.MOVED
    if now.check is None:
        return WhyDropped.CORRECTED
    since = live.check.as_of
    given = (dose["date"] for dose in now.check.inputs["doses"] if dose["date"])
    return WhyDropped.CAUGHT_UP if any(_after(day, since) for day in given) else WhyDropped.CORRECTED


def _after(day: str, since: dt.date) -> bool:
    return day > since.isoformat()
