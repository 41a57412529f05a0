"""The marks of a register, from checks and doses. Pure.

1 had at the check · △ caught up afterwards · × owed · ○ exempt or over age · ? to be verified · blank not yet due.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.counting.baseline import Asked
from app.counting.columns import Place, columns_of, official_places, place_of
from app.notices.demands import demand
from app.notices.models import ItemState, NoticePart
from rules.ages import Span
from rules.vocabulary import Status

HAD, CAUGHT_UP, OWED, SPARED, ASKED = "1", "△", "×", "○", "?"

#: The column that a line fills in infancy, whatever the number, and that is over age from then on.
_INFANCY = {"Men": ("MenA", Span(months=24))}
#: A dose of a line: line, product, number.
Dose = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Looked:
    """A check as far as marks need it."""

    check_id: int
    day: dt.date
    inputs: Mapping[str, Any]
    findings: Mapping[str, Any]


def marks_of(first: Looked, standing: Looked, asked: Sequence[Asked], spared: Iterable[Dose] = ()) -> dict[Place, str]:
    """Of one child: what the check that stands says, and what was given since.

    `asked`: the doses on its notices; `spared`: what would be owed if the clinic had not decided otherwise.
    """
    marks: dict[Place, str] = {}
    for line, product, number, day in _counted(standing):
        # Some labels ask for three conjugates in infancy: the third is no A+C dose.
        early = _infant_column(standing, line, day)
        place = Place(early, number) if early else place_of(line, product, number)
        _mark(marks, place, HAD if day <= first.day else CAUGHT_UP)
    since = {(one.line, one.dose): one for one in asked if one.check_id == standing.check_id}
    wanted = demand(standing.inputs, standing.findings)
    for dose in wanted.doses if wanted else ():
        mark = _mark_of_debt(dose.part, since.get((dose.line, dose.dose)), first.day)
        _mark(marks, place_of(dose.line, dose.product, dose.dose), mark)
    for line, product, number in spared:
        _mark(marks, place_of(line, product, number), SPARED)
    for place in _over_age(standing):
        marks.setdefault(place, SPARED)
    # A counted dose beyond the table needs no column.
    return {place: mark for place, mark in marks.items() if not place.beyond or set(mark) != {HAD}}


def _counted(check: Looked) -> Iterable[tuple[str, str, int, dt.date]]:
    doses = check.inputs["doses"]
    for fate in check.findings["doses"]:
        given = doses[fate["index"]]
        for line, number in fate["counts_for"].items():
            yield line, given["product"], number, dt.date.fromisoformat(given["date"])


def _mark_of_debt(part: NoticePart, item: Asked | None, first_day: dt.date) -> str:
    if item is not None and item.state is ItemState.GIVEN:
        return HAD if item.given_on is not None and item.given_on <= first_day else CAUGHT_UP
    if item is not None and item.state is ItemState.NOT_OWED:
        return SPARED
    return OWED if part is NoticePart.CATCH_UP else ASKED


def _over_age(check: Looked) -> Iterable[Place]:
    """The places of closed lines, and of the A-line from 24 months on."""
    closed = {
        column
        for line, finding in check.findings["lines"].items()
        if finding["status"] == Status.CLOSED
        for column in columns_of(line)
    }
    closed |= {column for line, (column, _) in _INFANCY.items() if not _infant_column(check, line, check.day)}
    return (place for place in official_places() if place.vaccine in closed)


def _infant_column(check: Looked, line: str, day: dt.date) -> str | None:
    """The column of infancy of this line, while the child is that young on this day."""
    column, ends = _INFANCY.get(line, (None, None))
    return column if ends and day.toordinal() < ends.after(_birth(check).toordinal()) else None


def _birth(check: Looked) -> dt.date:
    return dt.date.fromisoformat(check.inputs["birth_date"])


def _mark(marks: dict[Place, str], place: Place, mark: str) -> None:
    """Several doses in one column (every DT, 补) stand beside each other."""
    marks[place] = marks.get(place, "") + mark
