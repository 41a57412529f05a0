"""What a bureau does to its campaigns: set up, change, open, pin another edition. Sealing is in `sealing`."""

import datetime as dt
from dataclasses import fields
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.campaigns.models import Campaign, CampaignState, Preparation, Round
from app.campaigns.sealing import must_be_open
from app.campaigns.settings import Fault, Settings, as_columns, faults_of, settings_of
from app.people.actors import Actor
from rules import national


class Refusal(StrEnum):
    """Why something cannot be done; `app.campaigns.wording` has the sentences."""

    SAME_ROUND = "same_round"
    ANOTHER_OPEN = "another_open"
    OPEN_ALREADY = "open_already"
    NO_SUCH_EDITION = "no_such_edition"


class NotNow(ValueError):
    """The campaign is not in a state for this."""

    def __init__(self, refusal: Refusal, other: str = "") -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        #: The name of the campaign that is in the way.
        self.other = other


class NoSense(ValueError):
    """The settings contradict each other."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def set_up(
    session: Session, *, by: Actor, now: dt.datetime, round_: Round, edition: str, settings: Settings
) -> Campaign:
    """A new campaign of the own bureau, seen by nobody else until it is opened."""
    _must_make_sense(settings)
    _must_be_known(edition)
    campaign = Campaign(
        bureau_id=by.organisation_id,
        year=settings.first_day.year,
        round=round_,
        edition=edition,
        state=CampaignState.PREPARING,
        created_at=now,
        **as_columns(settings),
    )
    _save(session, campaign)
    detail = {"edition": edition, "first_day": settings.first_day, "round": round_}
    record(session, by=by, now=now, action="campaign.set_up", subject=("campaign", campaign.id), detail=detail)
    return campaign


def change(session: Session, *, by: Actor, now: dt.datetime, campaign: Campaign, settings: Settings) -> list[str]:
    """Other settings; gives the names of what changed. Checks that were made stay as they are."""
    must_be_open(campaign)
    _must_make_sense(settings)
    before = settings_of(campaign)
    changed = [one.name for one in fields(Settings) if getattr(before, one.name) != getattr(settings, one.name)]
    if not changed:
        return []
    for name, value in as_columns(settings).items():
        setattr(campaign, name, value)
    campaign.year = settings.first_day.year
    _save(session, campaign)
    detail = {"changed": changed, "first_day": settings.first_day}
    record(session, by=by, now=now, action="campaign.changed", subject=("campaign", campaign.id), detail=detail)
    return changed


def open_for_schools(session: Session, *, by: Actor, now: dt.datetime, campaign: Campaign) -> None:
    """Schools see it and check from now on. One at a time: a check has to know which campaign it is for."""
    must_be_open(campaign)
    if campaign.state is CampaignState.OPEN:
        raise NotNow(Refusal.OPEN_ALREADY)
    other = session.scalars(
        select(Campaign).where(Campaign.bureau_id == campaign.bureau_id, Campaign.state == CampaignState.OPEN)
    ).first()
    if other is not None:
        raise NotNow(Refusal.ANOTHER_OPEN, other.name)
    campaign.state, campaign.opened_at = CampaignState.OPEN, now
    session.flush()
    record(session, by=by, now=now, action="campaign.opened", subject=("campaign", campaign.id))


def pin_edition(session: Session, *, by: Actor, now: dt.datetime, campaign: Campaign, edition: str) -> None:
    """Judge by another edition from now on. Checks that were made stay; the next look at a child uses it."""
    must_be_open(campaign)
    _must_be_known(edition)
    if campaign.edition == edition:
        return
    before, campaign.edition = campaign.edition, edition
    session.flush()
    detail = {"from": before, "to": edition}
    record(session, by=by, now=now, action="campaign.edition_pinned", subject=("campaign", campaign.id), detail=detail)


def tick(session: Session, *, by: Actor, now: dt.datetime, campaign: Campaign, item: str) -> None:
    """The own school has done one thing of the checklist. Twice changes nothing."""
    must_be_open(campaign)
    if _ticked(session, by, campaign, item) is not None:
        return
    session.add(
        Preparation(campaign_id=campaign.id, school_id=by.organisation_id, item=item, done_at=now, done_by=by.user_id)
    )
    session.flush()
    record(
        session, by=by, now=now, action="campaign.prepared", subject=("campaign", campaign.id), detail={"item": item}
    )


def untick(session: Session, *, by: Actor, now: dt.datetime, campaign: Campaign, item: str) -> None:
    """The tick was a mistake."""
    must_be_open(campaign)
    found = _ticked(session, by, campaign, item)
    if found is None:
        return
    session.delete(found)
    session.flush()
    record(
        session, by=by, now=now, action="campaign.unprepared", subject=("campaign", campaign.id), detail={"item": item}
    )


def _ticked(session: Session, by: Actor, campaign: Campaign, item: str) -> Preparation | None:
    return session.scalars(
        select(Preparation).where(
            Preparation.campaign_id == campaign.id,
            Preparation.school_id == by.organisation_id,
            Preparation.item == item,
        )
    ).one_or_none()


def _must_make_sense(settings: Settings) -> None:
    if faults := faults_of(settings):
        raise NoSense(faults)


def _must_be_known(edition: str) -> None:
    if edition not in {one.id for one in national().editions}:
        raise NotNow(Refusal.NO_SUCH_EDITION)


def _save(session: Session, campaign: Campaign) -> None:
    try:
        with session.begin_nested():
            session.add(campaign)
            session.flush()
    except IntegrityError as error:
        raise NotNow(Refusal.SAME_ROUND) from error
