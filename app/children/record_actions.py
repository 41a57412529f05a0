"""What is done to a child's record beside doses: certificate, doubts, exemptions.

Each leaves an audit line and none commits. Two desks at one record: the second gets a refusal, never a second truth.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.holding import hold
from app.children.kinds import (
    CertificateKind,
    CertificateState,
    ClinicResult,
    DoubtKind,
    DoubtOutcome,
    ExemptionEvidence,
    ExemptionKind,
    Whereabouts,
)
from app.children.models import Certificate, Child, DoseRecord, Doubt, Exemption
from app.children.queries import latest_certificate, open_doubts
from app.children.refusing import AlreadyCorrected, SaidAlready
from app.notices.settling import settle_items
from app.people.actors import Actor


def record_certificate(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    child: Child,
    instead_of: int | None,
    state: CertificateState,
    kind: CertificateKind | None = None,
    whereabouts: Whereabouts | None = None,
    clinic_result: ClinicResult | None = None,
    clinic_unit: str | None = None,
    clinic_day: dt.date | None = None,
) -> Certificate:
    """What was seen of the certificate today; the row that stands, if it says the same.

    `instead_of`: the row this desk had before its eyes.
    """
    hold(session, child)
    latest = latest_certificate(session, child.id)
    if (latest.id if latest else None) != instead_of:
        raise AlreadyCorrected("Somebody recorded the certificate meanwhile: look at it before saving.")
    row = Certificate(
        child_id=child.id,
        kind=kind,
        state=state,
        whereabouts=whereabouts,
        clinic_result=clinic_result,
        clinic_unit=clinic_unit,
        clinic_day=clinic_day,
        recorded_at=now,
        recorded_by=by.user_id,
        supersedes_id=instead_of,
    )
    if latest and _content(latest) == _content(row):
        return latest
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyCorrected("Another desk recorded the certificate in the same second.") from error
    detail = {"certificate": row.id, "state": state, "clinic_result": clinic_result}
    record(session, by=by, now=now, action="certificate.recorded", subject=("child", child.id), detail=detail)
    return row


def raise_doubt(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    child: Child,
    lines: Sequence[str],
    kind: DoubtKind,
    dose: DoseRecord | None = None,
) -> list[Doubt]:
    """Somebody cannot believe or read a dose, or every dose of a line. A combined product is doubted in each line."""
    hold(session, child)
    about = dose.id if dose else None
    here = {(doubt.line, doubt.dose_record_id, doubt.kind) for doubt in open_doubts(session, child.id)}
    new = [line for line in lines if (line, about, kind) not in here]
    if not new:
        raise SaidAlready("The same doubt is open already: settle that one.")
    rows = [
        Doubt(child_id=child.id, line=line, dose_record_id=about, kind=kind, raised_by=by.user_id, raised_at=now)
        for line in new
    ]
    session.add_all(rows)
    session.flush()
    detail = {"doubts": [row.id for row in rows], "lines": new, "kind": kind}
    record(session, by=by, now=now, action="doubt.raised", subject=("child", child.id), detail=detail)
    settle_items(session, by=by, now=now, child=child)
    return rows


def settle_doubt(
    session: Session, *, by: Actor, now: dt.datetime, child: Child, doubt: Doubt, outcome: DoubtOutcome
) -> None:
    hold(session, child)
    session.refresh(doubt)
    if doubt.settled_at is not None:
        raise AlreadyCorrected("Somebody settled this doubt already.")
    doubt.settled_at, doubt.settled_by, doubt.settled_how = now, by.user_id, outcome
    session.flush()
    detail = {"doubt": doubt.id, "outcome": outcome}
    record(session, by=by, now=now, action="doubt.settled", subject=("child", child.id), detail=detail)
    settle_items(session, by=by, now=now, child=child)


def record_exemption(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    child: Child,
    line: str,
    kind: ExemptionKind,
    evidence: ExemptionEvidence,
    valid_to: dt.date | None = None,
) -> Exemption:
    """The clinic's word that a line, or live vaccines, are not given or not now."""
    hold(session, child)
    same = select(Exemption.id).where(
        Exemption.child_id == child.id,
        Exemption.line == line,
        Exemption.kind == kind,
        Exemption.valid_to == valid_to if valid_to else Exemption.valid_to.is_(None),
        Exemption.ended_at.is_(None),
    )
    if session.scalar(same) is not None:
        raise SaidAlready("The same exemption stands already.")
    row = Exemption(child_id=child.id, line=line, kind=kind, valid_to=valid_to, evidence=evidence)
    row.recorded_by, row.recorded_at = by.user_id, now
    session.add(row)
    session.flush()
    # Not the kind: the trail is read by people who are no clinic.
    detail = {"exemption": row.id, "line": line, "valid_to": valid_to}
    record(session, by=by, now=now, action="exemption.recorded", subject=("child", child.id), detail=detail)
    settle_items(session, by=by, now=now, child=child)
    return row


def end_exemption(session: Session, *, by: Actor, now: dt.datetime, child: Child, exemption: Exemption) -> None:
    """Taken back before its time: from today the line is judged again."""
    hold(session, child)
    session.refresh(exemption)
    if exemption.ended_at is not None:
        raise AlreadyCorrected("Somebody ended this exemption already.")
    exemption.ended_at = now
    session.flush()
    detail = {"exemption": exemption.id}
    record(session, by=by, now=now, action="exemption.ended", subject=("child", child.id), detail=detail)
    settle_items(session, by=by, now=now, child=child)


def _content(row: Certificate) -> tuple[object, ...]:
    return row.kind, row.state, row.whereabouts, row.clinic_result, row.clinic_unit, row.clinic_day
