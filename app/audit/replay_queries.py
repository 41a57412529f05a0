"""Which stored checks a person may have judged again, and what earlier runs found."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.audit.models import ReplayRun
from app.checks.models import Check
from app.children.models import Enrolment
from app.people.actors import Actor
from app.people.scope import organisations_in_scope, subtree
from app.schools.models import Organisation, OrganisationKind, SchoolClass


def checks_of(place: Organisation) -> Select[tuple[Check]]:
    """Every stored check of the schools of this place: of the school itself, under a bureau, served under a CDC."""
    return (
        select(Check)
        .join(Enrolment, Enrolment.id == Check.enrolment_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(SchoolClass.school_id.in_(_schools(place)))
    )


def places(session: Session, actor: Actor) -> list[Organisation]:
    """The own organisation, and the schools in scope."""
    own = session.get_one(Organisation, actor.organisation_id)
    wanted = organisations_in_scope(actor).where(Organisation.kind == OrganisationKind.SCHOOL)
    return [own, *session.scalars(wanted.order_by(Organisation.name))]


def runs_in_scope(actor: Actor) -> Select[tuple[ReplayRun]]:
    inside = organisations_in_scope(actor).with_only_columns(Organisation.id)
    return select(ReplayRun).where(ReplayRun.place_id.in_(inside))


def latest_runs(session: Session, actor: Actor, limit: int = 10) -> list[ReplayRun]:
    return list(session.scalars(runs_in_scope(actor).order_by(ReplayRun.id.desc()).limit(limit)))


def _schools(place: Organisation) -> Select[tuple[int]]:
    under = subtree(place.id)
    if place.kind is OrganisationKind.CDC:
        return select(Organisation.id).where(Organisation.default_health_center_id.in_(under))
    return select(Organisation.id).where(Organisation.id.in_(under), Organisation.kind == OrganisationKind.SCHOOL)
