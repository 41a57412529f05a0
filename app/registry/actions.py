"""What is done to a registry's export: proposed, answered, written, turned down, dropped, taken back.

Each leaves an audit line of counts and none commits. Writing compares once more: what differs from what the person had
before the eyes is not written.
"""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import and_, insert, or_, select
from sqlalchemy.orm import Session, aliased

from app.audit.actions import record
from app.children.models import DoseRecord
from app.people.actors import Actor
from app.privacy.keys import keys_of
from app.reconciling.doubting import keep_doubts_true
from app.registry import keeping
from app.registry.comparing import Comparison, compare
from app.registry.matching import lock_children
from app.registry.models import RegistryImport
from app.registry.queries import import_or_404, stated_children
from app.registry.rows import Export
from app.registry.writing import settle_all, state_doses, write_doses
from app.roster.actions import KEPT_FOR
from app.roster.models import ImportState
from app.roster.refusing import AlreadyDecided, Moved, StillOpen
from rules import national

#: As long as a whole import can be taken back.
UNDO_DAYS = 30


def propose(session: Session, *, by: Actor, now: dt.datetime, export: Export) -> RegistryImport:
    """Keep what was read, sealed, until somebody decides. Nothing of it is written anywhere else."""
    waiting = RegistryImport(
        organisation_id=by.organisation_id,
        uploaded_by=by.user_id,
        uploaded_at=now,
        expires_at=now + KEPT_FOR,
        state=ImportState.PROPOSED,
        rows=export.dose_rows,
        sealed=b"",
        wrapped=b"",
        master_version=0,
    )
    session.add(waiting)
    session.flush()  # the seal is bound to the row's number
    keeping.keep(keys_of(session), waiting, export)
    session.flush()
    detail = {"children": len(export.children), "doses": export.dose_rows, "faults": len(export.faults)}
    record(session, by=by, now=now, action="registry.proposed", subject=("registry_import", waiting.id), detail=detail)
    return waiting


def answer(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    import_id: int,
    children: Mapping[int, int | None],
    products: Mapping[str, str],
) -> None:
    """Keep answers: who is meant by a row (None: nobody of them), which product by a name (empty: leave out)."""
    waiting = _waiting(session, by, now, import_id)
    export = keeping.taken_out(keys_of(session), waiting)
    rows, names, known = {one.row for one in export.children}, export.unknown_products, national().products
    export.answers |= {row: child_id for row, child_id in children.items() if row in rows}
    export.products |= {name: code for name, code in products.items() if name in names and (not code or code in known)}
    keeping.keep(keys_of(session), waiting, export)
    session.flush()
    detail = {"children": len(children), "products": len(products)}
    record(session, by=by, now=now, action="registry.answered", subject=("registry_import", import_id), detail=detail)


def apply(session: Session, *, by: Actor, now: dt.datetime, import_id: int, seen: str) -> RegistryImport:
    """Write the new doses as `seen` (see `Comparison.stamp`), whole or not at all."""
    waiting = _waiting(session, by, now, import_id)
    export = keeping.taken_out(keys_of(session), waiting)
    present = compare(session, by, export)
    if present.stamp != seen:
        raise Moved("The comparison is not the one that was confirmed.")
    if not present.new_doses:
        raise StillOpen("There is nothing to write.")
    writes = [one for one in present.proposals if one.new]
    lock_children(session, [one.child_id for one in writes])
    if session.get_bind().dialect.name != "sqlite" and compare(session, by, export).stamp != seen:
        raise Moved("Somebody wrote to one of these children while this one waited.")
    written = write_doses(session, by=by, now=now, proposals=writes)
    state_doses(session, waiting.id, present)
    meant = sorted(one.child_id for one in present.proposals)
    doubted = keep_doubts_true(session, by=by, now=now, child_ids=meant)
    settled = settle_all(session, by=by, now=now, child_ids=[one.child_id for one in writes])
    _decide(waiting, ImportState.APPLIED, by, now)
    counts = {**_counts(present), "settled": settled, "doubted": doubted}
    waiting.outcome = {**counts, "records": written}
    session.flush()
    record(session, by=by, now=now, action="registry.applied", subject=("registry_import", import_id), detail=counts)
    return waiting


def refuse(session: Session, *, by: Actor, now: dt.datetime, import_id: int) -> None:
    """Turn the export down: what was read is gone."""
    _decide(_waiting(session, by, now, import_id), ImportState.REFUSED, by, now)
    session.flush()
    record(session, by=by, now=now, action="registry.refused", subject=("registry_import", import_id))


def undo(session: Session, *, by: Actor, now: dt.datetime, import_id: int) -> int:
    """Take a whole import back: every dose that it wrote and nobody corrected since is withdrawn. Returns how many."""
    done = import_or_404(session, by, import_id, lock=True)
    if not may_undo(done, now):
        raise AlreadyDecided("This import was taken back already, or it is too old.")
    rows = _still_standing(session, (done.outcome or {}).get("records", []))
    children = sorted({row.child_id for row in rows})
    lock_children(session, children)
    copied = ("child_id", "product", "as_written", "day", "partial_date", "lot", "unit", "source")
    withdrawals = [
        {
            **{name: getattr(row, name) for name in copied},
            "entered_by": by.user_id,
            "entered_at": now,
            "supersedes_id": row.id,
            "withdrawn": True,
        }
        for row in rows
    ]
    for start in range(0, len(withdrawals), 2_000):
        session.execute(insert(DoseRecord), withdrawals[start : start + 2_000])
    done.undone_at, done.undone_by = now, by.user_id
    session.flush()
    # Also of those who had nothing new: the file does not contradict them any more.
    meant = sorted({*children, *stated_children(session, import_id)})
    keep_doubts_true(session, by=by, now=now, child_ids=meant)
    settle_all(session, by=by, now=now, child_ids=children)
    detail = {"doses": len(rows), "children": len(children)}
    record(session, by=by, now=now, action="registry.undone", subject=("registry_import", import_id), detail=detail)
    return len(rows)


def may_undo(done: RegistryImport, now: dt.datetime) -> bool:
    """Written, not taken back yet, and not so long ago that others have built on it."""
    if done.state is not ImportState.APPLIED or done.undone_at is not None or done.decided_at is None:
        return False
    return now - done.decided_at <= dt.timedelta(days=UNDO_DAYS)


def expire(session: Session, *, now: dt.datetime) -> int:
    """Drop every export whose day is over; how many."""
    wanted = select(RegistryImport).where(
        RegistryImport.state == ImportState.PROPOSED, RegistryImport.expires_at <= now
    )
    over = session.scalars(wanted.order_by(RegistryImport.id).with_for_update(skip_locked=True)).all()
    for waiting in over:
        _decide(waiting, ImportState.EXPIRED, None, now)
    if over:
        session.flush()
        record(session, by=None, now=now, action="registry.expired", detail={"exports": [one.id for one in over]})
    return len(over)


def _still_standing(session: Session, written: list[list[int]]) -> list[DoseRecord]:
    later = aliased(DoseRecord)
    found: list[DoseRecord] = []
    for start in range(0, len(written), 100):
        within = or_(*(and_(DoseRecord.id >= a, DoseRecord.id <= b) for a, b in written[start : start + 100]))
        standing = ~select(later.id).where(later.supersedes_id == DoseRecord.id).exists()
        found += session.scalars(select(DoseRecord).where(within, standing).order_by(DoseRecord.id))
    return found


def _counts(present: Comparison) -> dict[str, int]:
    return {
        "children": sum(bool(one.new) for one in present.proposals),
        "doses": present.new_doses,
        "on_record": present.on_record,
        "left_out": present.left_out,
    }


def _waiting(session: Session, by: Actor, now: dt.datetime, import_id: int) -> RegistryImport:
    waiting = import_or_404(session, by, import_id, lock=True)
    if waiting.state is not ImportState.PROPOSED or waiting.expires_at <= now:
        raise AlreadyDecided("This export does not wait for anybody any more.")
    return waiting


def _decide(waiting: RegistryImport, state: ImportState, by: Actor | None, now: dt.datetime) -> None:
    keeping.forget(waiting)
    waiting.state, waiting.decided_at, waiting.decided_by = state, now, by.user_id if by else None
