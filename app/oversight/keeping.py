"""Keeps the counts of every cut-off hour: a bulletin of a day says tomorrow what it says today.

Whoever looks first after the hour closes the day, the worker or a page; the moment is kept beside it, since a server
may have been off at the hour.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import and_, func, insert, literal, select, update
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign, CampaignState
from app.campaigns.queries import counting_day
from app.clock import CHINA
from app.database import Database
from app.oversight.measures import Measures
from app.oversight.models import BoardClosing, BoardSchool, BoardSchoolDay
from app.oversight.refreshing import refresh


def closings(session: Session, campaign: Campaign, now: dt.datetime) -> list[BoardClosing]:
    """All cut-offs that are closed, the newest first; the last one that has passed is closed now if it was not.

    Somebody waits here: with many changed classes the day stays open until the next look, or until the worker is done.
    """
    kept = _closings(session, campaign)
    if _is_due(campaign, kept, now) and _close(session, campaign, now):
        kept = _closings(session, campaign)
    return kept


def of_papers(campaign: Campaign, kept: Sequence[BoardClosing]) -> BoardClosing | None:
    """The cut-off that a paper of now is of: the last one, so that two papers of a day cannot be subtracted.

    None before the first one, and of a sealed campaign: nothing comes after its figures any more.
    """
    return None if campaign.state is CampaignState.SEALED or not kept else kept[0]


def close_days(database: Database, now: dt.datetime) -> None:
    """A step towards closing what is due in every open campaign, as long as one look: to be called again and again."""
    with database.reading() as session:
        opened = session.scalars(select(Campaign).where(Campaign.state == CampaignState.OPEN))
        due = [one.id for one in opened if _is_due(one, _closings(session, one), now)]
    for one in due:
        with database.writing() as session:
            closings(session, session.get_one(Campaign, one), now)


def counts_closed(session: Session, campaign: Campaign, day: dt.date) -> dict[int, Measures]:
    """By school: what the cut-off of a day closed."""
    newest = (
        select(BoardSchoolDay.school_id, func.max(BoardSchoolDay.day).label("day"))
        .where(BoardSchoolDay.campaign_id == campaign.id, BoardSchoolDay.day <= day)
        .group_by(BoardSchoolDay.school_id)
        .subquery()
    )
    rows = select(BoardSchoolDay.school_id, BoardSchoolDay.children).join(
        newest, and_(newest.c.school_id == BoardSchoolDay.school_id, newest.c.day == BoardSchoolDay.day)
    )
    return dict(session.execute(rows.where(BoardSchoolDay.campaign_id == campaign.id)).all())


def _last_day(campaign: Campaign, now: dt.datetime) -> dt.date:
    """The day of the last cut-off that has passed."""
    return counting_day(campaign, now) - dt.timedelta(1)


def _is_due(campaign: Campaign, kept: Sequence[BoardClosing], now: dt.datetime) -> bool:
    """From the first day of term on, while the campaign is open."""
    day = _last_day(campaign, now)
    return campaign.state is CampaignState.OPEN and day >= campaign.first_day and not (kept and kept[0].day >= day)


def _closings(session: Session, campaign: Campaign) -> list[BoardClosing]:
    own = select(BoardClosing).where(BoardClosing.campaign_id == campaign.id)
    return list(session.scalars(own.order_by(BoardClosing.day.desc())))


def _close(session: Session, campaign: Campaign, now: dt.datetime) -> bool:
    day = _last_day(campaign, now)
    # One at a time, without keeping a desk from writing a row that belongs to the campaign.
    session.execute(select(Campaign.id).where(Campaign.id == campaign.id).with_for_update(key_share=True))
    already = select(BoardClosing.day).where(BoardClosing.campaign_id == campaign.id, BoardClosing.day >= day)
    if session.scalar(already.limit(1)) or refresh(session, campaign, now.astimezone(CHINA).date()):
        return False
    changed = and_(BoardSchool.campaign_id == campaign.id, BoardSchool.closed_on.is_(None))
    columns = [BoardSchoolDay.campaign_id, BoardSchoolDay.school_id, BoardSchoolDay.children, BoardSchoolDay.day]
    found = select(BoardSchool.campaign_id, BoardSchool.school_id, BoardSchool.children, literal(day))
    session.execute(insert(BoardSchoolDay).from_select(columns, found.where(changed)))
    done = update(BoardSchool).where(changed).values(closed_on=day)
    session.execute(done, execution_options={"synchronize_session": False})
    session.add(BoardClosing(campaign_id=campaign.id, day=day, closed_at=now))
    session.flush()
    return True
