"""What is to be done today: the lines on the first page of a person at a school. Numbers only, no name.

Nothing to do is nothing to say: a reminder that counts nobody is not made.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.campaigns.clocks import first_own_deadline, unchecked_with_own_days
from app.campaigns.models import Campaign
from app.campaigns.pace import Pace, next_pace
from app.campaigns.queries import deadline, open_campaign
from app.campaigns.second_looks import second_looks
from app.checks.counting import Counts, counts_of_classes
from app.children.kinds import EnrolmentState
from app.children.models import Enrolment
from app.notices.models import Notice, NoticeState
from app.notices.queries import is_live
from app.people.actors import Actor
from app.people.scope import classes_in_scope
from app.reports.deadlines import list_deadline
from app.reports.listing import draft_of, expected_of
from app.reports.models import Report, ReportState
from app.reports.queries import centers_of, makes_lists
from app.schools.models import Organisation, SchoolClass


class What(StrEnum):
    """What is to be done; in this order on the page."""

    CHECK = "check"
    CHECK_NEWCOMERS = "check_newcomers"
    HAND_OUT = "hand_out"
    SEND_LISTS = "send_lists"
    LOOK_AGAIN = "look_again"


@dataclass(frozen=True, slots=True)
class Reminder:
    """So many children, sheets or lists, until a day."""

    what: What
    number: int
    until: dt.date | None = None
    #: Of the sheets: those that are not even printed.
    of_them: int = 0

    def days_left(self, today: dt.date) -> int | None:
        return (self.until - today).days if self.until else None


@dataclass(frozen=True, slots=True)
class Today:
    """The reminders of one person, and the counts that the pace is reckoned from."""

    campaign: Campaign
    day: dt.date
    counts: Counts
    reminders: tuple[Reminder, ...]
    pace: Pace | None


def today_of(session: Session, actor: Actor, day: dt.date) -> Today | None:
    """For the whole school, or for the one class of a clerk; None where no campaign is open."""
    campaign = open_campaign(session, actor.organisation_id)
    if campaign is None:
        return None
    class_ids = session.scalars(classes_in_scope(actor).with_only_columns(SchoolClass.id)).all()
    counts = _sum(counts_of_classes(session, campaign, class_ids).values())
    own, own_until = first_own_deadline(session, campaign, class_ids)
    found = [
        Reminder(What.CHECK, counts.not_checked - own, deadline(campaign)),
        Reminder(What.CHECK_NEWCOMERS, own, own_until),
        _to_hand_out(session, campaign, class_ids),
        *([_lists_to_send(session, actor, campaign)] if makes_lists(actor) else []),
        Reminder(What.LOOK_AGAIN, second_looks(session, campaign, class_ids), campaign.recheck_by),
    ]
    pace = next_pace(campaign, counts, day)
    return Today(campaign, day, counts, tuple(one for one in found if one.number), pace)


def _to_hand_out(session: Session, campaign: Campaign, class_ids: Collection[int]) -> Reminder:
    rows = session.execute(
        select(Notice.state, func.count())
        .join(Enrolment, Enrolment.id == Notice.enrolment_id)
        .where(
            is_live(),
            Notice.campaign_id == campaign.id,
            Notice.state.in_((NoticeState.DRAFTED, NoticeState.PRINTED)),
            Enrolment.class_id.in_(class_ids),
            Enrolment.state == EnrolmentState.ACTIVE,
        )
        .group_by(Notice.state)
    )
    by_state: dict[NoticeState, int] = dict(rows.all())
    return Reminder(What.HAND_OUT, sum(by_state.values()), of_them=by_state.get(NoticeState.DRAFTED, 0))


def _lists_to_send(session: Session, actor: Actor, campaign: Campaign) -> Reminder:
    """One for every health center whose list has still to go out: none was sent, or there is something to add.

    While children are left to be checked, only lists that are frozen already count: nobody has to send half a list.
    """
    school = session.get_one(Organisation, actor.organisation_id)
    everybody = expected_of(session, campaign, school)
    until = list_deadline(session, campaign, everybody).until
    waiting = session.scalars(
        select(Report.health_center_id).where(
            Report.campaign_id == campaign.id, Report.school_id == school.id, Report.state == ReportState.FROZEN
        )
    )
    centers = set(waiting)
    own = unchecked_with_own_days(session, campaign).get(school.id, 0)
    if everybody and sum(one.check is None for one in everybody) <= own:
        drafts = [draft_of(session, campaign, school, center) for center in centers_of(session, school)]
        centers |= {
            one.center.id for one in drafts if one.all_rows or (not one.supplements and sum(one.by_result.values()))
        }
    return Reminder(What.SEND_LISTS, len(centers), until)


def _sum(counts: Collection[Counts]) -> Counts:
    every = list(counts)
    if not every:
        return Counts({"not_checked": 0})
    return Counts({result: sum(one.by_result[result] for one in every) for result in every[0].by_result})
