"""The timetable of a child who gets every dose on its day: asked of the judgement itself, so that the wall says what
the desk says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rules.ages import Day, Span, add_months
from rules.assessing import assess
from rules.compiling import national
from rules.law import Law
from rules.schedule import Edition
from rules.vocabulary import Assessment, Child, Dose

#: Nothing is asked for the first time after this age.
_YEARS = 18


@dataclass(frozen=True, slots=True)
class Entry:
    """One dose, due at an age and given on a day."""

    line: str
    product: str
    dose: int
    age: Span
    #: Whole months of age, by which tables are ordered and counted.
    months: int
    day: Day


def timetable(edition: str, law: Law | None = None) -> list[Entry]:
    """Every dose of a child born when the edition came into force, in the order of giving."""
    law = law or national()
    chosen = law.edition(edition)
    birth = chosen.in_force
    return list(_given(birth, add_months(birth, 12 * _YEARS), law, lambda _day: chosen, late=0))


def followed(birth: Day, until: Day, law: Law | None = None, *, late: int = 0) -> list[Entry]:
    """What a child born on a day was given until a day, by the law as it stood each time, always `late` days late."""
    law = law or national()
    first = law.editions[0]
    return list(_given(birth, until, law, lambda day: first if day < first.in_force else law.edition_on(day), late))


def due_by(entries: list[Entry], months: int) -> dict[str, int]:
    """How many doses of each line are due on the day a child is so many months old."""
    counted: dict[str, int] = {}
    for one in entries:
        counted[one.line] = counted.get(one.line, 0) + (one.months <= months)
    return counted


def _given(birth: Day, until: Day, law: Law, edition_on: Callable[[Day], Edition], late: int) -> Iterator[Entry]:
    """One visit after the other: everything that is owed on the day of the visit."""
    doses: list[Dose] = []
    due: Day | None = birth
    while due is not None and due <= until:
        day = min(due + late, until) if doses else due  # what is given at birth is given at birth
        finding = assess(Child(birth, day, tuple(doses)), edition_on(day), law)
        now = [(line.line, owed) for line in finding.lines for owed in line.owed[:1] if owed.earliest <= day]
        for line, owed in now:
            doses.append(Dose(owed.product, day))
            yield Entry(line, owed.product, owed.dose, owed.age, _months(birth, day), day)
        if now:
            finding = assess(Child(birth, day, tuple(doses)), edition_on(day), law)
        due = _following(finding, day)


def _following(finding: Assessment, day: Day) -> Day | None:
    """The next day on which something is to be given."""
    days = [owed.earliest for line in finding.lines for owed in line.owed]
    days += [line.next.from_day for line in finding.lines if line.next]
    return min((one for one in days if one > day), default=None)


def _months(birth: Day, day: Day) -> int:
    months = 0
    while add_months(birth, months + 1) <= day:
        months += 1
    return months
