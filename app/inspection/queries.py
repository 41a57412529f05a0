"""Visits that a person may see, and what of them is still to be put right."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.inspection.models import InspectionVisit, VisitFinding
from app.people.actors import Actor
from app.people.roles import Role
from app.schools.models import Organisation, OrganisationKind
from app.spotchecks.queries import schools_of


@dataclass(frozen=True, slots=True)
class Open:
    """A finding that nobody has seen put right."""

    finding: VisitFinding
    visit: InspectionVisit
    school: Organisation

    def days_over(self, today: dt.date) -> int:
        return (today - self.finding.put_right_by).days


def visits_in_scope(actor: Actor) -> Select[tuple[InspectionVisit]]:
    """A school's head sees the visits to the own school; a bureau and a CDC those to their schools, each its own."""
    if actor.role is Role.SCHOOL_HEAD:
        return select(InspectionVisit).where(InspectionVisit.school_id == actor.organisation_id)
    return select(InspectionVisit).where(
        InspectionVisit.school_id.in_(schools_of(actor)), InspectionVisit.organisation_id == actor.organisation_id
    )


def visit_or_404(session: Session, actor: Actor, visit_id: int) -> InspectionVisit:
    return session.scalars(visits_in_scope(actor).where(InspectionVisit.id == visit_id)).one_or_none() or abort(404)


def schools(session: Session, actor: Actor) -> Sequence[Organisation]:
    """Those that may be visited."""
    wanted = select(Organisation).where(Organisation.id.in_(schools_of(actor)))
    return session.scalars(wanted.where(Organisation.kind == OrganisationKind.SCHOOL).order_by(Organisation.name)).all()


def findings_of(session: Session, visit_ids: Sequence[int]) -> dict[int, list[VisitFinding]]:
    found: dict[int, list[VisitFinding]] = {one: [] for one in visit_ids}
    wanted = select(VisitFinding).where(VisitFinding.visit_id.in_(visit_ids)).order_by(VisitFinding.position)
    for one in session.scalars(wanted):
        found[one.visit_id].append(one)
    return found


def to_follow_up(session: Session, actor: Actor) -> list[Open]:
    """What is still to be put right, the earliest day first."""
    rows = session.execute(
        visits_in_scope(actor)
        .join(VisitFinding, VisitFinding.visit_id == InspectionVisit.id)
        .join(Organisation, Organisation.id == InspectionVisit.school_id)
        .where(VisitFinding.put_right_on.is_(None))
        .add_columns(VisitFinding, Organisation)
        .order_by(VisitFinding.put_right_by, VisitFinding.id)
    )
    return [Open(finding, visit, school) for visit, finding, school in rows]
