"""Is this last year's file? Children too old for the grade it says, gone up since, or gone from the school. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from app.roster.class_names import tokens
from app.roster.groups import ChangeSet, Outcome
from app.roster.rows import Roster

#: Fewer than these prove nothing.
FEWEST = 3
#: Age on 31 August before the school year, by the first token of a grade.
_AGES = {"托": 2, "小": 3, "中": 4, "大": 5, **{str(grade): grade + 5 for grade in range(1, 7)}}
#: A school year's list is made from July on.
_FIRST_MONTH = 7


@dataclass(frozen=True, slots=True)
class Brake:
    """The rows that speak for last year's file, by what they show."""

    older: tuple[int, ...]
    #: How many rows say a grade that tells an age.
    of_grade: int
    lower: tuple[int, ...]
    left: tuple[int, ...]


def braked(roster: Roster, changes: ChangeSet, grades: Mapping[int, str]) -> Brake | None:
    """Something to ask about if half of the rows that can tell at all speak for it. `grades`: by class."""
    year = _school_year(dt.date.fromisoformat(roster.read_on)) if roster.read_on else None
    older, lower, left, of_grade, known = [], [], [], 0, 0
    for one in changes.outcomes:
        usual = _AGES.get(_first(_grade(one, grades)))
        born = one.row.birth_date
        if usual is not None and born is not None and year is not None:
            of_grade += 1
            older += [one.row.number] if _age(born, dt.date(year, 8, 31)) == usual + 1 else []
        if one.match is None:
            continue
        known += 1
        here = [_AGES.get(_first(grades.get(place.class_id, ""))) for place in one.match.known.places]
        if usual is not None and any(age is not None and age > usual for age in here):
            lower.append(one.row.number)
        elif one.match.known.left_here and not one.match.known.places:
            left.append(one.row.number)
    old = older if _most(older, of_grade) else []
    gone = [*lower, *left]
    if not old and not _most(gone, known):
        return None
    return Brake(tuple(old), of_grade, tuple(lower), tuple(left))


def _most(rows: list[int], of: int) -> bool:
    return len(rows) >= FEWEST and 2 * len(rows) >= of


def _school_year(day: dt.date) -> int:
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def _age(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _grade(one: Outcome, grades: Mapping[int, str]) -> str:
    if one.class_id is not None:
        return grades.get(one.class_id, "")
    return one.new_class.grade if one.new_class else one.row.grade


def _first(grade: str) -> str:
    found = tokens(grade)
    return found[0] if found else ""
