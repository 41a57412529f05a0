"""Blind indexes: finding a child by a whole number, phone, or name with birth date, without opening any identity."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, or_, select
from sqlalchemy.orm import Session

from app.children.models import Child
from app.privacy.folding import fold_name, fold_number, fold_phone
from app.privacy.keys import KeyRing, keys_of
from app.privacy.models import ChildIndex, IndexKind

if TYPE_CHECKING:
    from app.privacy.identities import Identity

#: The kinds of which a number belongs to one child only.
NUMBERS = (IndexKind.RESIDENT_ID, IndexKind.CHILD_CODE, IndexKind.STUDENT_NUMBER, IndexKind.PASSPORT)

Entry = tuple[IndexKind, bytes]
_AT_ONCE = 500


class NumberTaken(ValueError):
    """Another child has one of these numbers already: different children, or one child entered twice."""

    def __init__(self, holders: dict[IndexKind, int]) -> None:
        #: Kind of number → the child that has it. Check the scope before showing whose it is.
        self.holders = holders
        kinds = ", ".join(holders) or "number"
        super().__init__(f"Another child has the same {kinds}: compare the papers before saving.")


def numbers_taken(session: Session, identity: "Identity", *, besides: int | None = None) -> dict[IndexKind, int]:
    """Which of this identity's numbers another child has, and which child."""
    keys = keys_of(session)
    wanted = {number_entry(keys, IndexKind(one.kind), one.number) for one in identity.identifiers if one.number}
    rows = session.execute(select(ChildIndex.kind, ChildIndex.child_id).where(_any_of(wanted)))
    return {kind: child_id for kind, child_id in rows if child_id != besides}


def find_by_number(session: Session, text: str) -> set[int]:
    """The children with exactly this identity number, code, student number, passport or phone. Scope comes after."""
    keys, number, phone = keys_of(session), fold_number(text), fold_phone(text)
    wanted = {number_entry(keys, kind, number) for kind in NUMBERS}
    return _children_with(session, wanted | {_phone(keys, phone)})


def find_by_name_and_birth(session: Session, name: str, birth_date: dt.date) -> set[int]:
    """The children of this name, or former name, and birth date: candidates, never proof. Scope comes after."""
    return _children_with(session, {name_entry(keys_of(session), name, birth_date)})


def rewrite(session: Session, child: Child, identity: "Identity") -> None:
    """Make the child's index rows those of this identity."""
    wanted = entries_of(keys_of(session), child.birth_date, identity)
    here = {
        (kind, digest)
        for kind, digest in session.execute(
            select(ChildIndex.kind, ChildIndex.digest).where(ChildIndex.child_id == child.id)
        )
    }
    if here - wanted:
        session.execute(delete(ChildIndex).where(ChildIndex.child_id == child.id, _any_of(here - wanted)))
    if wanted - here:
        rows = [{"child_id": child.id, "kind": kind, "digest": digest} for kind, digest in sorted(wanted - here)]
        session.execute(insert(ChildIndex), rows)


def rewrite_many(session: Session, rows: Iterable[tuple[int, dt.date, "Identity"]]) -> None:
    """`rewrite` for at most some hundred children at once, each with its id and birth date."""
    keys = keys_of(session)
    wanted = {
        (child_id, *entry)
        for child_id, birth_date, identity in rows
        for entry in entries_of(keys, birth_date, identity)
    }
    ids = {child_id for child_id, _, _ in wanted}
    columns = (ChildIndex.child_id, ChildIndex.kind, ChildIndex.digest)
    here = {tuple(row) for row in session.execute(select(*columns).where(ChildIndex.child_id.in_(ids)))}
    gone = [{"b_child": child_id, "b_kind": kind, "b_digest": digest} for child_id, kind, digest in here - wanted]
    if gone:
        matches = [
            column == bindparam(f"b_{name}") for column, name in zip(columns, ("child", "kind", "digest"), strict=True)
        ]
        session.connection().execute(delete(ChildIndex).where(*matches), gone)
    if wanted - here:
        new = [{"child_id": child, "kind": kind, "digest": digest} for child, kind, digest in sorted(wanted - here)]
        session.execute(insert(ChildIndex), new)


def forget(session: Session, child_id: int) -> None:
    """Take the child out of every index: erased, or merged into another (undo with `rewrite`)."""
    session.execute(delete(ChildIndex).where(ChildIndex.child_id == child_id))


def find_many(session: Session, wanted: Iterable[Entry]) -> dict[Entry, set[int]]:
    """Which children stand behind each of these entries, in few questions however many there are. Scope comes after."""
    by_kind: dict[IndexKind, list[bytes]] = {}
    for kind, digest in set(wanted):
        by_kind.setdefault(kind, []).append(digest)
    found: dict[Entry, set[int]] = {}
    for kind, digests in by_kind.items():
        for start in range(0, len(digests), _AT_ONCE):
            some = and_(ChildIndex.kind == kind, ChildIndex.digest.in_(digests[start : start + _AT_ONCE]))
            for digest, child_id in session.execute(select(ChildIndex.digest, ChildIndex.child_id).where(some)):
                found.setdefault((kind, digest), set()).add(child_id)
    return found


def entries_of(keys: KeyRing, birth_date: dt.date, identity: "Identity") -> set[Entry]:
    """Everything by which a child of this birth date and identity can be found."""
    names = (identity.name, *identity.former_names)
    entries = {name_entry(keys, name, birth_date) for name in names if fold_name(name)}
    numbers = [one for one in identity.identifiers if fold_number(one.number)]
    entries |= {number_entry(keys, IndexKind(one.kind), one.number) for one in numbers}
    return entries | {_phone(keys, one.phone) for one in identity.guardians if fold_phone(one.phone)}


def name_entry(keys: KeyRing, name: str, birth_date: dt.date) -> Entry:
    kind = IndexKind.NAME_AND_BIRTH
    return kind, keys.digest(kind, f"{birth_date.isoformat()} {fold_name(name)}")


def number_entry(keys: KeyRing, kind: IndexKind, number: str) -> Entry:
    return kind, keys.digest(kind, fold_number(number))


def _phone(keys: KeyRing, phone: str) -> Entry:
    return IndexKind.PHONE, keys.digest(IndexKind.PHONE, fold_phone(phone))


def _children_with(session: Session, entries: Iterable[Entry]) -> set[int]:
    return set(session.scalars(select(ChildIndex.child_id).where(_any_of(entries))))


def _any_of(entries: Iterable[Entry]) -> ColumnElement[bool]:
    pairs = [and_(ChildIndex.kind == kind, ChildIndex.digest == digest) for kind, digest in entries]
    return or_(False, *pairs)
