"""The edition that judges: pinned by the campaign, so that a law that changes in October does not split a September."""

from sqlalchemy.orm import Session

from app.campaigns.models import CampaignState
from app.campaigns.sealing import campaign_of
from app.children.models import Enrolment


def edition_for(session: Session, enrolment: Enrolment | None) -> str | None:
    """The edition of the open campaign that this enrolment belongs to; None: that of the day."""
    campaign = campaign_of(session, enrolment) if enrolment else None
    return campaign.edition if campaign and campaign.state is CampaignState.OPEN else None
