"""What changes when other terms are switched on: another edition, or a province's overlay.

For one child the lines and doses that differ; for many, one after the other, who is newly owed what. Nothing is kept
but the counts, so a district needs no more memory than a class.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from rules.assessing import assess
from rules.law import Law
from rules.schedule import Edition
from rules.vocabulary import Assessment, Child, DoseFate, LineFinding, Owed, Status, Verdict

Name = TypeVar("Name")
#: A dose as counts name it: the line, the product to give, the number.
Asked = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """By which law and edition to judge; without an edition by the one in force on the child's day."""

    law: Law
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class DoseChange:
    """A dose that counts otherwise, or is refused for other reasons."""

    index: int
    before: DoseFate
    after: DoseFate


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that stands otherwise. `before` is None for a line that only the other law has, `after` the reverse."""

    line: str
    before: LineFinding | None
    after: LineFinding | None
    newly_owed: tuple[Owed, ...]
    no_longer_owed: tuple[Owed, ...]
    doses: tuple[DoseChange, ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """One child under both terms, and the lines that differ."""

    before: Assessment
    after: Assessment
    lines: tuple[LineChange, ...]

    @property
    def newly_owed(self) -> tuple[tuple[str, Owed], ...]:
        return tuple((change.line, owed) for change in self.lines for owed in change.newly_owed)


@dataclass(slots=True)
class Tally:
    """What changes over many children: children by dose, and by their verdict before and after."""

    children: int = 0
    changed: int = 0
    newly_owing: int = 0
    newly_owed: Counter[Asked] = field(default_factory=Counter)
    no_longer_owed: Counter[Asked] = field(default_factory=Counter)
    verdicts: Counter[tuple[Verdict, Verdict]] = field(default_factory=Counter)

    def add(self, switch: Switch) -> None:
        self.children += 1
        self.verdicts[switch.before.verdict, switch.after.verdict] += 1
        self.changed += bool(switch.lines)
        self.newly_owing += any(change.newly_owed for change in switch.lines)
        for change in switch.lines:
            self.newly_owed.update(_asked(change.line, owed) for owed in change.newly_owed)
            self.no_longer_owed.update(_asked(change.line, owed) for owed in change.no_longer_owed)


def switch(child: Child, before: Terms, after: Terms) -> Switch:
    """The child judged under both terms."""
    first = assess(child, before.edition, before.law)
    second = assess(child, after.edition, after.law)
    ours = {finding.line: finding for finding in first.lines}
    theirs = {finding.line: finding for finding in second.lines}
    changes = (_line(line, ours.get(line), theirs.get(line), first, second) for line in ours | theirs)
    return Switch(first, second, tuple(change for change in changes if change is not None))


def switch_all(
    children: Iterable[tuple[Name, Child]], before: Terms, after: Terms, tally: Tally
) -> Iterator[tuple[Name, Switch]]:
    """The children for whom something changes, one after the other; every child is counted in `tally`."""
    for name, child in children:
        found = switch(child, before, after)
        tally.add(found)
        if found.lines:
            yield name, found


def _line(
    line: str, before: LineFinding | None, after: LineFinding | None, first: Assessment, second: Assessment
) -> LineChange | None:
    doses = tuple(
        DoseChange(one.index, one, other)
        for one, other in zip(first.doses, second.doses, strict=True)
        if (one.counts_for.get(line), one.faults.get(line)) != (other.counts_for.get(line), other.faults.get(line))
    )
    had, has = _owed(before), _owed(after)
    before_asked = {_asked(line, owed) for owed in had}
    after_asked = {_asked(line, owed) for owed in has}
    newly = tuple(owed for owed in has if _asked(line, owed) not in before_asked)
    gone = tuple(owed for owed in had if _asked(line, owed) not in after_asked)
    same_status = before is not None and after is not None and before.status is after.status
    if same_status and not (doses or newly or gone):
        return None
    return LineChange(line, before, after, newly, gone, doses)


def _owed(finding: LineFinding | None) -> tuple[Owed, ...]:
    """The debts that stand; those of a line in review do not."""
    return finding.owed if finding is not None and finding.status is Status.OWED else ()


def _asked(line: str, owed: Owed) -> Asked:
    return (line, owed.product, owed.dose)
