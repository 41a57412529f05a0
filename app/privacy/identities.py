"""Who a child is: the direct identifiers, and sealing them under the child's own data key.

Nothing here shows its values when printed: an identity in an error message or a log line is a leak.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.children.models import Child
from app.privacy import indexing
from app.privacy.keys import KeyRing, keys_of
from app.privacy.models import ChildKey, IndexKind
from app.privacy.roster_version import touch_rosters_of
from app.privacy.sealing import SealBroken, new_key, seal, unseal

#: A sealed value tells its length: padded in steps, it tells neither how long a name is nor how many guardians.
_STEP = 256
_AT_ONCE = 500


class IdentifierKind(StrEnum):
    """身份证, 儿童编码, 学籍号, 护照."""

    RESIDENT_ID = IndexKind.RESIDENT_ID.value
    CHILD_CODE = IndexKind.CHILD_CODE.value
    STUDENT_NUMBER = IndexKind.STUDENT_NUMBER.value
    PASSPORT = IndexKind.PASSPORT.value


class _Discreet:
    """Prints its type and nothing else."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"


@dataclass(frozen=True, slots=True, repr=False)
class Identifier(_Discreet):
    kind: IdentifierKind
    number: str


@dataclass(frozen=True, slots=True, repr=False)
class Guardian(_Discreet):
    name: str
    relation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Identity(_Discreet):
    """Everything direct about a child, as it was typed."""

    name: str
    former_names: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    address: str = ""

    def number(self, kind: IdentifierKind) -> str | None:
        """The first identifier of a kind."""
        return next((one.number for one in self.identifiers if one.kind is kind), None)


class Erased(LookupError):
    """The child's data key was destroyed: nobody can write to or read from this identity again."""


def seal_identity(session: Session, child: Child, identity: Identity, *, now: dt.datetime) -> None:
    """Write or rewrite who a child is: sealed value, blind indexes, and the schools' rosters are new from here on.

    Raises `indexing.NumberTaken` before anything is written if another child has one of the numbers.
    """
    with session.no_autoflush:
        taken = indexing.numbers_taken(session, identity, besides=child.id)
    if taken:
        raise indexing.NumberTaken(taken)
    session.flush()  # a new child needs its id: the sealed value is bound to it
    child.identity_sealed = seal(data_key_of(session, child, now), _packed(identity), _place(child.id))
    indexing.rewrite(session, child, identity)
    touch_rosters_of(session, child.id)
    session.flush()


def seal_identities(session: Session, identities: Iterable[tuple[int, dt.date, Identity]], *, now: dt.datetime) -> None:
    """`seal_identity` for many saved children at once, each with its id and birth date, in few statements.

    The caller has seen to it that no number belongs to another child; if one does, the database refuses the whole.
    """
    rows = list(identities)
    for start in range(0, len(rows), _AT_ONCE):
        _seal_some(session, rows[start : start + _AT_ONCE], now)


def open_identity(session: Session, child: Child) -> Identity | None:
    """Who a child is; None once erased."""
    return open_identities(session, [child]).get(child.id)


def open_identities(session: Session, children: Iterable[Child]) -> dict[int, Identity]:
    """Who these children are, by id; the erased ones are left out."""
    sealed = {child.id: child.identity_sealed for child in children if child.identity_sealed is not None}
    ids, opened = list(sealed), {}
    for start in range(0, len(ids), _AT_ONCE):
        opened.update(_opened(session, {one: sealed[one] for one in ids[start : start + _AT_ONCE]}))
    return opened


def _opened(session: Session, sealed: dict[int, bytes]) -> dict[int, Identity]:
    keys = keys_of(session)
    rows = session.execute(
        select(ChildKey.child_id, ChildKey.wrapped, ChildKey.master_version).where(ChildKey.child_id.in_(sealed))
    )
    data_keys = {one: keys.unwrap(one, wrapped, version) for one, wrapped, version in rows if wrapped and version}
    missing = sealed.keys() - data_keys.keys()
    if missing:
        raise SealBroken(
            f"The data key of child {min(missing)} is gone, but its identity is still there. Run verify-audit."
        )
    return {one: _unpacked(unseal(data_keys[one], value, _place(one))) for one, value in sealed.items()}


def _seal_some(session: Session, rows: list[tuple[int, dt.date, Identity]], now: dt.datetime) -> None:
    keys, ids = keys_of(session), [child_id for child_id, _, _ in rows]
    here = {key.child_id: key for key in session.scalars(select(ChildKey).where(ChildKey.child_id.in_(ids)))}
    data_keys = {child_id: _key_in(keys, key) for child_id, key in here.items()}
    new: list[dict[str, object]] = []
    for child_id in ids:
        if child_id not in data_keys:
            data_keys[child_id] = new_key()
            wrapped, version = keys.wrap(child_id, data_keys[child_id])
            new.append({"child_id": child_id, "wrapped": wrapped, "master_version": version, "created_at": now})
    if new:
        session.execute(insert(ChildKey), new)
    sealed = [
        {"id": child_id, "identity_sealed": seal(data_keys[child_id], _packed(identity), _place(child_id))}
        for child_id, _, identity in rows
    ]
    session.execute(update(Child), sealed)
    indexing.rewrite_many(session, rows)


def data_key_of(session: Session, child: Child, now: dt.datetime) -> bytes:
    """The child's own data key, made if there is none yet. Raises `Erased`."""
    keys = keys_of(session)
    row = session.get(ChildKey, child.id)
    if row is None:
        data_key = new_key()
        wrapped, version = keys.wrap(child.id, data_key)
        session.add(ChildKey(child_id=child.id, wrapped=wrapped, master_version=version, created_at=now))
        return data_key
    return _key_in(keys, row)


def _key_in(keys: KeyRing, row: ChildKey) -> bytes:
    if row.wrapped is None or row.master_version is None:
        raise Erased(f"Child {row.child_id} was erased: enter the child anew.")
    return keys.unwrap(row.child_id, row.wrapped, row.master_version)


def _place(child_id: int) -> str:
    return f"child/{child_id}/identity_sealed"


def _packed(identity: Identity) -> bytes:
    text = json.dumps(asdict(identity), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return text + b" " * (-len(text) % _STEP)


def _unpacked(text: bytes) -> Identity:
    content = json.loads(text.decode("utf-8", "surrogatepass"))
    return Identity(
        name=content["name"],
        former_names=tuple(content["former_names"]),
        identifiers=tuple(Identifier(IdentifierKind(one["kind"]), one["number"]) for one in content["identifiers"]),
        guardians=tuple(Guardian(**one) for one in content["guardians"]),
        address=content["address"],
    )
