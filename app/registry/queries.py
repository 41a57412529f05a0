"""Questions about uploaded exports: which ones a person may decide on."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from app.people.actors import Actor
from app.people.roles import Role
from app.reconciling.models import RegistryStatement
from app.registry.models import RegistryImport
from app.roster.models import ImportState

_LATEST = 10


def may_import(actor: Actor) -> bool:
    """A nurse for the center's children, whoever looks after a whole school for the school's."""
    return actor.role in {Role.NURSE, Role.CLERK, Role.SCHOOL_HEAD} and actor.class_id is None


def imports_in_scope(actor: Actor) -> Select[RegistryImport]:
    if not may_import(actor):
        return select(RegistryImport).where(false())
    return select(RegistryImport).where(RegistryImport.organisation_id == actor.organisation_id)


def import_or_404(session: Session, actor: Actor, import_id: int, *, lock: bool = False) -> RegistryImport:
    wanted = imports_in_scope(actor).where(RegistryImport.id == import_id)
    return session.scalars(wanted.with_for_update() if lock else wanted).first() or abort(404)


def stated_children(session: Session, import_id: int) -> Sequence[int]:
    """The children of whom this import's file said something."""
    return session.scalars(select(RegistryStatement.child_id).where(RegistryStatement.import_id == import_id)).all()


def waiting_imports(session: Session, actor: Actor) -> Sequence[RegistryImport]:
    """Those that somebody still has to decide on, the newest first."""
    wanted = imports_in_scope(actor).where(RegistryImport.state == ImportState.PROPOSED)
    return session.scalars(wanted.order_by(RegistryImport.id.desc())).all()


def decided_imports(session: Session, actor: Actor) -> Sequence[RegistryImport]:
    wanted = imports_in_scope(actor).where(RegistryImport.state != ImportState.PROPOSED)
    return session.scalars(wanted.order_by(RegistryImport.id.desc()).limit(_LATEST)).all()
