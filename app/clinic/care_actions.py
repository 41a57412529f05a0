"""What a center notes beside doses: calls, adverse events, pauses of a product, children handed to another center."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.holding import hold
from app.children.models import Child, DoseRecord
from app.clinic.kinds import ContactResult, ContactWay, PauseReason, Seriousness
from app.clinic.models import AdverseEvent, Contact, HandOver, ProductPause
from app.people.actors import Actor
from app.privacy.notes import seal_note
from app.schools.models import Organisation


def log_contact(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    child: Child,
    way: ContactWay,
    result: ContactResult,
    note: str = "",
) -> Contact:
    """Somebody called, wrote or went there."""
    row = Contact(child_id=child.id, center_id=by.organisation_id, way=way, result=result, at=now, by=by.user_id)
    session.add(row)
    session.flush()
    row.note_sealed = seal_note(session, child, note, f"contact/{row.id}/note", now=now)
    session.flush()
    detail = {"way": way, "result": result}
    record(session, by=by, now=now, action="contact.logged", subject=("child", child.id), detail=detail)
    return row


def note_event(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    child: Child,
    begun_on: dt.date,
    doses: Sequence[DoseRecord],
    seriousness: Seriousness,
    description: str,
) -> AdverseEvent:
    """A suspected adverse event. Noting it is not reporting it: see `report_event`."""
    row = AdverseEvent(
        child_id=child.id,
        center_id=by.organisation_id,
        begun_on=begun_on,
        dose_record_ids=[one.id for one in doses],
        seriousness=seriousness,
        at=now,
        by=by.user_id,
    )
    session.add(row)
    session.flush()
    row.description_sealed = seal_note(session, child, description, f"adverse_event/{row.id}/description", now=now)
    session.flush()
    detail = {"event": row.id, "doses": row.dose_record_ids, "seriousness": seriousness}
    record(session, by=by, now=now, action="event.noted", subject=("child", child.id), detail=detail)
    return row


def report_event(session: Session, *, by: Actor, now: dt.datetime, event: AdverseEvent, on: dt.date) -> None:
    """The center reported it through the national system. Twice changes nothing."""
    if event.reported_on is not None:
        return
    event.reported_on = on
    session.flush()
    detail = {"event": event.id}
    record(session, by=by, now=now, action="event.reported", subject=("child", event.child_id), detail=detail)


def pause_product(
    session: Session, *, by: Actor, now: dt.datetime, product: str, lot: str | None, because: PauseReason
) -> ProductPause:
    """A product, or one lot, is not given for now: it is asked about at entry and not planned."""
    row = ProductPause(
        center_id=by.organisation_id, product=product, lot=lot, because=because, begun_at=now, begun_by=by.user_id
    )
    session.add(row)
    session.flush()
    detail = {"product": product, "because": because, "one_lot": lot is not None}
    record(session, by=by, now=now, action="product.paused", subject=("product_pause", row.id), detail=detail)
    return row


def end_pause(session: Session, *, by: Actor, now: dt.datetime, pause: ProductPause) -> None:
    if pause.ended_at is not None:
        return
    pause.ended_at, pause.ended_by = now, by.user_id
    session.flush()
    record(session, by=by, now=now, action="product.resumed", subject=("product_pause", pause.id))


def hand_over(
    session: Session, *, by: Actor, now: dt.datetime, child: Child, to_center: Organisation
) -> HandOver | None:
    """From now on the other center looks after the child. None if it does already."""
    hold(session, child)
    if to_center.id == by.organisation_id:
        return None
    row = HandOver(
        child_id=child.id, from_center_id=by.organisation_id, to_center_id=to_center.id, at=now, by=by.user_id
    )
    child.home_health_center_id = to_center.id
    session.add(row)
    session.flush()
    detail = {"to": to_center.id}
    record(session, by=by, now=now, action="child.handed_over", subject=("child", child.id), detail=detail)
    return row


def receive(session: Session, *, by: Actor, now: dt.datetime, hand_over: HandOver) -> None:
    """The other center has seen that the child is its own now. Twice changes nothing."""
    if hand_over.received_at is not None:
        return
    hand_over.received_at, hand_over.received_by = now, by.user_id
    session.flush()
    record(session, by=by, now=now, action="hand_over.received", subject=("child", hand_over.child_id))
