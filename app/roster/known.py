"""What the system knows that a roster could touch: the school's own children, and those anywhere whom a row may mean.

Fetched in a number of questions that does not grow with the rows. Children of other schools are among them, because a
number belongs to one child in the whole installation; what of them may be shown is the business of `showing`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.kinds import EnrolmentSource, EnrolmentState, Origin, Sex
from app.children.models import Child, Enrolment
from app.privacy.identities import IdentifierKind, Identity, open_identities
from app.privacy.indexing import Entry, find_many, name_entry, number_entry
from app.privacy.keys import KeyRing, keys_of
from app.privacy.models import IndexKind
from app.roster.rows import Row
from app.schools.models import Organisation, SchoolClass, Stage

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Place:
    """An active enrolment at this school."""

    enrolment_id: int
    class_id: int
    from_day: dt.date
    source: EnrolmentSource


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """One child of the system."""

    child_id: int
    sex: Sex
    birth_date: dt.date
    origin: Origin
    identity: Identity
    #: At this school, the latest first; empty for a child that is elsewhere or nowhere.
    places: tuple[Place, ...]
    #: The stages of the other schools where the child is enrolled now.
    elsewhere: frozenset[Stage | None]
    #: Was at this school and left.
    left_here: bool = False

    def __repr__(self) -> str:
        return f"<child {self.child_id}, not shown>"


@dataclass(slots=True)
class Present:
    """The state of the system against which a roster is compared."""

    classes: list[SchoolClass]
    stage: Stage | None
    children: dict[int, Known] = field(default_factory=dict)
    #: Row → kind of number → the child that has it.
    holders: dict[int, dict[IdentifierKind, int]] = field(default_factory=dict)
    #: Row → the children of this name and birth date.
    namesakes: dict[int, set[int]] = field(default_factory=dict)

    @property
    def here(self) -> list[Known]:
        return [known for known in self.children.values() if known.places]


def look_up(session: Session, school: Organisation, rows: Iterable[Row], *, lock: bool = False) -> Present:
    """The present state. `lock`: nobody else changes these children until the transaction ends."""
    wanted = select(SchoolClass).where(SchoolClass.school_id == school.id).order_by(SchoolClass.id)
    present = Present(list(session.scalars(wanted)), school.stage)
    _find(session, present, list(rows))
    places = _places(session, school.id)
    meant = {one for by_kind in present.holders.values() for one in by_kind.values()}
    meant |= {one for some in present.namesakes.values() for one in some}
    ids = sorted(meant | places.keys())
    for start in range(0, len(ids), _AT_ONCE):
        _open(session, school.id, present, places, ids[start : start + _AT_ONCE], lock)
    return present


def _find(session: Session, present: Present, rows: list[Row]) -> None:
    keys = keys_of(session)
    numbers = {(row.number, one.kind): _number(keys, one.kind, one.number) for row in rows for one in row.numbers}
    names = {
        (row.number, name): name_entry(keys, name, row.birth_date)
        for row in rows
        for name in (row.name, row.former_name)
        if name and row.birth_date
    }
    found = find_many(session, [*numbers.values(), *names.values()])
    for (row_number, kind), entry in numbers.items():
        for child_id in found.get(entry, ()):
            present.holders.setdefault(row_number, {})[kind] = child_id
    for (row_number, _), entry in names.items():
        present.namesakes.setdefault(row_number, set()).update(found.get(entry, ()))


def _number(keys: KeyRing, kind: IdentifierKind, number: str) -> Entry:
    return number_entry(keys, IndexKind(kind), number)


def _places(session: Session, school_id: int) -> dict[int, list[Place]]:
    rows = session.execute(
        select(Enrolment.child_id, Enrolment.id, Enrolment.class_id, Enrolment.from_day, Enrolment.source)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(SchoolClass.school_id == school_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Enrolment.from_day.desc(), Enrolment.id.desc())
    )
    found: dict[int, list[Place]] = {}
    for child_id, *place in rows:
        found.setdefault(child_id, []).append(Place(*place))
    return found


def _open(
    session: Session, school_id: int, present: Present, places: dict[int, list[Place]], ids: list[int], lock: bool
) -> None:
    wanted = select(Child).where(Child.id.in_(ids), Child.merged_into_id.is_(None), Child.erased_at.is_(None))
    wanted = wanted.order_by(Child.id).execution_options(populate_existing=True)
    children = session.scalars(wanted.with_for_update() if lock else wanted).all()
    identities = open_identities(session, children)
    elsewhere = _elsewhere(session, school_id, ids)
    left = _left(session, school_id, ids)
    for child in children:
        if child.id in identities:
            present.children[child.id] = Known(
                child_id=child.id,
                sex=child.sex,
                birth_date=child.birth_date,
                origin=child.origin,
                identity=identities[child.id],
                places=tuple(places.get(child.id, ())),
                elsewhere=frozenset(elsewhere.get(child.id, ())),
                left_here=child.id in left,
            )


def _elsewhere(session: Session, school_id: int, ids: list[int]) -> dict[int, set[Stage | None]]:
    rows = session.execute(
        select(Enrolment.child_id, Organisation.stage)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Organisation, Organisation.id == SchoolClass.school_id)
        .where(
            Enrolment.child_id.in_(ids), Enrolment.state == EnrolmentState.ACTIVE, SchoolClass.school_id != school_id
        )
    )
    found: dict[int, set[Stage | None]] = {}
    for child_id, stage in rows:
        found.setdefault(child_id, set()).add(stage)
    return found


def _left(session: Session, school_id: int, ids: list[int]) -> set[int]:
    wanted = (
        select(Enrolment.child_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Enrolment.child_id.in_(ids), Enrolment.state == EnrolmentState.LEFT, SchoolClass.school_id == school_id)
    )
    return set(session.scalars(wanted))
