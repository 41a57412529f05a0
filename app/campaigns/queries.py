"""Questions about campaigns: which one is open for a school, who takes part, until when."""

import datetime as dt

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign, CampaignState
from app.children.kinds import EnrolmentState
from app.children.models import Child, Enrolment
from app.schools.models import Organisation, OrganisationKind, SchoolClass


def open_campaign(session: Session, organisation_id: int) -> Campaign | None:
    """The campaign that is going on for this organisation: a school's through its bureau, a bureau's own.

    A health center or CDC belongs to no bureau: it takes part in the campaigns of the schools it serves, see
    `campaigns_of_center`.
    """
    place = session.get_one(Organisation, organisation_id)
    bureau_id = place.id if place.kind is OrganisationKind.BUREAU else place.supervisor_id
    wanted = select(Campaign).where(Campaign.bureau_id == bureau_id, Campaign.state == CampaignState.OPEN)
    return session.scalars(wanted.order_by(Campaign.first_day.desc()).limit(1)).first()


def campaigns_of_center(session: Session, center_ids: Select[tuple[int]]) -> list[Campaign]:
    """The open campaigns of the schools that these health centers serve by default."""
    bureaus = select(Organisation.supervisor_id).where(Organisation.default_health_center_id.in_(center_ids))
    wanted = select(Campaign).where(Campaign.bureau_id.in_(bureaus), Campaign.state == CampaignState.OPEN)
    return list(session.scalars(wanted.order_by(Campaign.first_day.desc(), Campaign.id)))


def taking_part(campaign: Campaign) -> Select[tuple[Enrolment]]:
    """The enrolments of the campaign: active, in a school of its bureau, begun since entrants join.

    This is the one definition of "expected" 应查验: every count starts from it.
    """
    return (
        select(Enrolment)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Organisation, Organisation.id == SchoolClass.school_id)
        .join(Child, Child.id == Enrolment.child_id)
        .where(
            Organisation.supervisor_id == campaign.bureau_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Enrolment.from_day >= campaign.joins_from,
            Child.merged_into_id.is_(None),
        )
    )


def deadline(campaign: Campaign, from_day: dt.date | None = None) -> dt.date:
    """The last day of checking: day 0 is the first day of term, or the child's own first day if that is later (R21)."""
    day_zero = max(campaign.first_day, from_day) if from_day else campaign.first_day
    return day_zero + dt.timedelta(days=campaign.deadline_days)
