"""Questions to the trail: who did what where and when, of the organisations that a person watches over."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent, AuditHead
from app.checks.models import Check
from app.notices.models import Notice
from app.people.actors import Actor
from app.people.models import User
from app.people.scope import organisations_in_scope
from app.schools.models import Organisation

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of the trail. `kind`: the word before the point of an action, such as "check"."""

    first: dt.date
    last: dt.date
    organisation_id: int | None = None
    person_id: int | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An event, with the person and the place by name."""

    event: AuditEvent
    person: User | None
    place: Organisation | None


def events_in_scope(actor: Actor) -> Select[tuple[AuditEvent]]:
    return select(AuditEvent).where(AuditEvent.organisation_id.in_(_places(actor)))


def heads_in_scope(actor: Actor) -> Select[tuple[AuditHead]]:
    return select(AuditHead).where(AuditHead.organisation_id.in_(_places(actor)))


def count(session: Session, actor: Actor, asked: Asked) -> int:
    return session.scalar(_chosen(actor, asked).with_only_columns(func.count())) or 0


def lines(session: Session, actor: Actor, asked: Asked, *, limit: int, offset: int = 0) -> list[Line]:
    """The newest first."""
    chosen = _chosen(actor, asked).order_by(AuditEvent.at.desc(), AuditEvent.position.desc())
    return _named(session, chosen.limit(limit).offset(offset))


def people_of(session: Session, actor: Actor, organisation_id: int) -> list[User]:
    """Who works, or worked, in an organisation of the scope."""
    inside = User.organisation_id.in_(_places(actor))
    wanted = select(User).where(User.organisation_id == organisation_id, inside)
    return list(session.scalars(wanted.order_by(User.sign_in_name)))


def lines_of_child(session: Session, child_id: int, *, limit: int) -> list[Line]:
    """What was done with one child, its checks and its notices, and who opened them. Behind the child's own door."""
    wanted = select(AuditEvent).where(_about(child_id)).order_by(AuditEvent.at.desc(), AuditEvent.position.desc())
    return _named(session, wanted.limit(limit))


def _about(child_id: int) -> ColumnElement[bool]:
    checks = select(Check.id).where(Check.child_id == child_id)
    notices = select(Notice.id).where(Notice.child_id == child_id)
    return or_(
        and_(AuditEvent.subject_kind == "child", AuditEvent.subject_id == child_id),
        and_(AuditEvent.subject_kind == "check", AuditEvent.subject_id.in_(checks)),
        and_(AuditEvent.subject_kind == "notice", AuditEvent.subject_id.in_(notices)),
    )


def _named(session: Session, wanted: Select[tuple[AuditEvent]]) -> list[Line]:
    # No foreign keys lead out of the trail: who or what is gone from the tables stays an event.
    rows = session.execute(
        wanted.outerjoin(User, User.id == AuditEvent.user_id)
        .outerjoin(Organisation, Organisation.id == AuditEvent.organisation_id)
        .add_columns(User, Organisation)
    )
    return [Line(*row) for row in rows]


def _chosen(actor: Actor, asked: Asked) -> Select[tuple[AuditEvent]]:
    chosen = events_in_scope(actor).where(
        AuditEvent.day >= asked.first.isoformat(), AuditEvent.day <= asked.last.isoformat()
    )
    if asked.organisation_id is not None:
        chosen = chosen.where(AuditEvent.organisation_id == asked.organisation_id)
    if asked.person_id is not None:
        chosen = chosen.where(AuditEvent.user_id == asked.person_id)
    if asked.kind is not None:
        chosen = chosen.where(AuditEvent.action.startswith(f"{asked.kind}.", autoescape=True))
    return chosen


def _places(actor: Actor) -> Select[tuple[int]]:
    return organisations_in_scope(actor).with_only_columns(Organisation.id)


def last_days(
    session: Session, organisation_ids: Collection[int], since: dt.date, until: dt.date
) -> dict[int, dt.date]:
    """When somebody of each of these last did or read anything; who did nothing in these days is not there."""
    wanted = (
        select(AuditEvent.organisation_id, func.max(AuditEvent.day))
        .where(
            AuditEvent.organisation_id.in_(organisation_ids),
            AuditEvent.day.between(since.isoformat(), until.isoformat()),
        )
        .group_by(AuditEvent.organisation_id)
    )
    return {one: dt.date.fromisoformat(day) for one, day in session.execute(wanted)}
