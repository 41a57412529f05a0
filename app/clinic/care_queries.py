"""Questions about calls, events, pauses, lots and children handed over; each within the asker's scope."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.children.models import Child, DoseRecord
from app.clinic.models import (
    AdverseEvent,
    Appointment,
    Contact,
    DoseTrace,
    HandOver,
    NotGiven,
    PlannedItem,
    ProductPause,
    VaccinationSession,
)
from app.notices.models import ItemState, Notice, NoticeItem
from app.people.actors import Actor
from app.people.scope import children_in_scope
from app.schools.models import Organisation, OrganisationKind


@dataclass(frozen=True, slots=True)
class Contacts:
    """How often a family was tried, and what came last."""

    tried: int
    last: Contact


def contacts_of(session: Session, child_id: int) -> Sequence[Contact]:
    """Newest first."""
    wanted = select(Contact).where(Contact.child_id == child_id)
    return session.scalars(wanted.order_by(Contact.id.desc())).all()


def last_contacts(session: Session, child_ids: Iterable[int]) -> dict[int, Contacts]:
    newest = (
        select(Contact.child_id, func.max(Contact.id).label("last"), func.count().label("tried"))
        .where(Contact.child_id.in_(list(child_ids)))
        .group_by(Contact.child_id)
        .subquery()
    )
    rows = session.execute(select(Contact, newest.c.tried).join(newest, newest.c.last == Contact.id))
    return {contact.child_id: Contacts(tried, contact) for contact, tried in rows}


def reasons_of(session: Session, item_ids: Iterable[int]) -> dict[int, NotGiven]:
    """The reason that holds for each of these items."""
    wanted = select(NotGiven).where(NotGiven.item_id.in_(list(item_ids))).order_by(NotGiven.id)
    return {row.item_id: row for row in session.scalars(wanted)}


def events_in_scope(actor: Actor) -> Select[AdverseEvent]:
    mine = children_in_scope(actor).with_only_columns(Child.id)
    return select(AdverseEvent).where(AdverseEvent.child_id.in_(mine)).order_by(AdverseEvent.id.desc())


def event_or_404(session: Session, actor: Actor, event_id: int) -> AdverseEvent:
    return session.scalars(events_in_scope(actor).where(AdverseEvent.id == event_id)).first() or abort(404)


def pauses(session: Session, actor: Actor) -> Sequence[ProductPause]:
    """Those that hold, newest first."""
    wanted = select(ProductPause).where(
        ProductPause.center_id == actor.organisation_id, ProductPause.ended_at.is_(None)
    )
    return session.scalars(wanted.order_by(ProductPause.id.desc())).all()


def pause_or_404(session: Session, actor: Actor, pause_id: int) -> ProductPause:
    wanted = select(ProductPause).where(ProductPause.id == pause_id, ProductPause.center_id == actor.organisation_id)
    return session.scalars(wanted).first() or abort(404)


def invited_for(
    session: Session, actor: Actor, product: str, today: dt.date
) -> list[tuple[Child, Appointment, VaccinationSession]]:
    """Who is asked to come for this product from today on: they have to be told when it is paused."""
    rows = session.execute(
        children_in_scope(actor)
        .join(Appointment, Appointment.child_id == Child.id)
        .join(VaccinationSession, VaccinationSession.id == Appointment.session_id)
        .where(
            Appointment.ended_at.is_(None),
            VaccinationSession.day >= today,
            exists()
            .where(PlannedItem.appointment_id == Appointment.id, NoticeItem.id == PlannedItem.item_id)
            .where(NoticeItem.product == product, NoticeItem.state == ItemState.OPEN),
        )
        .add_columns(Appointment, VaccinationSession)
        .order_by(VaccinationSession.day, Appointment.slot)
    )
    return [(child, appointment, found) for child, appointment, found in rows]


def who_got(session: Session, actor: Actor, lot: str) -> list[tuple[Child, DoseRecord, str | None]]:
    """Every child in scope with a dose of this lot or with this trace code that still stands."""
    later = aliased(DoseRecord)
    rows = session.execute(
        children_in_scope(actor)
        .join(DoseRecord, DoseRecord.child_id == Child.id)
        .outerjoin(DoseTrace, DoseTrace.dose_record_id == DoseRecord.id)
        .where(
            or_(DoseRecord.lot == lot, DoseTrace.code == lot),
            DoseRecord.withdrawn.is_(False),
            ~exists().where(later.supersedes_id == DoseRecord.id),
        )
        .add_columns(DoseRecord, DoseTrace.code)
        .order_by(DoseRecord.day, DoseRecord.id)
    )
    return [(child, dose, trace) for child, dose, trace in rows]


def other_centers(session: Session, actor: Actor) -> Sequence[Organisation]:
    """Every health center but the own one."""
    wanted = select(Organisation).where(
        Organisation.kind == OrganisationKind.HEALTH_CENTER, Organisation.id != actor.organisation_id
    )
    return session.scalars(wanted.order_by(Organisation.name)).all()


def handed_over(session: Session, actor: Actor) -> list[tuple[HandOver, Child]]:
    """The children this center handed to others, newest first. The list goes with them, so it may be shown here."""
    rows = session.execute(
        select(HandOver, Child)
        .join(Child, Child.id == HandOver.child_id)
        .where(
            HandOver.from_center_id == actor.organisation_id,
            Child.erased_at.is_(None),
            Child.merged_into_id.is_(None),
        )
        .order_by(HandOver.to_center_id, HandOver.id)
    )
    return [(row, child) for row, child in rows]


def to_receive(session: Session, actor: Actor) -> list[tuple[HandOver, Child]]:
    """The children others handed to this center and nobody has seen yet."""
    rows = session.execute(
        children_in_scope(actor)
        .join(HandOver, HandOver.child_id == Child.id)
        .where(HandOver.to_center_id == actor.organisation_id, HandOver.received_at.is_(None))
        .add_columns(HandOver)
        .order_by(HandOver.id)
    )
    return [(row, child) for child, row in rows]


def open_items_of(session: Session, child_ids: Iterable[int]) -> dict[int, list[NoticeItem]]:
    """What the live notices of these children still ask for."""
    rows = session.execute(
        select(Notice.child_id, NoticeItem)
        .join(NoticeItem, NoticeItem.notice_id == Notice.id)
        .where(
            Notice.child_id.in_(list(child_ids)),
            Notice.ended_at.is_(None),
            NoticeItem.state.in_([ItemState.OPEN, ItemState.FAILED]),
        )
        .order_by(NoticeItem.id)
    )
    found: dict[int, list[NoticeItem]] = {}
    for child_id, item in rows:
        found.setdefault(child_id, []).append(item)
    return found
