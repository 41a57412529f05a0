"""Which notices a job prints: those of the school, or of the CDC's whole district, a class after the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import Enrolment
from app.notices.models import Notice, NoticeState
from app.notices.queries import is_live, notices_in_scope, of_class
from app.people.actors import Actor
from app.people.roles import Role
from app.schools.models import Organisation, SchoolClass
from app.schools.ordering import class_order


@dataclass(frozen=True, slots=True)
class Group:
    """The notices of one class, in class order."""

    label: str
    notices: Sequence[Notice]


def groups(session: Session, actor: Actor, *, only_new: bool) -> list[Group]:
    """By school and class, as papers are handed out; classes without any are left out."""
    found = []
    for school, school_class in _classes(session, actor):
        notices = [row.notice for row in of_class(session, actor, school_class)]
        chosen = [one for one in notices if not only_new or one.state is NoticeState.DRAFTED]
        label = school_class.name if actor.role is not Role.CDC_DOCTOR else f"{school.name} {school_class.name}"
        if chosen:
            found.append(Group(label, chosen))
    return found


def counts(session: Session, actor: Actor) -> tuple[int, int]:
    """How many live notices this person may print, and how many of them nobody printed yet."""
    states = session.scalars(notices_in_scope(actor).where(is_live()).with_only_columns(Notice.state)).all()
    return len(states), sum(one is NoticeState.DRAFTED for one in states)


def _classes(session: Session, actor: Actor) -> list[tuple[Organisation, SchoolClass]]:
    enrolled = notices_in_scope(actor).where(is_live()).with_only_columns(Notice.enrolment_id)
    wanted = (
        select(Organisation, SchoolClass)
        .join(SchoolClass, SchoolClass.school_id == Organisation.id)
        .where(SchoolClass.id.in_(select(Enrolment.class_id).where(Enrolment.id.in_(enrolled))))
    )
    rows = [(school, school_class) for school, school_class in session.execute(wanted)]
    return sorted(rows, key=lambda row: (row[0].name, row[0].id, class_order(row[1])))
