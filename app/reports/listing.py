"""Who stands on a list: the children of one school whom one health center looks after, and what each of them owes.

A draft is counted afresh whenever somebody looks; freezing keeps its rows. Both are made of checks, which never change,
so a frozen list says for ever what it said.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.campaigns.models import Campaign
from app.campaigns.queries import deadline, taking_part
from app.checks.counting import RESULTS
from app.checks.models import Check
from app.checks.queries import latest_checks
from app.children.models import Child, Enrolment
from app.children.pinyin import spoken
from app.notices.demands import AskedDose, Demand
from app.notices.models import NoticePart
from app.privacy.folding import fold_name
from app.privacy.identities import Identity, open_identities
from app.reports.differing import Difference, Expected, asked_by, asked_of, differences, live_rows
from app.reports.models import Report, ReportRow, ReportState, RowKind, WhyDropped
from app.schools.models import Organisation, SchoolClass
from app.schools.ordering import class_order
from rules.vocabulary import Result, State


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One child on a list: what it is listed for, by one check.

    Added: `before` is None. Changed or dropped: `before` is the check by which it stood on an earlier list, and
    `replaces` the row there.
    """

    position: int
    enrolment: Enrolment
    child: Child
    school_class: SchoolClass
    check: Check
    parts: tuple[str, ...]
    identity: Identity | None
    kind: RowKind = RowKind.ADDED
    before: Check | None = None
    replaces: int | None = None
    why: WhyDropped | None = None

    @property
    def owed(self) -> tuple[AskedDose, ...]:
        return asked_of(self.check, NoticePart.CATCH_UP)

    @property
    def to_verify(self) -> tuple[AskedDose, ...]:
        """Debts of lines in review: asked about, in no sum."""
        return asked_of(self.check, NoticePart.VERIFY)

    @property
    def owed_before(self) -> tuple[AskedDose, ...]:
        return asked_of(self.before, NoticePart.CATCH_UP) if self.before else ()

    def own_deadline(self, campaign: Campaign) -> dt.date | None:
        """The last day of a child that came later than term; None where the school's own counts."""
        own = deadline(campaign, self.enrolment.from_day)
        return own if own > deadline(campaign) else None


@dataclass(frozen=True, slots=True)
class Draft:
    """The list as it would be frozen now. A supplement holds differences only."""

    campaign: Campaign
    school: Organisation
    center: Organisation
    sequence: int
    #: Something stands on a live list already; otherwise this is a first list, or one in place of a returned one.
    supplements: bool
    #: Children that are on no live list yet.
    rows: tuple[Row, ...]
    #: Children on a list whose debts are others now.
    changed: tuple[Row, ...]
    #: Children on a list who do not belong there any more.
    dropped: tuple[Row, ...]
    #: How many of this center's children have each result; together everybody expected.
    by_result: Mapping[str, int]
    #: 到龄待种: only due, and the campaign says that this makes no debt; on no list.
    only_due: int
    listed_before: int

    @property
    def all_rows(self) -> tuple[Row, ...]:
        return (*self.rows, *self.changed, *self.dropped)

    @property
    def counts(self) -> dict[str, object]:
        """What a frozen list keeps of its numbers."""
        return {
            "by_result": dict(self.by_result),
            "only_due": self.only_due,
            "listed": len(self.rows),
            "changed": len(self.changed),
            "dropped": len(self.dropped),
            "supplements": self.supplements,
            "listed_before": self.listed_before,
            "doses": sum(len(row.owed) for row in (*self.rows, *self.changed)),
        }


def draft_of(session: Session, campaign: Campaign, school: Organisation, center: Organisation) -> Draft:
    """Every child of the center that must be listed and is on no live list yet, and what changed of those who are."""
    everybody = [one for one in expected_of(session, campaign, school) if home_of(one.child, school) == center.id]
    listed = live_rows(session, campaign, school)
    counted = Counter(one.result for one in everybody)
    asked = [(one, what) for one in everybody if one.check and (what := asked_by(one.check))]
    wanted = [(one, what) for one, what in asked if not waits_for_its_age(campaign, one, what)]
    new = [(one, what) for one, what in wanted if one.enrolment.id not in listed]
    here = {key: live for key, live in listed.items() if live.report.health_center_id == center.id}
    rows = _in_order(session, new)
    found = differences(everybody, wanted, here)
    changed, dropped = _drawn(session, found, after=len(rows))
    return Draft(
        campaign=campaign,
        school=school,
        center=center,
        sequence=_next_sequence(session, campaign, school, center),
        supplements=_has_live_list(session, campaign, school, center),
        rows=rows,
        changed=changed,
        dropped=dropped,
        by_result={result: counted[result] for result in RESULTS},
        only_due=len(asked) - len(wanted),
        listed_before=sum(one.enrolment.id in listed for one in everybody),
    )


def rows_of(session: Session, report: Report) -> tuple[Row, ...]:
    """The rows of a frozen list, in its order."""
    earlier, before = aliased(ReportRow), aliased(Check)
    found = session.execute(
        select(ReportRow, Enrolment, Child, SchoolClass, Check, before)
        .join(Enrolment, Enrolment.id == ReportRow.enrolment_id)
        .join(Child, Child.id == Enrolment.child_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Check, Check.id == ReportRow.check_id)
        .outerjoin(earlier, earlier.id == ReportRow.replaces_id)
        .outerjoin(before, before.id == earlier.check_id)
        .where(ReportRow.report_id == report.id)
        .order_by(ReportRow.position)
    ).all()
    identities = open_identities(session, [row[2] for row in found])
    return tuple(
        Row(
            row.position,
            enrolment,
            child,
            school_class,
            check,
            tuple(row.parts),
            identities.get(child.id),
            row.kind,
            was,
            row.replaces_id,
            row.why,
        )
        for row, enrolment, child, school_class, check, was in found
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


def waits_for_its_age(campaign: Campaign, one: Expected, asked: Demand) -> bool:
    """到龄待种: a notice, but no list, where the campaign does not count doses that are only due."""
    owed = [dose for dose in asked.doses if dose.part is NoticePart.CATCH_UP]
    return not campaign.due_counts and one.result == Result.CATCH_UP and all(dose.state == State.DUE for dose in owed)


def sums_of(rows: Iterable[Row]) -> Counter[tuple[str, int]]:
    """How many children owe each product and dose."""
    return Counter((dose.product, dose.dose) for row in rows for dose in row.owed)


def _in_order(session: Session, chosen: Sequence[tuple[Expected, Demand]]) -> tuple[Row, ...]:
    """By class, then by name as a register has it."""
    drawn = [
        Row(0, one.enrolment, one.child, one.school_class, one.check, _words(asked), None)
        for one, asked in chosen
        if one.check
    ]
    return in_order(session, drawn)


def _drawn(session: Session, found: Sequence[Difference], *, after: int) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Changed and dropped, numbered on behind the new ones."""
    rows = [
        Row(
            0,
            one.live.enrolment,
            one.live.child,
            one.live.school_class,
            one.check,
            _words(one.asked),
            None,
            RowKind.DROPPED if one.why else RowKind.CHANGED,
            one.live.check,
            one.live.row.id,
            one.why,
        )
        for one in found
    ]
    changed = in_order(session, [row for row in rows if row.why is None], after=after)
    dropped = in_order(session, [row for row in rows if row.why], after=after + len(changed))
    return changed, dropped


def in_order(session: Session, rows: Sequence[Row], *, after: int = 0) -> tuple[Row, ...]:
    """By class, then by name as a register has it, with names and numbers."""
    identities = open_identities(session, [row.child for row in rows])

    def place(row: Row) -> tuple[object, ...]:
        identity = identities.get(row.child.id)
        name = spoken(fold_name(identity.name if identity else ""))
        readings = tuple(reading[0] for reading in name.readings)
        return class_order(row.school_class), readings, row.enrolment.id

    return tuple(
        replace(row, position=position, identity=identities.get(row.child.id))
        for position, row in enumerate(sorted(rows, key=place), start=after + 1)
    )


def _words(asked: Demand | None) -> tuple[str, ...]:
    return tuple(part.value for part in asked.parts) if asked else ()


def _has_live_list(session: Session, campaign: Campaign, school: Organisation, center: Organisation) -> bool:
    wanted = select(Report.id).where(
        Report.campaign_id == campaign.id,
        Report.school_id == school.id,
        Report.health_center_id == center.id,
        Report.state != ReportState.RETURNED,
    )
    return session.scalar(wanted.limit(1)) is not None


def _next_sequence(session: Session, campaign: Campaign, school: Organisation, center: Organisation) -> int:
    wanted = select(Report.sequence).where(
        Report.campaign_id == campaign.id, Report.school_id == school.id, Report.health_center_id == center.id
    )
    return max(session.scalars(wanted), default=0) + 1
