"""Counts of a campaign: who is expected, who was checked, and with which result. Every number on a page starts here."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.campaigns.models import Campaign
from app.campaigns.queries import taking_part
from app.checks.models import Check
from app.checks.queries import stands
from app.children.models import Enrolment
from app.schools.models import SchoolClass

#: In the order of every bar and sum; together they are everybody expected.
RESULTS = ("complete", "catch_up", "review", "no_certificate", "waived", "not_checked")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many children of a group stand where. `expected` is the sum of all of `by_result`."""

    by_result: dict[str, int]

    @property
    def expected(self) -> int:
        return sum(self.by_result.values())

    @property
    def not_checked(self) -> int:
        return self.by_result["not_checked"]

    @property
    def checked(self) -> int:
        return self.expected - self.not_checked


def counts_of_classes(session: Session, campaign: Campaign, class_ids: Collection[int]) -> dict[int, Counts]:
    """The counts of each class, also of those in which nobody takes part."""
    rows = _rows(session, campaign, Enrolment.class_id, Enrolment.class_id.in_(class_ids))
    return {one: _counts(rows.get(one, Counter())) for one in class_ids}


def counts_of_schools(session: Session, campaign: Campaign, school_ids: Collection[int]) -> dict[int, Counts]:
    """The counts of each school, also of those that did nothing."""
    rows = _rows(session, campaign, SchoolClass.school_id, SchoolClass.school_id.in_(school_ids))
    return {one: _counts(rows.get(one, Counter())) for one in school_ids}


def standing_checks(of: Select[tuple[int]] | None = None) -> Subquery:
    """Of each enrolment the one check that stands: the highest number; `of` spares the database all the others."""
    numbers = select(Check.enrolment_id, func.max(Check.number).label("number")).where(stands())
    if of is not None:
        numbers = numbers.where(Check.enrolment_id.in_(of))
    newest = numbers.group_by(Check.enrolment_id).subquery()
    return (
        select(Check.enrolment_id, Check.result, Check.at)
        .join(newest, (newest.c.enrolment_id == Check.enrolment_id) & (newest.c.number == Check.number))
        .where(stands())
        .subquery()
    )


def _rows(
    session: Session, campaign: Campaign, group: InstrumentedAttribute[int], condition: ColumnElement[bool]
) -> dict[int, Counter[str]]:
    of = select(Enrolment.id).join(SchoolClass, SchoolClass.id == Enrolment.class_id).where(condition)
    standing = standing_checks(of)
    wanted = (
        taking_part(campaign)
        .outerjoin(standing, standing.c.enrolment_id == Enrolment.id)
        .where(condition)
        .with_only_columns(group, standing.c.result, func.count())
        .group_by(group, standing.c.result)
    )
    found: dict[int, Counter[str]] = {}
    for one, result, number in session.execute(wanted):
        found.setdefault(one, Counter())[result or "not_checked"] += number
    return found


def _counts(found: Counter[str]) -> Counts:
    return Counts({result: found[result] for result in RESULTS})
