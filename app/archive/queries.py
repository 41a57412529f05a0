"""Questions about archives: which campaigns a person may archive, and what was made."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from app.archive.models import Archive
from app.campaigns.models import Campaign, CampaignState
from app.people.actors import Actor
from app.people.roles import Role
from app.schools.models import Organisation

_ARCHIVED = (CampaignState.OPEN, CampaignState.SEALED)


def campaigns_of(session: Session, actor: Actor) -> Sequence[Campaign]:
    """Those of the own bureau that began, newest first."""
    place = session.get_one(Organisation, actor.organisation_id)
    bureau_id = place.id if actor.role is Role.BUREAU_AUDITOR else place.supervisor_id
    wanted = select(Campaign).where(Campaign.bureau_id == bureau_id, Campaign.state.in_(_ARCHIVED))
    return session.scalars(wanted.order_by(Campaign.first_day.desc(), Campaign.id.desc())).all()


def chosen_campaign(session: Session, actor: Actor, text: str) -> Campaign:
    """The one with this number, else the newest; 404 where it is somebody else's, or where there is none."""
    campaigns = campaigns_of(session, actor)
    if not text:
        return campaigns[0] if campaigns else abort(404)
    return next((one for one in campaigns if str(one.id) == text), None) or abort(404)


def archives_in_scope(actor: Actor) -> Select[tuple[Archive]]:
    """The own school's, or the own bureau's."""
    if actor.role not in {Role.SCHOOL_HEAD, Role.BUREAU_AUDITOR}:
        return select(Archive).where(false())
    return select(Archive).where(Archive.organisation_id == actor.organisation_id)


def archive_or_404(session: Session, actor: Actor, archive_id: int) -> Archive:
    return session.scalars(archives_in_scope(actor).where(Archive.id == archive_id)).one_or_none() or abort(404)


def archives_of(session: Session, actor: Actor, campaign: Campaign) -> Sequence[Archive]:
    """Newest first."""
    wanted = archives_in_scope(actor).where(Archive.campaign_id == campaign.id)
    return session.scalars(wanted.order_by(Archive.id.desc())).all()
