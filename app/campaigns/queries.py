"""Questions about campaigns: which one is open for a school, who takes part, until when."""

import datetime as dt

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign, CampaignState, Kind
from app.children.kinds import EnrolmentSource, EnrolmentState
from app.children.models import Child, Enrolment
from app.clock import CHINA
from app.people.actors import Actor
from app.people.roles import Role
from app.schools.models import Organisation, OrganisationKind, SchoolClass, Stage

#: Who joins a class that is running already.
_JOINING = (EnrolmentSource.TRANSFER, EnrolmentSource.MIDYEAR, EnrolmentSource.GUEST)


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


def campaigns_in_scope(actor: Actor) -> Select[tuple[Campaign]]:
    """The campaigns that this person sets up and leads: those of the own bureau."""
    own = actor.organisation_id if actor.role is Role.BUREAU_AUDITOR else None
    return select(Campaign).where(Campaign.bureau_id == own)


def latest_campaign(session: Session, bureau_id: int | None) -> Campaign | None:
    """The one that is open; else the newest there is, whatever its state."""
    wanted = select(Campaign).where(Campaign.bureau_id == bureau_id)
    newest = wanted.order_by(Campaign.state != CampaignState.OPEN, Campaign.first_day.desc(), Campaign.id.desc())
    return session.scalars(newest.limit(1)).first()


def taking_part(campaign: Campaign) -> Select[tuple[Enrolment]]:
    """The enrolments of the campaign: active, of its kinds, in a school of its bureau, begun since entrants join.

    This is the one definition of "expected" 应查验: every count starts from it. Of a sealed campaign they are those who
    took part on the day it was sealed, whoever came or left later.
    """
    return (
        select(Enrolment)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Organisation, Organisation.id == SchoolClass.school_id)
        .join(Child, Child.id == Enrolment.child_id)
        .where(
            covers(campaign),
            _there(campaign),
            Child.merged_into_id.is_(None),
        )
    )


def covers(campaign: Campaign) -> ColumnElement[bool]:
    """Does an enrolment (joined with its class and school) belong to the campaign, whether it still lasts or not?"""
    chosen = [Organisation.supervisor_id == campaign.bureau_id, Enrolment.from_day >= campaign.joins_from]
    if campaign.sealed_at is not None:
        chosen.append(Enrolment.from_day <= campaign.sealed_at.astimezone(CHINA).date())
    if set(campaign.kinds) != set(Kind):
        chosen.append(or_(*(_of_kind(Kind(kind)) for kind in campaign.kinds)))
    return and_(*chosen)


def _of_kind(kind: Kind) -> ColumnElement[bool]:
    """A school whose stage nobody wrote down counts as either: no child is lost for that."""
    joining = Enrolment.source.in_(_JOINING)
    if kind is Kind.JOINING:
        return joining
    stage = Stage.KINDERGARTEN if kind is Kind.KINDERGARTEN else Stage.PRIMARY
    return and_(~joining, or_(Organisation.stage == stage, Organisation.stage.is_(None)))


def _there(campaign: Campaign) -> ColumnElement[bool]:
    active = Enrolment.state == EnrolmentState.ACTIVE
    if campaign.sealed_at is None:
        return active
    sealed_on = campaign.sealed_at.astimezone(CHINA).date()
    return or_(active, and_(Enrolment.state == EnrolmentState.LEFT, Enrolment.to_day > sealed_on))


def counting_day(campaign: Campaign, moment: dt.datetime) -> dt.date:
    """The day whose figures a moment belongs to: from the cut-off hour on it is the next one's."""
    here = moment.astimezone(CHINA)
    return here.date() + dt.timedelta(here.hour >= campaign.cutoff_hour)


def deadline(campaign: Campaign, from_day: dt.date | None = None) -> dt.date:
    """The last day of checking: day 0 is the first day of term, or the child's own first day if that is later (R21)."""
    day_zero = max(campaign.first_day, from_day) if from_day else campaign.first_day
    return day_zero + dt.timedelta(days=campaign.deadline_days)
