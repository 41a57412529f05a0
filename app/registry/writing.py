"""Writes the new doses of an export as records, many at once, and settles the notices of their children."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.children.kinds import DoseSource
from app.children.models import Child, DoseRecord
from app.notices.models import Notice
from app.notices.settling import settle_items
from app.people.actors import Actor
from app.reconciling.guessing import is_outside
from app.reconciling.models import RegistryStatement
from app.registry.comparing import Comparison, Proposal

_AT_ONCE = 2_000
Ranges = list[list[int]]


def write_doses(session: Session, *, by: Actor, now: dt.datetime, proposals: Iterable[Proposal]) -> Ranges:
    """The ids that were written, as ranges."""
    rows = [
        {
            "child_id": one.child_id,
            "product": product,
            "as_written": dose.named if dose.product is None else None,
            "day": dose.day,
            "lot": dose.lot or None,
            "unit": dose.unit or None,
            "source": DoseSource.REGISTRY,
            "entered_by": by.user_id,
            "entered_at": now,
            "withdrawn": False,
        }
        for one in proposals
        for dose, product in one.new
    ]
    ids: list[int] = []
    for start in range(0, len(rows), _AT_ONCE):
        ids += session.scalars(insert(DoseRecord).returning(DoseRecord.id), rows[start : start + _AT_ONCE])
    return ranges(ids)


def state_doses(session: Session, import_id: int, seen: Comparison) -> None:
    """Keep what the file says of every child it knows, also of doses on record: what it lacks tells something too."""
    answers = seen.export.products
    rows = [
        {"child_id": one.child_id, "import_id": import_id, "doses": _stated(one, answers)} for one in seen.proposals
    ]
    for start in range(0, len(rows), _AT_ONCE):
        session.execute(insert(RegistryStatement), rows[start : start + _AT_ONCE])


def _stated(one: Proposal, answers: Mapping[str, str]) -> list[list[str]]:
    said = {(dose.product or answers.get(dose.named) or "", dose.day.isoformat()) for dose in one.doses}
    return sorted([product, day] for product, day in said if not is_outside(product))


def settle_all(session: Session, *, by: Actor, now: dt.datetime, child_ids: Sequence[int]) -> int:
    """Bring the notices of these children in line with their records; how many children had an item that changed."""
    changed = 0
    for start in range(0, len(child_ids), 500):
        noticed = select(Notice.child_id).where(Notice.child_id.in_(child_ids[start : start + 500]))
        for child in session.scalars(select(Child).where(Child.id.in_(noticed)).order_by(Child.id)):
            changed += bool(settle_items(session, by=by, now=now, child=child))
    return changed


def ranges(ids: Iterable[int]) -> Ranges:
    """[1, 2, 3, 7] → [[1, 3], [7, 7]]"""
    runs = (list(run) for _, run in groupby(enumerate(sorted(ids)), key=lambda pair: pair[1] - pair[0]))
    return [[run[0][1], run[-1][1]] for run in runs]
