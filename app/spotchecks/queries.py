"""From whom is drawn, which spot checks a person may see, and whose names."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import campaigns_in_scope, campaigns_of_center, taking_part
from app.checks.models import Check
from app.checks.queries import stands
from app.children.models import Child, Enrolment
from app.people.actors import Actor
from app.people.roles import Role
from app.people.scope import children_in_scope, organisations_in_scope, subtree
from app.schools.models import Organisation, OrganisationKind, SchoolClass
from app.spotchecks.models import SpotCheck, SpotItem


@dataclass(frozen=True, slots=True)
class Framed:
    """One child from whom is drawn, without a name: the check that stands, and who made it."""

    school_id: int
    enrolment_id: int
    child_id: int
    check_id: int
    clerk_id: int


def frame(session: Session, campaign: Campaign) -> list[Framed]:
    """Every child of the campaign with a check that stands and a certificate to compare with."""
    wanted = (
        taking_part(campaign)
        .join(Check, Check.enrolment_id == Enrolment.id)
        .where(stands(), Check.result != "no_certificate", Child.erased_at.is_(None))
        .with_only_columns(SchoolClass.school_id, Enrolment.id, Child.id, Check.id, Check.by)
        .order_by(Check.number, Check.id)
    )
    newest = {row[1]: Framed(*row) for row in session.execute(wanted)}
    return list(newest.values())


def campaigns(session: Session, actor: Actor) -> list[Campaign]:
    """Those that this person may draw in."""
    if actor.role is Role.CDC_DOCTOR:
        centers = select(Organisation.id).where(
            Organisation.id.in_(subtree(actor.organisation_id)), Organisation.kind == OrganisationKind.HEALTH_CENTER
        )
        return campaigns_of_center(session, centers)
    return list(session.scalars(campaigns_in_scope(actor).order_by(Campaign.first_day.desc(), Campaign.id)))


def spot_checks_in_scope(actor: Actor) -> Select[tuple[SpotCheck]]:
    """Of the own bureau's campaigns, drawn by the own office, or with children of the own schools in it."""
    bureau = select(Campaign.id).where(Campaign.bureau_id == actor.organisation_id)
    touched = select(SpotItem.spot_check_id).where(SpotItem.school_id.in_(schools_of(actor)))
    own = or_(SpotCheck.organisation_id == actor.organisation_id, SpotCheck.campaign_id.in_(bureau))
    return select(SpotCheck).where(or_(own, SpotCheck.id.in_(touched)))


def spot_check_or_404(session: Session, actor: Actor, spot_check_id: int) -> SpotCheck:
    found = session.scalars(spot_checks_in_scope(actor).where(SpotCheck.id == spot_check_id)).one_or_none()
    return found or abort(404)


def items_of(session: Session, actor: Actor, found: SpotCheck) -> Sequence[SpotItem]:
    """The sample as far as it lies in the own schools, school by school in the order of the draw."""
    wanted = select(SpotItem).where(SpotItem.spot_check_id == found.id)
    if actor.role is Role.SCHOOL_HEAD:
        wanted = wanted.where(SpotItem.school_id == actor.organisation_id)
    return session.scalars(wanted.order_by(SpotItem.school_id, SpotItem.position)).all()


def named_children(session: Session, actor: Actor, items: Sequence[SpotItem]) -> dict[int, Child]:
    """Those of the sample whom this person may see; nobody for a bureau."""
    wanted = children_in_scope(actor).where(Child.id.in_([one.child_id for one in items]))
    return {child.id: child for child in session.scalars(wanted)}


def classes_of(session: Session, items: Sequence[SpotItem]) -> dict[int, SchoolClass]:
    """The class of each enrolment."""
    rows = session.execute(
        select(Enrolment.id, SchoolClass)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Enrolment.id.in_([one.enrolment_id for one in items]))
    )
    return dict(rows.all())


def schools_of(actor: Actor) -> Select[tuple[int]]:
    """The schools that this person watches over, or works at."""
    if actor.role is Role.CDC_DOCTOR:
        centers = organisations_in_scope(actor).with_only_columns(Organisation.id)
        return select(Organisation.id).where(Organisation.default_health_center_id.in_(centers))
    return organisations_in_scope(actor).with_only_columns(Organisation.id)
