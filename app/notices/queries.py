"""Questions about notices: the live one of a child, those of a class in class order, the one with a code."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.children.kinds import EnrolmentState
from app.children.listing import Listed, class_list
from app.children.models import Child, Enrolment
from app.notices.codes import read_code
from app.notices.models import CERTIFICATES, ENDED, Notice, NoticeItem, NoticeState
from app.people.actors import Actor
from app.people.roles import Role
from app.people.scope import children_in_scope, classes_in_scope
from app.schools.models import SchoolClass


def live_notice(session: Session, enrolment_id: int) -> Notice | None:
    """The one notice that holds for an enrolment, if there is one."""
    return session.scalars(select(Notice).where(Notice.enrolment_id == enrolment_id, is_live())).one_or_none()


def is_live() -> ColumnElement[bool]:
    """It asks for something, and nothing took its place."""
    return Notice.state.not_in(ENDED) & Notice.kind.not_in(CERTIFICATES)


def notices_in_scope(actor: Actor) -> Select[tuple[Notice]]:
    """The notices this person may see, the ended ones among them: of the children in scope, and for people of a school
    only what the own school (or class) asked for.
    """
    children = children_in_scope(actor).with_only_columns(Child.id)
    wanted = select(Notice).where(Notice.child_id.in_(children))
    if actor.role in {Role.CLERK, Role.SCHOOL_HEAD}:
        classes = classes_in_scope(actor).with_only_columns(SchoolClass.id)
        wanted = wanted.join(Enrolment, Enrolment.id == Notice.enrolment_id).where(Enrolment.class_id.in_(classes))
    return wanted


def notice_or_404(session: Session, actor: Actor, notice_id: int) -> Notice:
    found = session.scalars(notices_in_scope(actor).where(Notice.id == notice_id)).one_or_none()
    return found or abort(404)


def by_code(session: Session, actor: Actor, text: str) -> Notice | None:
    """The notice with this code, typed or scanned, if this person may see it; ended ones too, so that they can say so.

    Somebody else's code and a code that never was are the same: None.
    """
    code = read_code(text)
    if code is None:
        return None
    return session.scalars(notices_in_scope(actor).where(Notice.code == code)).one_or_none()


def items_of(session: Session, notice_ids: Iterable[int]) -> dict[int, list[NoticeItem]]:
    """The doses on these notices, in the order of the sheet."""
    found: dict[int, list[NoticeItem]] = {}
    wanted = select(NoticeItem).where(NoticeItem.notice_id.in_(list(notice_ids))).order_by(NoticeItem.id)
    for item in session.scalars(wanted):
        found.setdefault(item.notice_id, []).append(item)
    return found


@dataclass(frozen=True, slots=True)
class ClassNotice:
    """A child of a class with its live notice."""

    child: Listed
    notice: Notice


def of_class(session: Session, actor: Actor, school_class: SchoolClass) -> list[ClassNotice]:
    """The live notices of a class in class order."""
    wanted = (
        select(Notice)
        .join(Enrolment, Enrolment.id == Notice.enrolment_id)
        .where(Enrolment.class_id == school_class.id, Enrolment.state == EnrolmentState.ACTIVE, is_live())
    )
    by_child = {notice.child_id: notice for notice in session.scalars(wanted)}
    children = class_list(session, actor, school_class) if by_child else []
    return [ClassNotice(child, by_child[child.child_id]) for child in children if child.child_id in by_child]


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the notices of a class are: `total` is the sum of the four states."""

    school_class: SchoolClass
    drafted: int
    printed: int
    handed: int
    slip_back: int

    @property
    def total(self) -> int:
        return self.drafted + self.printed + self.handed + self.slip_back


def tallies(session: Session, classes: Sequence[SchoolClass]) -> list[Tally]:
    """The live notices of each class, counted by state."""
    rows = session.execute(
        select(Enrolment.class_id, Notice.state, func.count())
        .join(Enrolment, Enrolment.id == Notice.enrolment_id)
        .join(Child, Child.id == Notice.child_id)
        .where(
            is_live(),
            Enrolment.class_id.in_([one.id for one in classes]),
            Enrolment.state == EnrolmentState.ACTIVE,
            Child.merged_into_id.is_(None),
            Child.erased_at.is_(None),
        )
        .group_by(Enrolment.class_id, Notice.state)
    )
    counted: Counter[tuple[int, NoticeState]] = Counter({(where, state): number for where, state, number in rows})
    states = (NoticeState.DRAFTED, NoticeState.PRINTED, NoticeState.HANDED, NoticeState.SLIP_BACK)
    return [Tally(one, *(counted[one.id, state] for state in states)) for one in classes]
