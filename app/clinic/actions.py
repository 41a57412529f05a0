"""What a nurse does for one child: keep the doses just given, say why one was not, record a replaced certificate."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.dose_actions import enter_doses
from app.children.holding import hold
from app.children.kinds import CertificateKind, CertificateState, DoseSource
from app.children.models import Certificate, Child, DoseRecord
from app.children.queries import latest_certificate
from app.children.record_actions import record_certificate
from app.clinic.asking import GivenDose
from app.clinic.kinds import EndedBecause, WhyNot
from app.clinic.models import DoseTrace, NotGiven
from app.clinic.sessions import live_appointment
from app.clock import CHINA
from app.notices.models import ItemState, NoticeItem
from app.people.actors import Actor
from app.privacy.notes import seal_note
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine


def give(
    session: Session, *, by: Actor, now: dt.datetime, child: Child, doses: Sequence[GivenDose], unit: str
) -> list[DoseRecord]:
    """Keep doses that were given, all of them or none; the appointment they were planned for is kept with them.

    OnRecord if one is there already. What is odd about them was asked before, see `asking`.
    """
    entries = [DoseEntry(Vaccine(one.product), Written(day=one.day), lot=one.lot, unit=unit) for one in doses]
    rows = enter_doses(session, by=by, now=now, child=child, entries=entries, source=DoseSource.CLINIC)
    traced = [(row, dose.trace) for row, dose in zip(rows, doses, strict=True) if dose.trace]
    session.add_all(DoseTrace(dose_record_id=row.id, code=code) for row, code in traced)
    came = live_appointment(session, child.id)
    if came is not None and came.session.day <= now.astimezone(CHINA).date():
        came.appointment.ended_at, came.appointment.ended_because = now, EndedBecause.CAME
    session.flush()
    detail = {"doses": [row.id for row in rows], "traced": len(traced)}
    record(session, by=by, now=now, action="clinic.gave", subject=("child", child.id), detail=detail)
    return rows


def say_why_not(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    child: Child,
    items: Sequence[NoticeItem],
    because: WhyNot,
    note: str = "",
) -> None:
    """These doses were not given. They stay owed, whatever the reason; giving one later closes it all the same."""
    hold(session, child)
    for item in items:
        if item.state not in {ItemState.OPEN, ItemState.FAILED}:
            continue
        item.state, item.failed_because = ItemState.FAILED, because.value
        item.closed_at, item.closed_by = now, by.user_id
        row = NotGiven(item_id=item.id, because=because, at=now, by=by.user_id)
        session.add(row)
        session.flush()  # the note is bound to the row
        row.note_sealed = seal_note(session, child, note, f"not_given/{row.id}/note", now=now)
    session.flush()
    detail = {"items": [item.id for item in items], "because": because}
    record(session, by=by, now=now, action="clinic.not_given", subject=("child", child.id), detail=detail)


def open_again(session: Session, *, by: Actor, now: dt.datetime, child: Child, items: Sequence[NoticeItem]) -> None:
    """The reason does not hold any more: these doses are to be given."""
    hold(session, child)
    for item in items:
        if item.state is ItemState.FAILED:
            item.state, item.failed_because, item.closed_at, item.closed_by = ItemState.OPEN, None, None, None
    session.flush()
    detail = {"items": [item.id for item in items]}
    record(session, by=by, now=now, action="clinic.opened_again", subject=("child", child.id), detail=detail)


def replace_certificate(session: Session, *, by: Actor, now: dt.datetime, child: Child, unit: str) -> Certificate:
    """补证: this center gave the family a new booklet. The school looks at it at its second look."""
    latest = latest_certificate(session, child.id)
    if latest is not None and latest.state is CertificateState.REPLACED:
        return latest
    return record_certificate(
        session,
        by=by,
        now=now,
        child=child,
        instead_of=latest.id if latest else None,
        state=CertificateState.REPLACED,
        kind=CertificateKind.BOOKLET,
        clinic_result=latest.clinic_result if latest else None,
        clinic_unit=(latest.clinic_unit if latest else None) or unit,
        clinic_day=latest.clinic_day if latest else None,
    )
