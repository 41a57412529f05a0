"""Who is to be looked at again, who needs a second call 催种, what is left before the deadline and why.

`to_look_at` and `count_to_look_at` are for every room that wants to show it; `need_second_call` is for the notices.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.campaigns.queries import open_campaign
from app.checks.models import Check
from app.checks.queries import stands
from app.checks.second_looks import doses_entered_since, due_again
from app.children.kinds import EnrolmentState
from app.children.models import Child, DoseRecord, Enrolment
from app.clinic.models import Appointment, VaccinationSession
from app.notices.models import ENDED, ItemState, Notice, NoticeItem, NoticePart, NoticeState
from app.people.actors import Actor
from app.people.scope import children_in_scope, classes_in_scope
from app.schools.models import SchoolClass

#: A family has this long before it is called a second time.
PATIENCE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Due:
    """One child to be looked at again."""

    child: Child
    enrolment: Enrolment
    check: Check
    school_class: SchoolClass


def to_look_at(session: Session, actor: Actor) -> list[Due]:
    """The children of this person's school or class whose center gave something since their check, by class."""
    rows = session.execute(
        _due(actor)
        .add_columns(Enrolment, Check, SchoolClass)
        .order_by(SchoolClass.grade, SchoolClass.name, SchoolClass.id, Child.id)
    )
    return [Due(*row) for row in rows]


def count_to_look_at(session: Session, actor: Actor) -> int:
    """How many children `to_look_at` would give."""
    return session.scalar(select(func.count()).select_from(_due(actor).with_only_columns(Child.id).subquery())) or 0


def due_or_none(session: Session, actor: Actor, child_id: int) -> Due | None:
    row = session.execute(
        _due(actor).where(Child.id == child_id).add_columns(Enrolment, Check, SchoolClass).limit(1)
    ).first()
    return Due(*row) if row else None


def news_of(session: Session, due: Due) -> list[DoseRecord]:
    """The doses that a center entered since the check and that still stand."""
    wanted = select(DoseRecord).where(DoseRecord.child_id == due.child.id, doses_entered_since(due.check.at))
    return list(session.scalars(wanted.order_by(DoseRecord.day, DoseRecord.id)))


@dataclass(frozen=True, slots=True)
class Left:
    """What one live notice still asks for, before the deadline of the second look."""

    child: Child
    notice: Notice
    school_class: SchoolClass
    items: tuple[NoticeItem, ...]
    #: The day of an appointment that is still to come.
    booked: dt.date | None

    @property
    def reasons(self) -> list[str]:
        """Words of ours: the reason of every dose that has one, and what the others wait for."""
        found = [item.failed_because for item in self.items if item.failed_because]
        rest = [item for item in self.items if not item.failed_because]
        verify = [item for item in rest if item.part is NoticePart.VERIFY]
        waiting = [item for item in rest if item.part is NoticePart.CATCH_UP and item.state_at_check == "waiting"]
        if self.booked and len(rest) > len(verify):
            found.append("booked")
        else:
            found += ["waiting"] * bool(waiting) + ["to_come"] * (len(rest) > len(verify) + len(waiting))
        found += ["to_verify"] * bool(verify)
        return found + ["certificate"] * (NoticePart.CERTIFICATE in self.notice.parts)


def what_is_left(session: Session, actor: Actor, today: dt.date) -> list[Left]:
    """Every child with a live notice that still asks for something, by class."""
    rows = session.execute(
        children_in_scope(actor)
        .join(Notice, Notice.child_id == Child.id)
        .join(Enrolment, Enrolment.id == Notice.enrolment_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(
            Notice.state.not_in(ENDED),
            Enrolment.state == EnrolmentState.ACTIVE,
            SchoolClass.id.in_(classes_in_scope(actor).with_only_columns(SchoolClass.id)),
        )
        .add_columns(Notice, SchoolClass)
        .order_by(SchoolClass.grade, SchoolClass.name, SchoolClass.id, Notice.number)
    ).all()
    items = _owed_items(session, [notice.id for _child, notice, _class in rows])
    days = _appointment_days(session, [child.id for child, _notice, _class in rows], today)
    return [
        Left(child, notice, school_class, tuple(items.get(notice.id, ())), days.get(child.id))
        for child, notice, school_class in rows
        if items.get(notice.id) or NoticePart.CERTIFICATE in notice.parts
    ]


def need_second_call(session: Session, actor: Actor, today: dt.date, patience: int = PATIENCE_DAYS) -> list[Notice]:
    """The live notices of families that had `patience` days, can have a dose now, and have no appointment.

    Doses with a reason why not are left to the center: a second paper changes nothing there.
    """
    since = dt.timedelta(days=patience)
    return [
        one.notice
        for one in what_is_left(session, actor, today)
        if one.booked is None
        and one.notice.state in {NoticeState.HANDED, NoticeState.SLIP_BACK}
        and one.notice.handed_at is not None
        and today - one.notice.handed_at.date() >= since
        and any(
            item.state is ItemState.OPEN and item.part is NoticePart.CATCH_UP and item.earliest <= today
            for item in one.items
        )
    ]


def deadline_of(session: Session, actor: Actor) -> dt.date | None:
    """The last day of the second look in the school's open campaign."""
    campaign = open_campaign(session, actor.organisation_id)
    return campaign.recheck_by if campaign else None


def _due(actor: Actor) -> Select[Child]:
    """The children of this person's classes with something new since a check that left something open."""
    newer = aliased(Check)
    latest = ~exists().where(
        newer.enrolment_id == Check.enrolment_id, newer.number > Check.number, newer.withdrawn.is_(False)
    )
    return (
        children_in_scope(actor)
        .join(Enrolment, Enrolment.child_id == Child.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Check, Check.enrolment_id == Enrolment.id)
        .where(
            Enrolment.state == EnrolmentState.ACTIVE,
            SchoolClass.id.in_(classes_in_scope(actor).with_only_columns(SchoolClass.id)),
            stands(),
            latest,
            due_again(Child.id, Check.result, Check.at),
        )
    )


def _owed_items(session: Session, notice_ids: Sequence[int]) -> dict[int, list[NoticeItem]]:
    wanted = select(NoticeItem).where(
        NoticeItem.notice_id.in_(notice_ids), NoticeItem.state.in_([ItemState.OPEN, ItemState.FAILED])
    )
    found: dict[int, list[NoticeItem]] = {}
    for item in session.scalars(wanted.order_by(NoticeItem.id)):
        found.setdefault(item.notice_id, []).append(item)
    return found


def _appointment_days(session: Session, child_ids: Iterable[int], today: dt.date) -> dict[int, dt.date]:
    rows = session.execute(
        select(Appointment.child_id, VaccinationSession.day)
        .join(VaccinationSession, VaccinationSession.id == Appointment.session_id)
        .where(
            Appointment.child_id.in_(list(child_ids)),
            Appointment.ended_at.is_(None),
            VaccinationSession.day >= today,
        )
    )
    return dict(rows.all())
