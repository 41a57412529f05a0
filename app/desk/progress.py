"""Where a class stands, for the bar at the top of the desk."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import deadline, open_campaign
from app.checks.counting import Counts, counts_of_classes
from app.schools.models import SchoolClass


@dataclass(frozen=True, slots=True)
class Progress:
    """The class at hand in the campaign that is open. Without a campaign there is nothing to count."""

    school_class: SchoolClass
    campaign: Campaign | None
    counts: Counts | None
    until: dt.date | None
    days_left: int | None


def progress_of(session: Session, school_class: SchoolClass, today: dt.date) -> Progress:
    campaign = open_campaign(session, school_class.school_id)
    if campaign is None:
        return Progress(school_class, None, None, None, None)
    until = deadline(campaign)
    counts = counts_of_classes(session, campaign, [school_class.id])[school_class.id]
    return Progress(school_class, campaign, counts, until, (until - today).days)
