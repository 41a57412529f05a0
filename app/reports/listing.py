"""Who stands on a list: the children of one school whom one health center looks after, and what each of them owes.

A draft is counted afresh whenever somebody looks; freezing keeps its rows. Both are made of checks, which never change,
so a frozen list says for ever what it said.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import deadline, taking_part
from app.checks.counting import RESULTS
from app.checks.models import Check
from app.checks.queries import latest_checks
from app.children.models import Child, Enrolment
from app.children.pinyin import spoken
from app.notices.demands import AskedDose, Demand, demand
from app.notices.models import NoticePart
from app.privacy.folding import fold_name
from app.privacy.identities import Identity, open_identities
from app.reports.models import Report, ReportRow, ReportState
from app.schools.models import Organisation, SchoolClass
from rules.vocabulary import Result, State


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


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One child on a list: what it is listed for, by one check."""

    position: int
    enrolment: Enrolment
    child: Child
    school_class: SchoolClass
    check: Check
    parts: tuple[str, ...]
    identity: Identity | None

    @property
    def owed(self) -> tuple[AskedDose, ...]:
        return self._doses(NoticePart.CATCH_UP)

    @property
    def to_verify(self) -> tuple[AskedDose, ...]:
        """Debts of lines in review: asked about, in no sum."""
        return self._doses(NoticePart.VERIFY)

    def own_deadline(self, campaign: Campaign) -> dt.date | None:
        """The last day of a child that came later than term; None where the school's own counts."""
        own = deadline(campaign, self.enrolment.from_day)
        return own if own > deadline(campaign) else None

    def _doses(self, part: NoticePart) -> tuple[AskedDose, ...]:
        asked = demand(self.check.inputs, self.check.findings)
        return tuple(one for one in asked.doses if one.part is part) if asked else ()


@dataclass(frozen=True, slots=True)
class Draft:
    """The list as it would be frozen now."""

    campaign: Campaign
    school: Organisation
    center: Organisation
    sequence: int
    rows: tuple[Row, ...]
    #: How many of this center's children have each result; together everybody expected.
    by_result: Mapping[str, int]
    #: 到龄待种: only due, and the campaign says that this makes no debt; on no list.
    only_due: int
    listed_before: int

    @property
    def counts(self) -> dict[str, object]:
        """What a frozen list keeps of its numbers."""
        return {
            "by_result": dict(self.by_result),
            "only_due": self.only_due,
            "listed": len(self.rows),
            "listed_before": self.listed_before,
            "doses": sum(len(row.owed) for row in self.rows),
        }


def draft_of(session: Session, campaign: Campaign, school: Organisation, center: Organisation) -> Draft:
    """Every child of the center that must be listed and is on no live list yet."""
    everybody = [one for one in expected_of(session, campaign, school) if home_of(one.child, school) == center.id]
    listed = listed_enrolments(session, campaign, school)
    counted = Counter(one.result for one in everybody)
    asked = [(one, demand(one.check.inputs, one.check.findings)) for one in everybody if one.check]
    only_due = [one for one, what in asked if what and waits_for_its_age(campaign, one, what)]
    wanted = [(one, what) for one, what in asked if what and not waits_for_its_age(campaign, one, what)]
    new = [(one, what) for one, what in wanted if one.enrolment.id not in listed]
    return Draft(
        campaign=campaign,
        school=school,
        center=center,
        sequence=_next_sequence(session, campaign, school, center),
        rows=_in_order(session, new),
        by_result={result: counted[result] for result in RESULTS},
        only_due=len(only_due),
        listed_before=sum(one.enrolment.id in listed for one in everybody),
    )


def rows_of(session: Session, report: Report) -> tuple[Row, ...]:
    """The rows of a frozen list, in its order."""
    found = session.execute(
        select(ReportRow, Enrolment, Child, SchoolClass, Check)
        .join(Enrolment, Enrolment.id == ReportRow.enrolment_id)
        .join(Child, Child.id == Enrolment.child_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Check, Check.id == ReportRow.check_id)
        .where(ReportRow.report_id == report.id)
        .order_by(ReportRow.position)
    ).all()
    identities = open_identities(session, [child for _row, _enrolment, child, _class, _check in found])
    return tuple(
        Row(row.position, enrolment, child, school_class, check, tuple(row.parts), identities.get(child.id))
        for row, enrolment, child, school_class, check in found
    )


def expected_of(session: Session, campaign: Campaign, school: Organisation) -> list[Expected]:
    """Everybody of the school who takes part."""
    wanted = taking_part(campaign).where(SchoolClass.school_id == school.id).add_columns(Child, SchoolClass)
    found = session.execute(wanted.order_by(Enrolment.id)).all()
    checks = latest_checks(session, [enrolment.id for enrolment, _child, _class in found])
    return [
        Expected(enrolment, child, school_class, checks.get(enrolment.id)) for enrolment, child, school_class in found
    ]


def home_of(child: Child, school: Organisation) -> int | None:
    """The health center that looks after the child: by residence, else by school."""
    return child.home_health_center_id or school.default_health_center_id


def listed_enrolments(session: Session, campaign: Campaign, school: Organisation) -> set[int]:
    """Who is on a live list of the school already, whichever center it went to. A returned list is not live."""
    wanted = (
        select(ReportRow.enrolment_id)
        .join(Report, Report.id == ReportRow.report_id)
        .where(Report.campaign_id == campaign.id, Report.school_id == school.id, Report.state != ReportState.RETURNED)
    )
    return set(session.scalars(wanted))


def waits_for_its_age(campaign: Campaign, one: Expected, asked: Demand) -> bool:
    """到龄待种: a notice, but no list, where the campaign does not count doses that are only due."""
    owed = [dose for dose in asked.doses if dose.part is NoticePart.CATCH_UP]
    return not campaign.due_counts and one.result == Result.CATCH_UP and all(dose.state == State.DUE for dose in owed)


def sums_of(rows: Iterable[Row]) -> Counter[tuple[str, int]]:
    """How many children owe each product and dose."""
    return Counter((dose.product, dose.dose) for row in rows for dose in row.owed)


def _in_order(session: Session, chosen: Sequence[tuple[Expected, Demand]]) -> tuple[Row, ...]:
    """By class, then by name as a register has it."""
    identities = open_identities(session, [one.child for one, _asked in chosen])

    def place(pair: tuple[Expected, Demand]) -> tuple[object, ...]:
        one = pair[0]
        identity = identities.get(one.child.id)
        name = spoken(fold_name(identity.name if identity else ""))
        readings = tuple(reading[0] for reading in name.readings)
        return one.school_class.grade, one.school_class.name, readings, one.enrolment.id

    return tuple(
        Row(
            position,
            one.enrolment,
            one.child,
            one.school_class,
            one.check,
            tuple(part.value for part in asked.parts),
            identities.get(one.child.id),
        )
        for position, (one, asked) in enumerate(sorted(chosen, key=place), start=1)
        if one.check
    )


def _next_sequence(session: Session, campaign: Campaign, school: Organisation, center: Organisation) -> int:
    wanted = select(Report.sequence).where(
        Report.campaign_id == campaign.id, Report.school_id == school.id, Report.health_center_id == center.id
    )
    return max(session.scalars(wanted), default=0) + 1
