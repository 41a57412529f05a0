"""A sealed campaign changes nothing: the one place that says so, and where every room asks.

Doses, certificates and the child itself are no campaign's: they go on. What belongs to the campaign — its settings,
checks, notices with their doses, lists — stays as it was archived. Erasing a child touches none of these.

Two walls: an action asks `must_be_open` or `must_not_be_sealed` first, before it does anything; and whatever forgets to
ask is stopped when its row is written (`keep`). Both raise `Sealed`, which becomes a page with a sentence.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, ScalarSelect, event, inspect, select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.campaigns.models import Campaign, CampaignState
from app.campaigns.queries import covers
from app.children.models import Enrolment
from app.people.actors import Actor
from app.schools.models import Organisation, SchoolClass

Row = TypeVar("Row")


class Sealed(ValueError):
    """The campaign is sealed; `name` says which, and is no secret."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The campaign {name} is sealed: nothing in it changes any more.")
        self.name = name


class NotOpen(ValueError):
    """Only an open campaign can be sealed."""


def must_be_open(campaign: Campaign) -> None:
    """Raise Sealed where nothing may change."""
    if campaign.state is CampaignState.SEALED:
        raise Sealed(campaign.name)


def must_not_be_sealed(session: Session, enrolment: Enrolment) -> None:
    """Raise Sealed if this enrolment was checked in a campaign that is sealed and belongs to none that goes on."""
    campaign = campaign_of(session, enrolment)
    if campaign is not None:
        must_be_open(campaign)


def campaign_of(session: Session, enrolment: Enrolment) -> Campaign | None:
    """The campaign an enrolment belongs to: one that is open before one that is sealed, the newest first."""
    school = session.get_one(Organisation, session.get_one(SchoolClass, enrolment.class_id).school_id)
    wanted = select(Campaign).where(
        Campaign.bureau_id == school.supervisor_id,
        Campaign.state != CampaignState.PREPARING,
        Campaign.joins_from <= enrolment.from_day,
    )
    found = session.scalars(wanted.order_by(Campaign.state != CampaignState.OPEN, Campaign.first_day.desc()))
    return next((one for one in found if _belongs(session, one, enrolment)), None)


def seal(session: Session, *, by: Actor, now: dt.datetime, campaign: Campaign) -> None:
    """Nothing in the campaign changes from now on. Raises Sealed if that is so already, NotOpen if it never opened.

    Whoever makes the archive calls this last, in the transaction that keeps the archive's index.
    """
    must_be_open(campaign)
    if campaign.state is not CampaignState.OPEN:
        raise NotOpen("Only an open campaign can be sealed.")
    campaign.state, campaign.sealed_at = CampaignState.SEALED, now
    session.flush()
    record(session, by=by, now=now, action="campaign.sealed", subject=("campaign", campaign.id))


def keep(model: type[Row], campaign_id: Callable[[Row], int | ScalarSelect[Any]]) -> None:
    """Refuse to write rows of `model` whose campaign (by number, or by a question for it) is sealed."""

    def refuse(_mapper: Any, connection: Connection, row: Row) -> None:
        state = connection.execute(
            select(Campaign.name).where(Campaign.id == campaign_id(row), Campaign.state == CampaignState.SEALED.value)
        ).scalar()
        if state is not None:
            raise Sealed(state)

    for moment in ("before_insert", "before_update", "before_delete"):
        event.listen(model, moment, refuse)


@event.listens_for(Campaign, "before_update")
@event.listens_for(Campaign, "before_delete")
def _refuse_change(_mapper: Any, connection: Connection, campaign: Campaign) -> None:
    known = Campaign.__table__
    state = connection.execute(select(known.c.state).where(known.c.id == inspect(campaign).identity[0])).scalar()
    if state == CampaignState.SEALED:
        raise Sealed(campaign.name)


def _belongs(session: Session, campaign: Campaign, enrolment: Enrolment) -> bool:
    wanted = (
        select(Enrolment.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Organisation, Organisation.id == SchoolClass.school_id)
        .where(Enrolment.id == enrolment.id, covers(campaign))
    )
    return session.scalar(wanted) is not None
