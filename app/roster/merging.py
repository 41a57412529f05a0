"""What becomes of a known child when a row is written over it: the file's word where it has one, else what was there.

Nothing is ever emptied: an empty cell says nothing. A former name stays findable, a second guardian is added.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.privacy.folding import fold_name, fold_number, fold_phone
from app.privacy.identities import Guardian, Identifier, Identity
from app.roster.known import Known, Place
from app.roster.rows import Row


class Field(StrEnum):
    """What of a child can change through a roster."""

    NAME = "name"
    FORMER_NAME = "former_name"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    CHILD_CODE = "child_code"
    STUDENT_NUMBER = "student_number"
    CLASS = "class"
    GUARDIAN = "guardian"
    PHONE = "phone"
    ADDRESS = "address"
    ORIGIN = "origin"
    SOURCE = "source"
    FROM_DAY = "from_day"


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """One thing that is one way in the system and another way in the file."""

    field: Field
    before: str
    after: str
    #: Why a person should look twice; such a change is not written unless somebody says so.
    doubt: str | None = None

    def __repr__(self) -> str:
        return f"<Change of {self.field}, not shown>"


def identity_of(row: Row) -> Identity:
    """The identity of a child that is new."""
    former = (row.former_name,) if row.former_name else ()
    return Identity(row.name, former, row.numbers, row.guardians, row.address)


def merged(row: Row, before: Identity) -> Identity:
    """The identity of a known child once the row is written."""
    renamed = fold_name(row.name) != fold_name(before.name)
    former = [
        *before.former_names,
        *([before.name] if renamed else []),
        *([row.former_name] if row.former_name else []),
    ]
    name = row.name if renamed else before.name
    return Identity(
        name=name,
        former_names=tuple(_without_twice(former, name)),
        identifiers=tuple(_identifiers(row, before)),
        guardians=tuple(_guardians(row, before)),
        address=row.address if row.address and fold_name(row.address) != fold_name(before.address) else before.address,
    )


def changes(row: Row, known: Known, place: Place | None, names: tuple[str, str]) -> tuple[Change, ...]:
    """Everything the row would change. `names`: of the class the child is in, and of the class the row says."""
    before, after = known.identity, merged(row, known.identity)
    found = [
        *_of_numbers(before, after),
        *_of_guardians(before, after),
        *_of_facts(row, known),
        *_of_place(row, place, names),
    ]
    if before.name != after.name:
        found.insert(0, Change(Field.NAME, before.name, after.name, _doubted_name(before.name, after.name)))
    added = set(after.former_names) - set(before.former_names) - {before.name}
    found += [Change(Field.FORMER_NAME, "", name) for name in sorted(added)]
    if before.address != after.address:
        found.append(Change(Field.ADDRESS, before.address, after.address))
    return tuple(found)


def _of_numbers(before: Identity, after: Identity) -> Iterable[Change]:
    for one in after.identifiers:
        was = before.number(one.kind)
        if was != one.number:
            yield Change(Field(one.kind.value), was or "", one.number)


def _of_guardians(before: Identity, after: Identity) -> Iterable[Change]:
    for place, one in enumerate(after.guardians):
        was = before.guardians[place] if place < len(before.guardians) else Guardian("")
        if (was.name, was.relation) != (one.name, one.relation):
            yield Change(Field.GUARDIAN, _said(was), _said(one))
        if was.phone != one.phone:
            yield Change(Field.PHONE, was.phone, one.phone)


def _of_facts(row: Row, known: Known) -> Iterable[Change]:
    proved = any(one.kind.value == Field.RESIDENT_ID for one in row.numbers)
    if row.sex and row.sex is not known.sex:
        yield Change(Field.SEX, known.sex, row.sex, None if proved else "sex")
    if row.birth_date and row.birth_date != known.birth_date:
        old, new = known.birth_date, row.birth_date
        swapped = (old.year, old.month, old.day) == (new.year, new.day, new.month)
        doubt = None if proved else "swapped" if swapped else "birth_date"
        yield Change(Field.BIRTH_DATE, old.isoformat(), new.isoformat(), doubt)
    if row.origin and row.origin is not known.origin:
        yield Change(Field.ORIGIN, known.origin, row.origin)


def _of_place(row: Row, place: Place | None, names: tuple[str, str]) -> Iterable[Change]:
    if place is None:
        return
    if names[1] and names[0] != names[1]:
        yield Change(Field.CLASS, *names)
    if row.source and row.source is not place.source:
        yield Change(Field.SOURCE, place.source, row.source)
    if row.from_day and row.from_day != place.from_day:
        yield Change(Field.FROM_DAY, place.from_day.isoformat(), row.from_day.isoformat())


def _identifiers(row: Row, before: Identity) -> Iterable[Identifier]:
    said = {one.kind: one for one in row.numbers}
    for one in before.identifiers:
        new = said.pop(one.kind, one)
        yield one if fold_number(new.number) == fold_number(one.number) else new
    yield from said.values()


def _guardians(row: Row, before: Identity) -> list[Guardian]:
    found = list(before.guardians)
    for one in row.guardians:
        place = _meant(one, found)
        if place is None:
            found.append(one)
        else:
            found[place] = _together(found[place], one)
    return found


def _meant(one: Guardian, known: list[Guardian]) -> int | None:
    """Which guardian the row speaks of: by name, by phone, the only mother or father, or the only one there is."""
    places = range(len(known))
    by_name = [place for place in places if one.name and fold_name(known[place].name) == fold_name(one.name)]
    by_phone = [place for place in places if one.phone and fold_phone(known[place].phone) == fold_phone(one.phone)]
    if by_name:
        return by_name[0]
    if by_phone and (not one.name or not known[by_phone[0]].name):
        return by_phone[0]
    by_relation = [
        place for place in places if one.relation in {"父亲", "母亲"} and known[place].relation == one.relation
    ]
    if len(by_relation) == 1:
        return by_relation[0]
    if len(known) == 1 and (not one.name or not known[0].name):
        return 0
    return None


def _together(was: Guardian, one: Guardian) -> Guardian:
    same_phone = fold_phone(one.phone) == fold_phone(was.phone)
    return Guardian(
        name=one.name if one.name and fold_name(one.name) != fold_name(was.name) else was.name,
        relation=one.relation or was.relation,
        phone=one.phone if one.phone and not same_phone else was.phone,
    )


def _said(one: Guardian) -> str:
    return " ".join(word for word in (one.name, one.relation) if word)


def _without_twice(names: list[str], besides: str) -> Iterable[str]:
    seen = {fold_name(besides)}
    for name in names:
        if fold_name(name) not in seen:
            seen.add(fold_name(name))
            yield name


def _doubted_name(before: str, after: str) -> str | None:
    """A corrected name keeps a letter; a name with none in common may be another child."""
    return None if set(fold_name(before)) & set(fold_name(after)) else "name"
