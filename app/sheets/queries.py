"""What sheets are made of: the lines of a class, the children of a feedback, the units of a summary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign, CampaignState
from app.campaigns.queries import campaigns_of_center, open_campaign, taking_part
from app.children.models import Child, Enrolment
from app.children.pinyin import spoken
from app.notices.models import CERTIFICATES, Notice
from app.people.actors import Actor
from app.people.roles import Role
from app.people.scope import children_in_scope, classes_in_scope, organisations_in_scope, subtree
from app.privacy.folding import fold_name
from app.privacy.identities import Identity, open_identities
from app.schools.models import Organisation, OrganisationKind, SchoolClass
from app.schools.ordering import class_order

#: Stands where a child was erased.
NAMELESS = Identity(name="")


@dataclass(frozen=True, slots=True, repr=False)
class Pupil:
    """A child that takes part, with its place and what is known of it."""

    enrolment: Enrolment
    child: Child
    school_class: SchoolClass
    school: Organisation
    identity: Identity


def campaigns_for(session: Session, actor: Actor) -> list[Campaign]:
    """The open campaigns that this person has to do with, newest first."""
    if actor.role in {Role.NURSE, Role.CDC_DOCTOR}:
        centers = _centers(actor)
        found = {one.id: one for one in campaigns_of_center(session, centers)}
        # Children who live here and go to school elsewhere.
        elsewhere = select(Notice.campaign_id).where(Notice.child_id.in_(_own_children(actor)))
        wanted = select(Campaign).where(Campaign.id.in_(elsewhere), Campaign.state == CampaignState.OPEN)
        found |= {one.id: one for one in session.scalars(wanted)}
        return sorted(found.values(), key=lambda one: (one.first_day, one.id), reverse=True)
    campaign = open_campaign(session, actor.organisation_id)
    return [campaign] if campaign else []


def classes_of(session: Session, actor: Actor) -> Sequence[SchoolClass]:
    """The classes whose register this person may have."""
    return sorted(session.scalars(classes_in_scope(actor)), key=class_order)


def schools_of(session: Session, actor: Actor, campaign: Campaign) -> Sequence[Organisation]:
    """The schools of a campaign that this person watches over, by township."""
    wanted = select(Organisation) if actor.role is Role.CDC_DOCTOR else organisations_in_scope(actor)
    if actor.role is Role.CDC_DOCTOR:
        wanted = wanted.where(Organisation.default_health_center_id.in_(_centers(actor)))
    wanted = wanted.where(
        Organisation.kind == OrganisationKind.SCHOOL, Organisation.supervisor_id == campaign.bureau_id
    )
    return session.scalars(wanted.order_by(Organisation.name, Organisation.id)).all()


def pupils_of_class(session: Session, campaign: Campaign, school_class: SchoolClass) -> list[Pupil]:
    """Who takes part in a class, by name as a register has it."""
    found = _pupils(session, campaign, Enrolment.class_id == school_class.id)
    return sorted(found, key=lambda one: (_by_name(one.identity), one.enrolment.id))


def asked_pupils(session: Session, actor: Actor, campaign: Campaign, school: Organisation | None = None) -> list[Pupil]:
    """The children in scope for whom a notice was ever written, by school, class and name."""
    own = _asked_in_scope(actor, campaign)
    if school is not None:
        own &= SchoolClass.school_id == school.id
    return sorted(_pupils(session, campaign, own), key=_by_place)


def asked_schools(session: Session, actor: Actor, campaign: Campaign) -> Sequence[Organisation]:
    """The schools of these children."""
    wanted = taking_part(campaign).where(_asked_in_scope(actor, campaign)).with_only_columns(Organisation.id).distinct()
    return session.scalars(select(Organisation).where(Organisation.id.in_(wanted)).order_by(Organisation.name)).all()


def townships_of(session: Session, schools: Iterable[Organisation]) -> dict[int, str]:
    """The name of the health center of each school."""
    centers = {one.default_health_center_id for one in schools if one.default_health_center_id}
    names = select(Organisation.id, Organisation.name).where(Organisation.id.in_(centers))
    by_center: dict[int, str] = dict(session.execute(names).all())
    return {one.id: by_center.get(one.default_health_center_id or 0, "") for one in schools}


def _asked_in_scope(actor: Actor, campaign: Campaign) -> ColumnElement[bool]:
    asked = select(Notice.enrolment_id).where(Notice.campaign_id == campaign.id, Notice.kind.not_in(CERTIFICATES))
    own = Enrolment.child_id.in_(_own_children(actor)) & Enrolment.id.in_(asked)
    if of_a_school(actor):
        # A child that is also somewhere else belongs here by this class alone.
        own &= Enrolment.class_id.in_(classes_in_scope(actor).with_only_columns(SchoolClass.id))
    return own


def _pupils(session: Session, campaign: Campaign, condition: ColumnElement[bool]) -> list[Pupil]:
    wanted = taking_part(campaign).where(condition).add_columns(Child, SchoolClass, Organisation)
    rows = session.execute(wanted).all()
    identities = open_identities(session, [child for _enrolment, child, _class, _school in rows])
    return [
        Pupil(enrolment, child, school_class, school, identities.get(child.id) or NAMELESS)
        for enrolment, child, school_class, school in rows
    ]


def _by_place(one: Pupil) -> tuple[object, ...]:
    return one.school.name, class_order(one.school_class), _by_name(one.identity), one.enrolment.id


def _by_name(identity: Identity) -> tuple[str, ...]:
    return tuple(reading[0] for reading in spoken(fold_name(identity.name)).readings)


def _own_children(actor: Actor):  # type: ignore[no-untyped-def]
    return children_in_scope(actor).with_only_columns(Child.id)


def _centers(actor: Actor):  # type: ignore[no-untyped-def]
    """The health centers of a nurse or a CDC doctor."""
    wanted = select(Organisation.id).where(Organisation.kind == OrganisationKind.HEALTH_CENTER)
    if actor.role is Role.NURSE:
        return wanted.where(Organisation.id == actor.organisation_id)
    return wanted.where(Organisation.id.in_(subtree(actor.organisation_id)))


def of_a_school(actor: Actor) -> bool:
    return actor.role in {Role.CLERK, Role.SCHOOL_HEAD}
