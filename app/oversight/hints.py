"""Records that look wrong, as hints and never as a finding: somebody has to look at the booklet or ask the clinic.

Heaping: a great part of a school's doses of one product on one day. Impossible: a dose before birth, or after the day
on which it was written down. Identical: several children of one class with the same long history.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Row
from sqlalchemy.orm import Session, aliased

from app.campaigns.models import Campaign
from app.campaigns.queries import taking_part
from app.children.models import Child, DoseRecord, Enrolment
from app.clock import CHINA
from app.schools.models import SchoolClass

#: Fewer children of a school with a dose say nothing about heaping.
_ENOUGH = 10
_HEAP = 0.5
#: A history of fewer doses may be the same by chance.
_LONG = 8

Rows = Sequence[Row]


class Kind(StrEnum):
    HEAPED = "heaped"
    BEFORE_BIRTH = "before_birth"
    AFTER_ENTRY = "after_entry"
    IDENTICAL = "identical"


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to look at, and the children whose rows it rests on."""

    kind: Kind
    class_id: int
    children: tuple[int, ...]
    of: int
    product: str = ""
    day: dt.date | None = None


def hints_of_school(session: Session, campaign: Campaign, school_id: int) -> list[Hint]:
    """All hints of one school; a school at a time, because it reads every dose."""
    later = aliased(DoseRecord)
    rows = session.execute(
        taking_part(campaign)
        .join(DoseRecord, DoseRecord.child_id == Child.id)
        .outerjoin(later, later.supersedes_id == DoseRecord.id)
        .where(later.id.is_(None), DoseRecord.withdrawn.is_(False), DoseRecord.day.is_not(None))
        .where(SchoolClass.school_id == school_id)
        .with_only_columns(
            Child.id, Enrolment.class_id, Child.birth_date, DoseRecord.product, DoseRecord.day, DoseRecord.entered_at
        )
        .order_by(Child.id, DoseRecord.day, DoseRecord.product)
    ).all()
    return [*_impossible(rows), *_heaped(rows), *_identical(rows)]


def _impossible(rows: Rows) -> Iterator[Hint]:
    for child, class_id, born, product, day, entered in rows:
        if day < born:
            yield Hint(Kind.BEFORE_BIRTH, class_id, (child,), 1, product, day)
        elif day > entered.astimezone(CHINA).date():
            yield Hint(Kind.AFTER_ENTRY, class_id, (child,), 1, product, day)


def _heaped(rows: Rows) -> Iterator[Hint]:
    """By product: one day holds more than half of the doses of a class."""
    days: dict[tuple[int, str], Counter[dt.date]] = defaultdict(Counter)
    for _child, class_id, _born, product, day, _entered in rows:
        days[class_id, product][day] += 1
    for (class_id, product), counted in sorted(days.items()):
        (day, number), everything = counted.most_common(1)[0], counted.total()
        if everything >= _ENOUGH and number > _HEAP * everything:
            children = {row[0] for row in rows if (row[1], row[3], row[4]) == (class_id, product, day)}
            yield Hint(Kind.HEAPED, class_id, tuple(sorted(children)), everything, product, day)


def _identical(rows: Rows) -> Iterator[Hint]:
    """The same days and products; twins are told by the same birth date and are no hint."""
    histories: dict[tuple[int, int], list[tuple[str, dt.date]]] = defaultdict(list)
    born = {row[0]: row[2] for row in rows}
    for child, class_id, _born, product, day, _entered in rows:
        histories[class_id, child].append((product, day))
    same: dict[tuple[int, tuple[tuple[str, dt.date], ...]], list[int]] = defaultdict(list)
    for (class_id, child), history in histories.items():
        if len(history) >= _LONG:
            same[class_id, tuple(history)].append(child)
    for (class_id, history), children in sorted(same.items()):
        if len(children) > 1 and (len({born[one] for one in children}) > 1 or len(children) > 2):
            yield Hint(Kind.IDENTICAL, class_id, tuple(sorted(children)), len(history))
