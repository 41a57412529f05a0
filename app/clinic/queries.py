"""Who is missing what: the children of a health center with a live notice, with every open dose."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import Child, Enrolment
from app.notices.models import ItemState, Notice, NoticeItem, NoticePart
from app.notices.queries import is_live
from app.people.actors import Actor
from app.people.scope import children_in_scope
from app.privacy.identities import Identity, open_identities
from app.schools.models import Organisation, SchoolClass


@dataclass(frozen=True, slots=True, repr=False)
class Missing:
    """One child that was given a notice."""

    child: Child
    identity: Identity
    school_id: int
    school: str
    class_id: int
    class_name: str
    notice: Notice
    items: tuple[NoticeItem, ...]

    @property
    def open(self) -> tuple[NoticeItem, ...]:
        """The doses that are still to be given."""
        return tuple(item for item in self.items if item.state is ItemState.OPEN)

    @property
    def owed(self) -> tuple[NoticeItem, ...]:
        """The doses that are still owed: those with a reason why not among them."""
        return tuple(item for item in self.items if item.state in {ItemState.OPEN, ItemState.FAILED})

    @property
    def caught_up(self) -> bool:
        """Everything that was asked is done; the school looks once more."""
        return bool(self.items) and not self.owed

    def ready(self, day: dt.date) -> bool:
        """Is there a dose that may be given by that day?"""
        return any(item.part is NoticePart.CATCH_UP and item.earliest <= day for item in self.open)

    def __repr__(self) -> str:
        return f"<Missing child {self.child.id}, not shown>"


def missing_children(session: Session, actor: Actor) -> list[Missing]:
    """The children in this person's scope with a live notice, by school, class and name."""
    rows = session.execute(
        children_in_scope(actor)
        .join(Notice, Notice.child_id == Child.id)
        .join(Enrolment, Enrolment.id == Notice.enrolment_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Organisation, Organisation.id == SchoolClass.school_id)
        .where(is_live())
        .add_columns(Notice, Organisation, SchoolClass)
        .order_by(Organisation.name, SchoolClass.name, Notice.number)
    ).all()
    items = _items(session, [row[1].id for row in rows])
    identities = open_identities(session, [row[0] for row in rows])
    return [
        Missing(
            child,
            identities[child.id],
            school.id,
            school.name,
            school_class.id,
            school_class.name,
            notice,
            tuple(items.get(notice.id, ())),
        )
        for child, notice, school, school_class in rows
        if child.id in identities
    ]


def items_of(session: Session, notice: Notice) -> Sequence[NoticeItem]:
    return _items(session, [notice.id]).get(notice.id, [])


def _items(session: Session, notice_ids: Sequence[int]) -> dict[int, list[NoticeItem]]:
    found: dict[int, list[NoticeItem]] = {}
    wanted = select(NoticeItem).where(NoticeItem.notice_id.in_(notice_ids)).order_by(NoticeItem.id)
    for item in session.scalars(wanted):
        found.setdefault(item.notice_id, []).append(item)
    return found
