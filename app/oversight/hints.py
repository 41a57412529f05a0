"""Records that look wrong, as hints and never as a finding: somebody has to look at the booklet or ask the clinic.

Heaping: a great part of a class's, or of a clinic's, doses of one product on one day. Impossible: a dose before birth,
after the day on which it was written down, or too soon after one of the same product. Identical: several children with
the same long history.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, exists
from sqlalchemy.orm import Session, aliased

from app.campaigns.models import Campaign
from app.campaigns.queries import taking_part
from app.children.models import Child, DoseRecord, Enrolment
from app.clock import CHINA
from app.schools.models import SchoolClass
from rules import national

#: Fewer children with a dose say nothing about heaping.
_ENOUGH = 10
#: More of the doses of a class on one day than this is a heap; a clinic has its days, but not one for so many.
_HEAP_OF_CLASS, _HEAP_OF_CLINIC = 0.5, 0.2
#: A history of fewer doses may be the same by chance.
_LONG = 8
#: No vaccine of the programme is given again within a week; others, such as that against rabies, are.
_CLOSE_DAYS = 7

Rows = Sequence[Row]


class Kind(StrEnum):
    HEAPED = "heaped"
    BEFORE_BIRTH = "before_birth"
    AFTER_ENTRY = "after_entry"
    TOO_CLOSE = "too_close"
    IDENTICAL = "identical"


@dataclass(frozen=True, slots=True)
class Line:
    """A row that a hint rests on."""

    child: int
    class_id: int
    product: str
    day: dt.date
    unit: str
    entered_on: dt.date


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to look at, and the rows it rests on. `of`: among how many doses."""

    kind: Kind
    lines: tuple[Line, ...]
    of: int
    product: str = ""
    day: dt.date | None = None

    @property
    def children(self) -> dict[int, int]:
        """Whom it speaks of, numbered from 1: what a bureau sees in place of names."""
        return {child: place for place, child in enumerate(dict.fromkeys(one.child for one in self.lines), start=1)}


def hints_of_school(session: Session, campaign: Campaign, school_id: int) -> list[Hint]:
    """All hints of one school; a school at a time, because it reads every dose."""
    rows = _rows(session, campaign, SchoolClass.school_id == school_id)
    return [*_impossible(rows), *_heaped(rows, by_class=True), *_identical(rows, by_class=True)]


def hints_of_clinic(session: Session, campaign: Campaign, school_ids: ColumnElement[bool], unit: str) -> list[Hint]:
    """All hints of the doses that one clinic gave to children of these schools, by its name as it was written down."""
    rows = _rows(session, campaign, school_ids, DoseRecord.unit == unit)
    return [*_impossible(rows), *_heaped(rows, by_class=False), *_identical(rows, by_class=False)]


def _rows(session: Session, campaign: Campaign, *which: ColumnElement[bool]) -> Rows:
    later = aliased(DoseRecord)
    return session.execute(
        taking_part(campaign)
        .join(DoseRecord, DoseRecord.child_id == Child.id)
        .where(
            ~exists().where(later.supersedes_id == DoseRecord.id),
            DoseRecord.withdrawn.is_(False),
            DoseRecord.day.is_not(None),
            *which,
        )
        .with_only_columns(
            Child.id,
            Enrolment.class_id,
            Child.birth_date,
            DoseRecord.product,
            DoseRecord.day,
            DoseRecord.unit,
            DoseRecord.entered_at,
        )
        .order_by(Child.id, DoseRecord.product, DoseRecord.day, DoseRecord.id)
    ).all()


def _line(row: Row) -> Line:
    child, class_id, _born, product, day, unit, entered = row
    return Line(child, class_id, product, day, unit or "", entered.astimezone(CHINA).date())


def _of_programme(product: str) -> bool:
    known = national().products.get(product)
    return known is not None and bool(known.feeds)


def _impossible(rows: Rows) -> Iterator[Hint]:
    before: Row | None = None
    for row in rows:
        child, _class_id, born, product, day = row[:5]
        if day < born:
            yield Hint(Kind.BEFORE_BIRTH, (_line(row),), 1, product, day)
        elif day > row[6].astimezone(CHINA).date():
            yield Hint(Kind.AFTER_ENTRY, (_line(row),), 1, product, day)
        again = before is not None and (before[0], before[3]) == (child, product) and _of_programme(product)
        if before is not None and again and (day - before[4]).days < _CLOSE_DAYS:
            yield Hint(Kind.TOO_CLOSE, (_line(before), _line(row)), 2, product, day)
        before = row


def _heaped(rows: Rows, *, by_class: bool) -> Iterator[Hint]:
    """By product: one day holds too great a part of the doses."""
    share = _HEAP_OF_CLASS if by_class else _HEAP_OF_CLINIC
    days: dict[tuple[int, str], Counter[dt.date]] = defaultdict(Counter)
    for row in rows:
        days[row[1] if by_class else 0, row[3]][row[4]] += 1
    for (place, product), counted in sorted(days.items()):
        (day, number), everything = counted.most_common(1)[0], counted.total()
        least = 1 if by_class else _ENOUGH
        if everything >= _ENOUGH and number >= least and number > share * everything:
            found = [row for row in rows if (row[1] if by_class else 0, row[3], row[4]) == (place, product, day)]
            yield Hint(Kind.HEAPED, tuple(_line(row) for row in found), everything, product, day)


def _identical(rows: Rows, *, by_class: bool) -> Iterator[Hint]:
    """The same days and products; twins are told by the same birth date and are no hint."""
    histories: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        histories[row[1] if by_class else 0, row[0]].append(row)
    same: dict[tuple[int, tuple[tuple[str, dt.date], ...]], list[list[Row]]] = defaultdict(list)
    for (place, _child), history in histories.items():
        if len(history) >= _LONG:
            same[place, tuple((row[3], row[4]) for row in history)].append(history)
    for (_place, history_key), found in sorted(same.items()):
        born = {history[0][2] for history in found}
        if len(found) > 1 and (len(born) > 1 or len(found) > 2):
            lines = tuple(_line(row) for history in found for row in history)
            yield Hint(Kind.IDENTICAL, lines, len(history_key))
