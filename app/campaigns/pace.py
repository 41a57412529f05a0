"""Milestones, and the pace that is still needed to reach the next one."""

import datetime as dt
import math
from dataclasses import dataclass

from app.campaigns.models import Campaign
from app.campaigns.queries import deadline
from app.campaigns.school_days import school_days
from app.campaigns.settings import Milestone, milestones_of
from app.checks.counting import Counts


@dataclass(frozen=True, slots=True)
class Pace:
    """What one milestone still asks of a group of children."""

    milestone: Milestone
    #: How many are to be checked by then, and how many are.
    wanted: int
    checked: int
    #: From today to the day itself, both counted; 0 when it is over.
    school_days: int

    @property
    def missing(self) -> int:
        return max(self.wanted - self.checked, 0)

    @property
    def a_day(self) -> int | None:
        """每天还要查 n 人; None where nobody is missing or no school day is left."""
        return math.ceil(self.missing / self.school_days) if self.missing and self.school_days else None


def goals_of(campaign: Campaign) -> list[Milestone]:
    """Every milestone in its order; the deadline is the last one, whether somebody wrote it down or not."""
    goals = milestones_of(campaign)
    if not goals or goals[-1].share < 100:
        goals = [*goals, Milestone(deadline(campaign), 100)]
    return goals


def paces(campaign: Campaign, counts: Counts, today: dt.date) -> list[Pace]:
    return [_pace(goal, counts, today) for goal in goals_of(campaign)]


def next_pace(campaign: Campaign, counts: Counts, today: dt.date) -> Pace | None:
    """The first milestone that is neither over nor reached; None: everything is reached, or the last day is past."""
    open_ones = [one for one in paces(campaign, counts, today) if one.missing and one.milestone.day >= today]
    return open_ones[0] if open_ones else None


def _pace(goal: Milestone, counts: Counts, today: dt.date) -> Pace:
    wanted = math.ceil(counts.expected * goal.share / 100)
    return Pace(goal, wanted, counts.checked, school_days(today, goal.day))
