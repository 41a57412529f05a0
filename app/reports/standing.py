"""How every school of a campaign stands with its lists: due when, all there since when. A few questions for all."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import deadline, taking_part
from app.checks.models import Check
from app.checks.queries import stands
from app.children.models import Child, Enrolment
from app.clock import CHINA
from app.reports.models import Report, ReportState
from app.schools.models import Organisation, SchoolClass

#: The list has left the school, and was not sent back.
GIVEN = (ReportState.SENT, ReportState.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Standing:
    """One school. `listed_on`: the day on which the last health center concerned had a list; None while one is missing.

    A school without a roster is due one like any other: silence is data.
    """

    until: dt.date
    listed_on: dt.date | None = None

    @property
    def in_time(self) -> bool:
        return self.listed_on is not None and self.listed_on <= self.until

    def is_late(self, today: dt.date) -> bool:
        """The list came late, or is not there although it should be."""
        return (self.listed_on or today) > self.until


def standing_of_schools(session: Session, campaign: Campaign, school_ids: Collection[int]) -> dict[int, Standing]:
    term = deadline(campaign)
    untils = _untils(session, campaign)
    listed = _listed(session, campaign)
    return {one: Standing(untils.get(one, term), listed.get(one)) for one in school_ids}


def _untils(session: Session, campaign: Campaign) -> dict[int, dt.date]:
    """The deadline of each school that finished early, where the campaign has such a rule."""
    if campaign.list_within_days is None:
        return {}
    first = select(Check.enrolment_id, func.min(Check.as_of).label("day")).where(stands()).group_by(Check.enrolment_id)
    looked = first.subquery()
    rows = session.execute(
        taking_part(campaign)
        .outerjoin(looked, looked.c.enrolment_id == Enrolment.id)
        # Children who came later have their own days and do not move the school's.
        .where(Enrolment.from_day <= campaign.first_day)
        .with_only_columns(SchoolClass.school_id, func.count(), func.count(looked.c.day), func.max(looked.c.day))
        .group_by(SchoolClass.school_id)
    )
    within = dt.timedelta(days=campaign.list_within_days)
    return {school: min(deadline(campaign), day + within) for school, everybody, seen, day in rows if everybody == seen}


def _listed(session: Session, campaign: Campaign) -> dict[int, dt.date]:
    """The day on which each school had given a list to every health center with a child of its own."""
    center = func.coalesce(Child.home_health_center_id, Organisation.default_health_center_id)
    concerned = session.execute(taking_part(campaign).with_only_columns(SchoolClass.school_id, center).distinct()).all()
    sent = {
        (school, place): moment
        for school, place, moment in session.execute(
            select(Report.school_id, Report.health_center_id, func.min(Report.sent_at))
            .where(Report.campaign_id == campaign.id, Report.state.in_(GIVEN))
            .group_by(Report.school_id, Report.health_center_id)
        )
    }
    # Where nobody takes part, an empty list to any center says so.
    moments: dict[int, list[dt.datetime | None]] = {}
    taking = {school for school, _place in concerned}
    for (school, _place), moment in sent.items():
        if school not in taking:
            moments.setdefault(school, []).append(moment)
    for school, place in concerned:
        moments.setdefault(school, []).append(sent.get((school, place)))
    return {
        school: max(known).astimezone(CHINA).date()
        for school, found in moments.items()
        if len(known := [moment for moment in found if moment is not None]) == len(found)
    }
