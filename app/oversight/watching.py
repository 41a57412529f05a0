"""Whom a bureau or a CDC watches over: its campaigns, the schools in them, and the townships these belong to."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased, defer

from app.campaigns.models import Campaign
from app.campaigns.queries import campaigns_of_center, latest_campaign
from app.people.actors import Actor
from app.people.roles import Role
from app.people.scope import subtree
from app.schools.models import Area, Organisation, OrganisationKind, SchoolClass


@dataclass(frozen=True, slots=True)
class Place:
    """A school, the township it is grouped under (its area, or its health center where that says more), its clinic."""

    school: Organisation
    township: str
    clinic: str = ""


def campaigns_watched(session: Session, actor: Actor) -> list[Campaign]:
    """Newest first; a bureau also sees its last sealed one."""
    if actor.role is Role.CDC_DOCTOR:
        return campaigns_of_center(session, _centers(actor))
    found = latest_campaign(session, actor.organisation_id)
    return [found] if found else []


def places_watched(session: Session, actor: Actor, campaign: Campaign, only: int | None = None) -> list[Place]:
    """The schools of a campaign in scope, or the one of them that is asked for, with their townships."""
    center = aliased(Organisation)
    own = _schools(actor).where(Organisation.supervisor_id == campaign.bureau_id)
    # No page here says on which days somebody is open: it would be read from JSON once a school.
    wanted = (
        own.outerjoin(Area, Area.code == Organisation.area_code)
        .outerjoin(center, center.id == Organisation.default_health_center_id)
        .add_columns(Area.name, center.name)
        .options(defer(Organisation.open_days))
    )
    if only is not None:
        wanted = wanted.where(Organisation.id == only)
    rows = session.execute(wanted).all()
    # Where somebody registered every school under the district itself, the health center tells townships apart.
    if only is None:
        apart = len({school.area_code for school, _area, _center in rows}) > 1
    else:
        areas = own.with_only_columns(func.count(Organisation.area_code.distinct())).order_by(None)
        apart = (session.scalar(areas) or 0) > 1
    return [Place(school, (area if apart else clinic) or area or "", clinic or "") for school, area, clinic in rows]


def watched_schools(actor: Actor) -> ColumnElement[bool]:
    """A condition on classes: theirs are schools in scope."""
    return SchoolClass.school_id.in_(_schools(actor).with_only_columns(Organisation.id).order_by(None))


def class_watched_or_404(session: Session, actor: Actor, class_id: int) -> SchoolClass:
    own = _schools(actor).with_only_columns(Organisation.id)
    wanted = select(SchoolClass).where(SchoolClass.id == class_id, SchoolClass.school_id.in_(own))
    found = session.scalars(wanted).all()
    return found[0] if len(found) == 1 else abort(404)


def _schools(actor: Actor) -> Select[tuple[Organisation]]:
    schools = select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL)
    if actor.role is Role.CDC_DOCTOR:
        schools = schools.where(Organisation.default_health_center_id.in_(_centers(actor)))
    else:
        schools = schools.where(Organisation.id.in_(subtree(actor.organisation_id)))
    return schools.order_by(Organisation.name, Organisation.id)


def _centers(actor: Actor) -> Select[tuple[int]]:
    return select(Organisation.id).where(
        Organisation.kind == OrganisationKind.HEALTH_CENTER, Organisation.id.in_(subtree(actor.organisation_id))
    )
