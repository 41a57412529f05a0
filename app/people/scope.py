"""What each person sees: the one place where role and organisation become a query.

Behind every door a view starts from these selections and narrows them; it never selects children or organisations
afresh. What is outside is not there: another organisation's child is a 404, like a number nobody has.
"""

from collections.abc import Sequence
from typing import TypeVar

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from app.children.kinds import EnrolmentState
from app.children.models import Child, Enrolment
from app.people.actors import Actor
from app.people.models import User
from app.people.roles import Role
from app.schools.models import Organisation, OrganisationKind, SchoolClass

Row = TypeVar("Row")

#: The roles that may see children at all, by name.
SEES_CHILDREN = frozenset({Role.CLERK, Role.SCHOOL_HEAD, Role.NURSE, Role.CDC_DOCTOR})


def children_in_scope(actor: Actor) -> Select[Child]:
    """The children this person may see by name. Merged and erased rows are nobody's any more."""
    return select(Child).where(_children_of(actor), Child.merged_into_id.is_(None), Child.erased_at.is_(None))


def organisations_in_scope(actor: Actor) -> Select[Organisation]:
    """The organisations this person works in or watches over."""
    everything = select(Organisation)
    if actor.role in {Role.CLERK, Role.SCHOOL_HEAD}:
        return everything.where(Organisation.id == actor.organisation_id)
    if actor.role is Role.NURSE:
        own = actor.organisation_id
        return everything.where(or_(Organisation.id == own, Organisation.default_health_center_id == own))
    return everything.where(Organisation.id.in_(subtree(actor.organisation_id)))


def classes_in_scope(actor: Actor) -> Select[SchoolClass]:
    """The classes of the schools in scope; for a clerk of one class, that class."""
    schools = organisations_in_scope(actor).with_only_columns(Organisation.id)
    chosen = select(SchoolClass).where(SchoolClass.school_id.in_(schools))
    return chosen if actor.class_id is None else chosen.where(SchoolClass.id == actor.class_id)


def users_in_scope(actor: Actor) -> Select[User]:
    """The people an administrator looks after; for everybody else only the person itself."""
    if actor.role is Role.ADMINISTRATOR:
        return select(User).where(User.organisation_id.in_(subtree(actor.organisation_id)), User.program.is_(False))
    return select(User).where(User.id == actor.user_id)


def child_or_404(session: Session, actor: Actor, child_id: int) -> Child:
    """The child, if this person may see it."""
    return _one_or_404(session.scalars(children_in_scope(actor).where(Child.id == child_id)).all())


def organisation_or_404(session: Session, actor: Actor, organisation_id: int) -> Organisation:
    wanted = organisations_in_scope(actor).where(Organisation.id == organisation_id)
    return _one_or_404(session.scalars(wanted).all())


def user_or_404(session: Session, actor: Actor, user_id: int) -> User:
    return _one_or_404(session.scalars(users_in_scope(actor).where(User.id == user_id)).all())


def class_or_404(session: Session, actor: Actor, class_id: int) -> SchoolClass:
    return _one_or_404(session.scalars(classes_in_scope(actor).where(SchoolClass.id == class_id)).all())


def subtree(organisation_id: int) -> Select[int]:
    """The ids of an organisation and of everything under it on its line of supervision."""
    tree = select(Organisation.id).where(Organisation.id == organisation_id).cte("subtree", recursive=True)
    # UNION, not UNION ALL: two organisations that supervise each other by mistake end the walk instead of the server.
    tree = tree.union(select(Organisation.id).where(Organisation.supervisor_id == tree.c.id))
    return select(tree.c.id)


def _one_or_404(rows: Sequence[Row]) -> Row:
    if len(rows) != 1:
        abort(404)
    return rows[0]


def _children_of(actor: Actor) -> ColumnElement[bool]:
    if actor.role in {Role.CLERK, Role.SCHOOL_HEAD}:
        return _enrolled_where(_own_class(actor))
    if actor.role is Role.NURSE:
        return _looked_after_by(select(Organisation.id).where(Organisation.id == actor.organisation_id))
    if actor.role is Role.CDC_DOCTOR:
        return _looked_after_by(
            select(Organisation.id).where(
                Organisation.id.in_(subtree(actor.organisation_id)), Organisation.kind == OrganisationKind.HEALTH_CENTER
            )
        )
    return false()


def _own_class(actor: Actor) -> ColumnElement[bool]:
    own_school = SchoolClass.school_id == actor.organisation_id
    if actor.role is Role.CLERK and actor.class_id is not None:
        return and_(own_school, SchoolClass.id == actor.class_id)
    return own_school


def _looked_after_by(centers: Select[int]) -> ColumnElement[bool]:
    """By residence, else through the school's default health center."""
    schools = select(Organisation.id).where(Organisation.default_health_center_id.in_(centers))
    by_school = and_(Child.home_health_center_id.is_(None), _enrolled_where(SchoolClass.school_id.in_(schools)))
    return or_(Child.home_health_center_id.in_(centers), by_school)


def _enrolled_where(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(
        select(Enrolment.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Enrolment.child_id == Child.id, Enrolment.state == EnrolmentState.ACTIVE, condition)
    )
