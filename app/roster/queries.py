"""Questions about uploaded rosters: which ones a person may decide on, and which children are at two schools."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import Select, exists, false, select
from sqlalchemy.orm import Session, aliased

from app.children.kinds import EnrolmentSource, EnrolmentState
from app.children.models import Child, Enrolment
from app.people.actors import Actor
from app.people.roles import Role
from app.people.scope import children_in_scope
from app.roster.models import ImportState, RosterImport
from app.schools.models import SchoolClass

_LATEST = 10


def may_import(actor: Actor) -> bool:
    """A roster touches the whole school, so a clerk of one class leaves it to the others."""
    return actor.role in {Role.CLERK, Role.SCHOOL_HEAD} and actor.class_id is None


def imports_in_scope(actor: Actor) -> Select[RosterImport]:
    if not may_import(actor):
        return select(RosterImport).where(false())
    return select(RosterImport).where(RosterImport.school_id == actor.organisation_id)


def import_or_404(session: Session, actor: Actor, import_id: int, *, lock: bool = False) -> RosterImport:
    wanted = imports_in_scope(actor).where(RosterImport.id == import_id)
    found = session.scalars(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        abort(404)
    return found


def waiting_imports(session: Session, actor: Actor) -> Sequence[RosterImport]:
    """Those that somebody still has to decide on, the newest first."""
    wanted = imports_in_scope(actor).where(RosterImport.state == ImportState.PROPOSED)
    return session.scalars(wanted.order_by(RosterImport.id.desc())).all()


def decided_imports(session: Session, actor: Actor) -> Sequence[RosterImport]:
    wanted = imports_in_scope(actor).where(RosterImport.state != ImportState.PROPOSED)
    return session.scalars(wanted.order_by(RosterImport.id.desc()).limit(_LATEST)).all()


def at_two_schools(session: Session, actor: Actor) -> list[Child]:
    """Children of this school who are enrolled at another one too, guests left out: one school has to let go."""
    here, there = aliased(Enrolment), aliased(Enrolment)
    here_class, there_class = aliased(SchoolClass), aliased(SchoolClass)
    twice = (
        exists()
        .where(here.child_id == Child.id, here.state == EnrolmentState.ACTIVE, here.source != EnrolmentSource.GUEST)
        .where(here_class.id == here.class_id, here_class.school_id == actor.organisation_id)
        .where(there.child_id == Child.id, there.state == EnrolmentState.ACTIVE, there.source != EnrolmentSource.GUEST)
        .where(there_class.id == there.class_id, there_class.school_id != actor.organisation_id)
    )
    return list(session.scalars(children_in_scope(actor).where(twice).order_by(Child.id)))
