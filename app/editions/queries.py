"""The children of a person's scope, a few hundred at a time, as the rules read them on a day."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from app.checks.gathering import gather_many
from app.children.kinds import EnrolmentState
from app.children.models import Child, Enrolment
from app.people.actors import Actor
from app.people.scope import SEES_CHILDREN, children_in_scope, organisations_in_scope
from app.schools.models import Organisation, OrganisationKind, SchoolClass
from rules import contract
from rules.vocabulary import Child as Case

_AT_A_TIME = 200


def cases(session: Session, actor: Actor, as_of: dt.date) -> Iterator[tuple[int, Case]]:
    """Every child that goes to school in the scope, by its row; those born later than the day are left out."""
    wanted = _children(actor).where(Child.birth_date <= as_of).order_by(Child.id).limit(_AT_A_TIME)
    last = 0
    while batch := session.scalars(wanted.where(Child.id > last)).all():
        last = batch[-1].id
        for child, inputs in zip(batch, gather_many(session, batch, as_of), strict=True):
            yield child.id, contract.read(inputs)


def _children(actor: Actor) -> Select[Child]:
    """For a role that may see children those it may see; for others the children of its schools, to be counted only."""
    active = Enrolment.state == EnrolmentState.ACTIVE
    if actor.role in SEES_CHILDREN:
        return children_in_scope(actor).where(exists().where(Enrolment.child_id == Child.id, active))
    schools = organisations_in_scope(actor).where(Organisation.kind == OrganisationKind.SCHOOL)
    enrolled = (
        select(Enrolment.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(
            Enrolment.child_id == Child.id,
            active,
            SchoolClass.school_id.in_(schools.with_only_columns(Organisation.id)),
        )
    )
    return select(Child).where(exists(enrolled), Child.merged_into_id.is_(None), Child.erased_at.is_(None))
