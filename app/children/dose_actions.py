"""What is done to doses: entered, corrected, withdrawn. A correction is a new record that supersedes; none is changed.

Each leaves an audit line and none commits. Two desks at one record: the second gets a refusal, never a second truth.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.holding import hold
from app.children.kinds import DoseSource, DoubtOutcome
from app.children.models import Child, DoseRecord
from app.children.queries import effective_doses, open_doubts_of, superseded
from app.children.refusing import AlreadyCorrected, NotYours, OnRecord
from app.notices.settling import settle_items
from app.people.actors import Actor
from app.people.roles import Role
from app.reconciling.doubting import keep_doubts_true
from forms.web.doses import DoseEntry


def may_correct(by: Actor, dose: DoseRecord) -> bool:
    """A school never overwrites what a clinic entered, nor a clinic what a school copied: each may doubt the other."""
    if by.role is Role.NURSE:
        return dose.source is DoseSource.CLINIC
    return by.role in {Role.CLERK, Role.SCHOOL_HEAD} and dose.source is not DoseSource.CLINIC


def enter_doses(
    session: Session, *, by: Actor, now: dt.datetime, child: Child, entries: Sequence[DoseEntry], source: DoseSource
) -> list[DoseRecord]:
    """Keep these doses, all of them or none. OnRecord if one of them is there already."""
    hold(session, child)
    rows = [_row(child, entry, source, by, now) for entry in entries]
    _not_twice(rows, effective_doses(session, child.id))
    session.add_all(rows)
    session.flush()
    detail = {"doses": [row.id for row in rows], "source": source}
    record(session, by=by, now=now, action="dose.entered", subject=("child", child.id), detail=detail)
    _follow(session, by, now, child)
    return rows


def correct_dose(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    child: Child,
    dose: DoseRecord,
    entry: DoseEntry,
    source: DoseSource,
    settles_doubts: bool = False,
) -> DoseRecord:
    """What the dose really is, as a new record that supersedes this one; the same one if nothing differs.

    Its open doubts go on unless they are settled here.
    """
    hold(session, child)
    _may_supersede(session, by, dose)
    row = _row(child, entry, source, by, now)
    if _content(row) == _content(dose) and not settles_doubts:
        return dose
    row.supersedes_id = dose.id
    _not_twice([row], [one for one in effective_doses(session, child.id) if one is not dose])
    _append(session, row)
    if settles_doubts:
        _settle_doubts_of(session, by, now, dose, DoubtOutcome.CORRECTED)
    detail = {"dose": row.id, "instead_of": dose.id, "source": source}
    record(session, by=by, now=now, action="dose.corrected", subject=("child", child.id), detail=detail)
    _follow(session, by, now, child)
    return row


def withdraw_dose(session: Session, *, by: Actor, now: dt.datetime, child: Child, dose: DoseRecord) -> DoseRecord:
    """This dose was never given, or not to this child: a new record says so. Its open doubts end with it."""
    hold(session, child)
    _may_supersede(session, by, dose)
    row = DoseRecord(
        child_id=child.id,
        product=dose.product,
        as_written=dose.as_written,
        day=dose.day,
        partial_date=dose.partial_date,
        lot=dose.lot,
        unit=dose.unit,
        source=dose.source,
        entered_by=by.user_id,
        entered_at=now,
        supersedes_id=dose.id,
        withdrawn=True,
    )
    _append(session, row)
    _settle_doubts_of(session, by, now, dose, DoubtOutcome.WITHDRAWN)
    detail = {"dose": row.id, "instead_of": dose.id}
    record(session, by=by, now=now, action="dose.withdrawn", subject=("child", child.id), detail=detail)
    _follow(session, by, now, child)
    return row


def _follow(session: Session, by: Actor, now: dt.datetime, child: Child) -> None:
    """What a changed record brings with it: doubts where the sides disagree now, and the items on notices."""
    keep_doubts_true(session, by=by, now=now, child_ids=[child.id], outcome=DoubtOutcome.CORRECTED)
    settle_items(session, by=by, now=now, child=child)


def _row(child: Child, entry: DoseEntry, source: DoseSource, by: Actor, now: dt.datetime) -> DoseRecord:
    return DoseRecord(
        child_id=child.id,
        product=entry.vaccine.product,
        as_written=entry.vaccine.as_written,
        day=entry.written.day,
        partial_date=entry.written.partial,
        lot=entry.lot,
        unit=entry.unit,
        source=source,
        entered_by=by.user_id,
        entered_at=now,
    )


def _content(dose: DoseRecord) -> tuple[object, ...]:
    return dose.product, dose.as_written, dose.day, dose.partial_date, dose.lot, dose.unit, dose.source


def _not_twice(new: Sequence[DoseRecord], here: Sequence[DoseRecord]) -> None:
    given = {(dose.product, dose.as_written, dose.day) for dose in here}
    for row in new:
        dose = (row.product, row.as_written, row.day)
        # Two doses without a day are two doses until somebody says otherwise.
        if row.day and dose in given:
            raise OnRecord("The child has one of these products on this day already: leave it out.")
        given.add(dose)


def _may_supersede(session: Session, by: Actor, dose: DoseRecord) -> None:
    if not may_correct(by, dose):
        raise NotYours("This dose was entered by the other side: raise a doubt instead.")
    if dose.withdrawn or superseded(session, dose.id):
        raise AlreadyCorrected("Somebody corrected or withdrew this record already: look at what stands there now.")


def _append(session: Session, row: DoseRecord) -> None:
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyCorrected("Another desk superseded this record in the same second.") from error


def _settle_doubts_of(session: Session, by: Actor, now: dt.datetime, dose: DoseRecord, outcome: DoubtOutcome) -> None:
    for doubt in open_doubts_of(session, dose):
        doubt.settled_at, doubt.settled_by, doubt.settled_how = now, by.user_id, outcome
    session.flush()
