"""Where a session in a school is worth the way: enough children who could be vaccinated now and are not booked."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.clinic.listing import Line, Stand

#: Fewer than this many children are asked to come to the center.
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A school with enough children for a session of its own."""

    school_id: int
    school: str
    children: int


def temporary_sessions(lines: Sequence[Line], today: dt.date, enough: int = ENOUGH) -> list[Suggestion]:
    """The schools with at least `enough` such children, most first."""
    waiting = [
        one.missing for one in lines if one.stand in {Stand.TO_BOOK, Stand.NOT_REACHED} and one.missing.ready(today)
    ]
    counted, names = Counter(one.school_id for one in waiting), {one.school_id: one.school for one in waiting}
    return [Suggestion(one, names[one], number) for one, number in counted.most_common() if number >= enough]
