"""Until when a school's list has to be at the health center: two rules, the earlier one holds."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import deadline
from app.checks.models import Check
from app.checks.queries import stands
from app.clock import CHINA
from app.reports.listing import Expected
from app.reports.models import Report


class Rule(StrEnum):
    """Thirty days from the start of term; or some days after the last child was checked."""

    TERM = "term"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class ListDeadline:
    until: dt.date
    rule: Rule
    #: The day on which the last child was first checked; None while somebody is left.
    finished_on: dt.date | None

    def days_left(self, today: dt.date) -> int:
        return (self.until - today).days


def list_deadline(session: Session, campaign: Campaign, everybody: list[Expected]) -> ListDeadline:
    """The deadline of a school's list. Children who came later have their own days and do not move it."""
    until = deadline(campaign)
    on_time = [one for one in everybody if deadline(campaign, one.enrolment.from_day) == until]
    finished = _finished_on(session, on_time)
    if finished is None or campaign.list_within_days is None:
        return ListDeadline(until, Rule.TERM, finished)
    soon = finished + dt.timedelta(days=campaign.list_within_days)
    return ListDeadline(soon, Rule.FINISHED, finished) if soon < until else ListDeadline(until, Rule.TERM, finished)


def is_supplement(report: Report) -> bool:
    """What is not a first list, nor one in place of a returned list, may come later."""
    return report.sequence > 1 and bool(report.counts.get("supplements", True))


def sent_on(report: Report) -> dt.date | None:
    """The day in China on which the list left the school."""
    return report.sent_at.astimezone(CHINA).date() if report.sent_at else None


def answered_on(report: Report) -> dt.date | None:
    """The day in China on which the health center answered."""
    return report.answered_at.astimezone(CHINA).date() if report.answered_at else None


def _finished_on(session: Session, everybody: list[Expected]) -> dt.date | None:
    if not everybody or any(one.check is None for one in everybody):
        return None
    first = (
        select(func.min(Check.as_of).label("day"))
        .where(Check.enrolment_id.in_([one.enrolment.id for one in everybody]), stands(), Check.withdrawn.is_(False))
        .group_by(Check.enrolment_id)
        .subquery()
    )
    return session.scalar(select(func.max(first.c.day)))
