"""The timeline of a school: where it should be by the calendar, and where it is by what it has done."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from app.campaigns.clocks import unchecked_with_own_days
from app.campaigns.models import Campaign, CampaignState
from app.campaigns.queries import deadline
from app.checks.counting import Counts
from app.oversight.queries import SchoolRow, school_rows
from app.people.actors import Actor
from app.schools.models import Organisation

_DAY = dt.timedelta(1)


class Stage(StrEnum):
    """In this order; a school never goes back by the calendar."""

    PREPARING = "preparing"
    CHECKING = "checking"
    SUMMARISING = "summarising"
    REPORTED = "reported"
    CATCHING_UP = "catching_up"
    RECHECKING = "rechecking"
    ARCHIVED = "archived"


ORDER = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Span:
    """One stage by the calendar. `last` None: it ends with the campaign."""

    stage: Stage
    first: dt.date
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one school is."""

    school: Organisation
    counts: Counts
    listed_on: dt.date | None
    #: How many of the unchecked have days of their own.
    own_days: int
    stage: Stage
    planned: Stage

    @property
    def behind(self) -> bool:
        """Does the calendar say that it should be further? The archive waits for the bureau, not for the school."""
        should = min(ORDER.index(self.planned), ORDER.index(Stage.RECHECKING))
        return ORDER.index(self.stage) < should


def spans(campaign: Campaign) -> list[Span]:
    """The whole year, stage by stage. Reporting is a day, the last one; the clinics go on from the day after it."""
    until = deadline(campaign)
    begins = {
        Stage.PREPARING: campaign.first_day,
        Stage.CHECKING: campaign.checking_from,
        Stage.SUMMARISING: campaign.summarising_from,
        Stage.CATCHING_UP: max(campaign.catch_up_from, until + _DAY),
        Stage.RECHECKING: campaign.catch_up_until + _DAY,
        Stage.ARCHIVED: campaign.recheck_by + _DAY,
    }
    ends = {
        Stage.PREPARING: campaign.checking_from - _DAY,
        Stage.CHECKING: campaign.summarising_from - _DAY,
        Stage.SUMMARISING: until,
        Stage.CATCHING_UP: campaign.catch_up_until,
        Stage.RECHECKING: campaign.recheck_by,
        Stage.ARCHIVED: None,
    }
    found = [Span(stage, begins[stage], ends[stage]) for stage in begins]
    found.insert(3, Span(Stage.REPORTED, until, until))
    return [span for span in found if span.last is None or span.first <= span.last]


def planned(campaign: Campaign, today: dt.date) -> Stage:
    """Where the calendar says a school should be. The last day of the lists is still a day to send them on."""
    if campaign.state is CampaignState.SEALED:
        return Stage.ARCHIVED
    begun = [span for span in spans(campaign) if span.first <= today]
    begun = [span for span in begun if span.stage is not Stage.REPORTED or span.first < today]
    return begun[-1].stage if begun else Stage.PREPARING


def reached(campaign: Campaign, today: dt.date, *, counts: Counts, own_days: int, listed_on: dt.date | None) -> Stage:
    """Where a school is by what it has done. Who came later has days of its own and holds nobody up."""
    if campaign.state is CampaignState.SEALED:
        return Stage.ARCHIVED
    if not counts.checked:
        return Stage.PREPARING
    if counts.not_checked > own_days:
        return Stage.CHECKING
    if listed_on is None:
        return Stage.SUMMARISING
    if today < campaign.catch_up_from:
        return Stage.REPORTED
    return Stage.CATCHING_UP if today <= campaign.catch_up_until else Stage.RECHECKING


def stands_of_schools(session: Session, actor: Actor, campaign: Campaign, today: dt.date) -> list[Stand]:
    """Every school in scope, in the order of the board: silence first."""
    rows = school_rows(session, actor, campaign)
    own = unchecked_with_own_days(session, campaign)
    plan = planned(campaign, today)
    return [_stand(campaign, today, row, own.get(row.school.id, 0), plan) for row in rows]


def _stand(campaign: Campaign, today: dt.date, row: SchoolRow, own_days: int, plan: Stage) -> Stand:
    stage = reached(campaign, today, counts=row.counts, own_days=own_days, listed_on=row.listed_on)
    return Stand(row.school, row.counts, row.listed_on, own_days, stage, plan)
