"""The timetable of a child who gets every dose on its day: asked of the judgement itself, so that the wall says what
the desk says.
"""

from dataclasses import dataclass

from rules.ages import Day, Span, add_months
from rules.assessing import assess
from rules.compiling import national
from rules.law import Law
from rules.vocabulary import Assessment, Child, Dose

#: Nothing is asked for the first time after this age.
_YEARS = 18


@dataclass(frozen=True, slots=True)
class Entry:
    """One dose, due at an age."""

    line: str
    product: str
    dose: int
    age: Span
    #: Whole months of age, by which tables are ordered and counted.
    months: int


def timetable(edition: str, law: Law | None = None) -> list[Entry]:
    """Every dose of a child born when the edition came into force, in the order of giving."""
    law = law or national()
    chosen = law.edition(edition)
    birth = day = chosen.in_force
    doses: list[Dose] = []
    found: list[Entry] = []
    while day < add_months(birth, 12 * _YEARS):
        finding = assess(Child(birth, day, tuple(doses)), chosen, law)
        given = [(line.line, owed) for line in finding.lines for owed in line.owed[:1] if owed.earliest <= day]
        for line, owed in given:
            doses.append(Dose(owed.product, day))
            found.append(Entry(line, owed.product, owed.dose, owed.age, _months(birth, day)))
        following = None if given else _following(finding, day)
        if following is None and not given:
            break
        day = following or day
    return found


def due_by(entries: list[Entry], months: int) -> dict[str, int]:
    """How many doses of each line are due on the day a child is so many months old."""
    counted: dict[str, int] = {}
    for one in entries:
        counted[one.line] = counted.get(one.line, 0) + (one.months <= months)
    return counted


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
