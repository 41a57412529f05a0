"""Settling a difference between the sides: whose word holds, and why. What does not hold is superseded."""

import datetime as dt

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.holding import hold
from app.children.kinds import DoseSource, DoubtOutcome
from app.children.models import Child, DoseRecord
from app.children.refusing import AlreadyCorrected, NotPossible, NotYours
from app.notices.settling import settle_items
from app.people.actors import Actor
from app.people.roles import Role
from app.reconciling.doubting import keep_doubts_true
from app.reconciling.models import DoseSettlement, Kept, Reason
from app.reconciling.queries import rows_of
from app.reconciling.telling import Kind, Row, Side, Told


def settle(
    session: Session, *, by: Actor, now: dt.datetime, child: Child, key: str, kept: Kept, reason: Reason
) -> DoseSettlement:
    """Decide about the row `key` as it stood on the page; AlreadyCorrected if the sides say something else by now."""
    hold(session, child)
    row = next((one for one in rows_of(session, child.id) if one.key == key and one.open), None)
    if row is None:
        raise AlreadyCorrected("Somebody settled this, or a side says something else by now: look again.")
    if kept not in choices(session, by, row):
        if kept in all_choices(row):
            raise NotYours("What the clinic entered is for the clinic to take back.")
        raise NotPossible("This is no answer to this difference.")
    dropped = [one.record for one in _not_kept(row, kept) if one.record]
    _supersede(session, by, now, dropped, [] if kept is Kept.NONE else _to_write(row, kept))
    settled = DoseSettlement(child_id=child.id, told=sorted(row.marks), kept=kept, reason=reason)
    settled.settled_by, settled.settled_at = by.user_id, now
    session.add(settled)
    session.flush()
    detail = {"settlement": settled.id, "kept": kept, "reason": reason, "instead_of": dropped}
    record(session, by=by, now=now, action="comparison.settled", subject=("child", child.id), detail=detail)
    outcome = DoubtOutcome.CORRECTED if dropped else DoubtOutcome.HOLDS
    keep_doubts_true(session, by=by, now=now, child_ids=[child.id], outcome=outcome)
    settle_items(session, by=by, now=now, child=child)
    return settled


def all_choices(row: Row) -> list[Kept]:
    """The answers that make sense: one of the sides, all of them, and where only one speaks, that it does not hold."""
    if row.kind is Kind.NOT_IN_REGISTRY:
        return [Kept.ALL, Kept.NONE]
    on_record = sum(one.record is not None for one in row.told) > 1
    return [*(Kept(side) for side in row.sides), *([Kept.ALL] if on_record else [])]


def choices(session: Session, by: Actor, row: Row) -> list[Kept]:
    """Those of them that this person may give."""
    return [
        kept
        for kept in all_choices(row)
        if all(_may_drop(session, by, one) for one in _not_kept(row, kept) if one.record)
    ]


def _may_drop(session: Session, by: Actor, told: Told) -> bool:
    """The clinic's word on a record that two sides dispute is last; a school takes back what is not the clinic's."""
    if by.role is Role.NURSE:
        return True
    return by.role in {Role.CLERK, Role.SCHOOL_HEAD} and told.side is not Side.CLINIC


def _not_kept(row: Row, kept: Kept) -> tuple[Told, ...]:
    if kept is Kept.ALL:
        return ()
    return tuple(one for one in row.told if one.side != kept)


def _to_write(row: Row, kept: Kept) -> list[Told]:
    """What the chosen side says and no record holds."""
    return [] if kept is Kept.ALL else [one for one in row.told if one.side == kept and one.record is None]


def _supersede(session: Session, by: Actor, now: dt.datetime, dropped: list[int], new: list[Told]) -> None:
    """New records in the place of old ones; an old one without a successor is withdrawn."""
    told = list(new)
    rows = []
    for record_id in dropped:
        old = session.get_one(DoseRecord, record_id)
        instead = told.pop(0) if told else None
        rows.append(_row(old, instead, by, now) | {"supersedes_id": old.id, "withdrawn": instead is None})
    like = session.get_one(DoseRecord, dropped[0]) if dropped and told else None
    rows += [_row(like, one, by, now) | {"supersedes_id": None, "withdrawn": False} for one in told if like]
    try:
        if rows:
            session.execute(insert(DoseRecord), rows)
    except IntegrityError as error:
        raise AlreadyCorrected("Another desk superseded one of these records in the same second.") from error


def _row(old: DoseRecord, instead: Told | None, by: Actor, now: dt.datetime) -> dict[str, object]:
    """`instead` in the place of `old`; None: `old` once more, to be withdrawn."""
    content = {name: getattr(old, name) for name in ("product", "as_written", "day", "partial_date", "source")}
    if instead is not None:
        content = {
            "product": instead.product,
            "as_written": instead.as_written or None,
            "day": instead.day,
            "partial_date": instead.partial or None,
            "source": DoseSource(instead.side),
        }
    kept = {"child_id": old.child_id, "lot": old.lot, "unit": old.unit}
    return {**kept, **content, "entered_by": by.user_id, "entered_at": now}
