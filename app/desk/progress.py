"""Where a class stands, for the bar at the top of the desk; three desks at one class see each other through it."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import deadline, open_campaign
from app.checks.counting import Counts, counts_of_classes
from app.desk.actions import desks_at
from app.schools.models import SchoolClass


@dataclass(frozen=True, slots=True)
class Progress:
    """The class at hand in the campaign that is open. Without a campaign there is nothing to count."""

    school_class: SchoolClass
    campaign: Campaign | None
    counts: Counts | None
    until: dt.date | None
    days_left: int | None
    #: Desks at work on this class now.
    desks: int = 0

    @property
    def mark(self) -> str:
        """The same as long as a desk would show the same."""
        counts = tuple(self.counts.by_result.items()) if self.counts else ()
        shown = (self.school_class.id, self.school_class.name, counts, self.days_left, self.desks)
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:20]


def progress_of(session: Session, school_class: SchoolClass, now: dt.datetime, today: dt.date) -> Progress:
    desks = desks_at(session, school_class, now)
    campaign = open_campaign(session, school_class.school_id)
    if campaign is None:
        return Progress(school_class, None, None, None, None, desks)
    until = deadline(campaign)
    counts = counts_of_classes(session, campaign, [school_class.id])[school_class.id]
    return Progress(school_class, campaign, counts, until, (until - today).days, desks)
