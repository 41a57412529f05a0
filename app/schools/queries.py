"""Questions about organisations, areas and classes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.children.kinds import EnrolmentState
from app.children.models import Enrolment
from app.people.actors import Actor
from app.people.scope import organisations_in_scope
from app.schools.models import Area, Organisation, OrganisationKind, SchoolClass
from app.schools.ordering import class_order


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class and how many children are expected of it."""

    school_class: SchoolClass
    expected: int

    @property
    def difference(self) -> int | None:
        """名册差额: what the school typed less what is on the list; None if it typed nothing."""
        typed = self.school_class.expected_by_school
        return None if typed is None else typed - self.expected


def organisations(session: Session, actor: Actor) -> Sequence[Organisation]:
    """Everything in scope, supervisors first, then by kind and name."""
    ordered = organisations_in_scope(actor).order_by(
        Organisation.supervisor_id.is_not(None), Organisation.kind, Organisation.area_code, Organisation.name
    )
    return session.scalars(ordered).all()


def classes_with_counts(session: Session, school_id: int) -> list[ClassCount]:
    """The classes of a school, each with its active enrolments."""
    active = (
        select(Enrolment.class_id, func.count().label("children"))
        .where(Enrolment.state == EnrolmentState.ACTIVE)
        .group_by(Enrolment.class_id)
        .subquery()
    )
    rows = session.execute(
        select(SchoolClass, func.coalesce(active.c.children, 0))
        .outerjoin(active, active.c.class_id == SchoolClass.id)
        .where(SchoolClass.school_id == school_id)
    )
    counted = [ClassCount(school_class, count) for school_class, count in rows]
    return sorted(counted, key=lambda one: class_order(one.school_class))


def classes_of(session: Session, school_id: int) -> Sequence[SchoolClass]:
    wanted = select(SchoolClass).where(SchoolClass.school_id == school_id)
    return sorted(session.scalars(wanted), key=class_order)


def only_bureau(session: Session) -> Organisation | None:
    """The bureau of this installation, if it serves exactly one."""
    found = session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.BUREAU).limit(2)).all()
    return found[0] if len(found) == 1 else None


def area_path(session: Session, code: str) -> list[Area]:
    """From the province down to the area of this code."""
    tree = select(Area.code, Area.parent_code).where(Area.code == code).cte("path", recursive=True)
    upper = aliased(Area)
    # UNION ends a walk that goes in a circle.
    tree = tree.union(select(upper.code, upper.parent_code).where(upper.code == tree.c.parent_code))
    found = session.scalars(select(Area).where(Area.code.in_(select(tree.c.code)))).all()
    return sorted(found, key=lambda area: area.code)
