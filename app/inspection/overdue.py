"""Who is late with what: a school's thirty days and one-week rule, children with days of their own, the second look.

Every rule counts by the calendar of the campaign; a school may be late with several things at once.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.campaigns.clocks import unchecked, with_own_days
from app.campaigns.models import Campaign
from app.campaigns.queries import deadline
from app.checks.counting import Counts, counts_of_schools
from app.children.models import Enrolment
from app.notices.models import ENDED, Notice
from app.people.actors import Actor
from app.reports.standing import Standing, standing_of_schools
from app.schools.models import Organisation, SchoolClass
from app.spotchecks.queries import schools_of

#: From so many days before the last one a school is named as near it.
NEAR_DAYS = 7


class Late(StrEnum):
    """What a school is late with, or near to."""

    NOT_BEGUN = "not_begun"
    LIST = "list"
    LIST_SOON = "list_soon"
    OWN_DAYS = "own_days"
    RECHECK = "recheck"
    RECHECK_SOON = "recheck_soon"


#: Over the day, not only near it.
OVERDUE = frozenset({Late.NOT_BEGUN, Late.LIST, Late.OWN_DAYS, Late.RECHECK})


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """One school: its counts, its day, what it is late with and since when."""

    school: Organisation
    counts: Counts
    standing: Standing
    #: By the one-week rule: the last child was checked and the list is due before the thirty days.
    by_week: bool
    own_open: int
    own_late: int
    #: Live notices: children whose second look is still to come.
    to_look_at: int
    late: dict[Late, dt.date]

    @property
    def is_overdue(self) -> bool:
        return not OVERDUE.isdisjoint(self.late)

    def days_over(self, today: dt.date) -> int:
        """Since the oldest thing that is late."""
        return max([(today - day).days for what, day in self.late.items() if what in OVERDUE], default=0)


@dataclass(frozen=True, slots=True)
class OwnDays:
    """A child with days of its own that nobody has checked yet."""

    enrolment: Enrolment
    school_class: SchoolClass
    until: dt.date


def days_of_schools(session: Session, actor: Actor, campaign: Campaign, today: dt.date) -> list[SchoolDays]:
    """Those late longest first, then those near their day."""
    schools = session.scalars(
        select(Organisation).where(
            Organisation.id.in_(schools_of(actor)), Organisation.supervisor_id == campaign.bureau_id
        )
    ).all()
    ids = [one.id for one in schools]
    counts, standings = counts_of_schools(session, campaign, ids), standing_of_schools(session, campaign, ids)
    own, looks = _own_days(session, campaign, ids, today), _to_look_at(session, campaign, ids)
    rows = []
    for school in schools:
        own_open, own_late, first_own = own.get(school.id, (0, 0, None))
        late = _late(campaign, today, counts[school.id], standings[school.id], first_own, looks.get(school.id, 0))
        by_week = standings[school.id].until < deadline(campaign)
        rows.append(
            SchoolDays(
                school,
                counts[school.id],
                standings[school.id],
                by_week,
                own_open,
                own_late,
                looks.get(school.id, 0),
                late,
            )
        )
    return sorted(rows, key=lambda row: (not row.is_overdue, -row.days_over(today), not row.late, row.school.name))


def children_with_own_days(session: Session, actor: Actor, campaign: Campaign, limit: int) -> list[OwnDays]:
    """Those nobody has checked, the nearest day first."""
    wanted = unchecked(with_own_days(campaign)).where(SchoolClass.school_id.in_(schools_of(actor)))
    rows = session.execute(
        wanted.add_columns(SchoolClass).order_by(Enrolment.from_day, SchoolClass.school_id, Enrolment.id).limit(limit)
    )
    return [OwnDays(enrolment, where, deadline(campaign, enrolment.from_day)) for enrolment, where in rows]


def _late(
    campaign: Campaign, today: dt.date, counts: Counts, standing: Standing, first_own: dt.date | None, looks: int
) -> dict[Late, dt.date]:
    """What is late, with the last day on which it would not have been."""
    found: dict[Late, dt.date] = {}
    near = dt.timedelta(NEAR_DAYS)
    if not counts.checked and today > campaign.checking_from:
        found[Late.NOT_BEGUN] = campaign.checking_from
    if standing.listed_on is None and today > standing.until:
        found[Late.LIST] = standing.until
    elif standing.listed_on is None and today >= standing.until - near:
        found[Late.LIST_SOON] = standing.until
    if first_own is not None and first_own < today:
        found[Late.OWN_DAYS] = first_own
    if looks and today > campaign.recheck_by:
        found[Late.RECHECK] = campaign.recheck_by
    elif looks and today >= campaign.recheck_by - near:
        found[Late.RECHECK_SOON] = campaign.recheck_by
    return found


def _own_days(
    session: Session, campaign: Campaign, school_ids: Collection[int], today: dt.date
) -> dict[int, tuple[int, int, dt.date]]:
    """Of each school: unchecked children with days of their own, those over it, the first of these days."""
    rows = session.execute(
        unchecked(with_own_days(campaign))
        .where(SchoolClass.school_id.in_(school_ids))
        .with_only_columns(SchoolClass.school_id, Enrolment.from_day, func.count())
        .group_by(SchoolClass.school_id, Enrolment.from_day)
    )
    found: dict[int, tuple[int, int, dt.date]] = {}
    for school, from_day, number in rows:
        until = deadline(campaign, from_day)
        before = found.get(school, (0, 0, until))
        found[school] = (before[0] + number, before[1] + (number if until < today else 0), min(before[2], until))
    return found


def _to_look_at(session: Session, campaign: Campaign, school_ids: Collection[int]) -> dict[int, int]:
    rows = session.execute(
        select(SchoolClass.school_id, func.count(func.distinct(Notice.enrolment_id)))
        .join(Enrolment, Enrolment.id == Notice.enrolment_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Notice.campaign_id == campaign.id, Notice.state.not_in(ENDED), SchoolClass.school_id.in_(school_ids))
        .group_by(SchoolClass.school_id)
    )
    return dict(rows.all())
