"""Which child of ours each child of an export is. A number is proof; name, birth date and sex are only a question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import Child
from app.people.actors import Actor
from app.people.scope import children_in_scope
from app.privacy.identities import IdentifierKind, Identity, open_identities
from app.privacy.indexing import Entry, find_many, name_entry, number_entry
from app.privacy.keys import keys_of
from app.privacy.models import IndexKind
from app.registry.rows import FileChild

_AT_ONCE = 500


class Meeting(StrEnum):
    """How a child of the file meets ours."""

    #: One of its numbers is that of a child of ours, and the birth date is the same.
    SURE = "sure"
    #: Somebody has to say whether it is one of `candidates`.
    ASK = "ask"
    #: Nobody here, or nobody whom this person looks after.
    UNKNOWN = "unknown"
    #: Its numbers belong to two children of ours: nothing is written.
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, repr=False)
class Match:
    """One child of the file beside those of ours whom it may be."""

    child: FileChild
    how: Meeting
    candidates: tuple[Child, ...] = ()

    def __repr__(self) -> str:
        return f"<Match of row {self.child.row}, not shown>"


def match_children(session: Session, actor: Actor, children: Sequence[FileChild]) -> list[Match]:
    """Every child of the file, in its order, in a number of questions that does not grow with them."""
    by_number, by_name = _entries(session, children)
    found = find_many(session, {entry for some in (by_number, by_name) for one in some.values() for entry in one})
    holders = {row: _behind(entries, found) for row, entries in by_number.items()}
    namesakes = {row: _behind(entries, found) for row, entries in by_name.items()}
    ours = _in_scope(session, actor, [*holders.values(), *namesakes.values()])
    asked = {one for row, ids in namesakes.items() if not holders.get(row) for one in ids & ours.keys()}
    identities = open_identities(session, [ours[one] for one in asked])
    return [
        _match(child, holders.get(child.row, set()), namesakes.get(child.row, set()), ours, identities)
        for child in children
    ]


def _entries(session: Session, children: Iterable[FileChild]) -> tuple[dict[int, list[Entry]], dict[int, list[Entry]]]:
    keys = keys_of(session)
    numbers, names = {}, {}
    for child in children:
        numbers[child.row] = [number_entry(keys, IndexKind(one.kind), one.number) for one in child.numbers]
        if child.name and child.birth_date:
            names[child.row] = [name_entry(keys, child.name, child.birth_date)]
    return numbers, names


def _behind(entries: Iterable[Entry], found: dict[Entry, set[int]]) -> set[int]:
    return {child_id for entry in entries for child_id in found.get(entry, ())}


def _in_scope(session: Session, actor: Actor, groups: Iterable[set[int]]) -> dict[int, Child]:
    ids = sorted({one for group in groups for one in group})
    ours: dict[int, Child] = {}
    for start in range(0, len(ids), _AT_ONCE):
        wanted = children_in_scope(actor).where(Child.id.in_(ids[start : start + _AT_ONCE]))
        ours.update((child.id, child) for child in session.scalars(wanted))
    return ours


def _match(
    child: FileChild,
    holders: set[int],
    namesakes: set[int],
    ours: dict[int, Child],
    identities: dict[int, Identity],
) -> Match:
    if len(holders) > 1:
        return Match(child, Meeting.CONFLICT, tuple(ours[one] for one in sorted(holders) if one in ours))
    if holders:
        holder = ours.get(next(iter(holders)))
        if holder is None:
            return Match(child, Meeting.UNKNOWN)
        agrees = child.birth_date in {None, holder.birth_date}
        return Match(child, Meeting.SURE if agrees else Meeting.ASK, (holder,))
    fitting = tuple(
        ours[one]
        for one in sorted(namesakes & ours.keys())
        if child.sex in {None, ours[one].sex} and not _differ(child, identities[one])
    )
    return Match(child, Meeting.ASK if fitting else Meeting.UNKNOWN, fitting)


def _differ(child: FileChild, identity: Identity) -> bool:
    """Two valid identity numbers that differ are two children, however alike they look."""
    here, there = child.number_of(IdentifierKind.RESIDENT_ID), identity.number(IdentifierKind.RESIDENT_ID)
    return bool(here and there and here != there.upper())


def lock_children(session: Session, ids: Iterable[int]) -> None:
    """Until the transaction ends nobody else writes to these children (PostgreSQL; on SQLite every writer waits)."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        some = select(Child.id).where(Child.id.in_(ordered[start : start + _AT_ONCE])).order_by(Child.id)
        session.execute(some.with_for_update())
