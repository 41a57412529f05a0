"""What a spot check says: errors of those seen, with Wilson's interval; the same by school and by clerk. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.oversight.measuring import Interval, wilson
from app.spotchecks.models import ERRORS, Outcome, SpotItem, SpotKind
from app.spotchecks.sizing import most_misses


class Word(StrEnum):
    """Of a survey: the interval lies above the target, below it, or across."""

    REACHED = "reached"
    MISSED = "missed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Line:
    """A group: drawn, seen, of these the hits (errors, or vaccinated children) with the interval of their share."""

    drawn: int
    seen: int
    hits: int
    interval: Interval | None

    @property
    def share(self) -> float | None:
        return self.hits / self.seen if self.seen else None


def measure(items: Iterable[SpotItem], kind: SpotKind) -> Line:
    """Who was not seen is no answer: shown, and not in the share."""
    items = list(items)
    seen = [one.outcome for one in items if one.outcome not in (None, Outcome.NOT_SEEN)]
    wanted = ERRORS if kind is SpotKind.RECORDS else {Outcome.VACCINATED}
    hits = sum(one in wanted for one in seen)
    return Line(len(items), len(seen), hits, wilson(hits, len(seen)))


def by(items: Sequence[SpotItem], kind: SpotKind, key: Callable[[SpotItem], int]) -> dict[int, Line]:
    groups: dict[int, list[SpotItem]] = {}
    for one in items:
        groups.setdefault(key(one), []).append(one)
    return {name: measure(group, kind) for name, group in groups.items()}


def decide(line: Line, target: float) -> tuple[Word, int | None]:
    """The decision rule of a survey, and how many unvaccinated it allows among those seen."""
    if line.interval is None:
        return Word.OPEN, None
    reached, missed = line.interval.low >= target, line.interval.high < target
    return (Word.REACHED if reached else Word.MISSED if missed else Word.OPEN), most_misses(line.seen, target)
