"""Small made-up cases for the search: one clinic, one to three courses, few doses, small distances."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from rules.ages import Day
from rules.visits import Offer


@dataclass(frozen=True)
class Wish:
    """One dose of a made-up course: from `since` on, `gap` days after the one before it, before the day `until`."""

    since: Day
    gap: int
    until: Day | None = None


@dataclass(frozen=True, eq=False)
class Made:
    """A made-up course. A wish whose day has passed is skipped, as a line skips a dose past its age."""

    line: str
    wishes: tuple[Wish, ...]
    injected: bool = True
    live: bool = False
    first: bool = False
    place: int = 0
    latest: Day | None = None
    owing: int = 0
    _after: dict[Day, "Made"] = field(default_factory=dict, repr=False)

    def offer(self, day: Day) -> Offer | None:
        found = self._next(day)
        return found[1] if found else None

    def after(self, day: Day) -> "Made":
        """The same object every time, as the search expects."""
        if day not in self._after:
            found = self._next(day)
            assert found is not None
            self._after[day] = Made(
                self.line, self.wishes, self.injected, self.live, self.first, found[0] + 1, day, self.owing - 1
            )
        return self._after[day]

    def _next(self, day: Day) -> tuple[int, Offer] | None:
        for place in range(self.place, len(self.wishes)):
            wish = self.wishes[place]
            ready = wish.since if self.latest is None else max(wish.since, self.latest + wish.gap)
            if wish.until is None or max(day, ready) < wish.until:
                return place, Offer(self.line, place, ready, wish.until, self.injected, self.live, self.first)
        return None


@dataclass(frozen=True)
class Case:
    """One clinic and the courses of one child."""

    courses: tuple[Made, ...]
    shut: frozenset[Day]
    injections: int
    live_span: int
    patience: int | None

    def opens(self, day: Day) -> Day:
        while day in self.shut:
            day += 1
        return day


def cases(seed: int, count: int, *, patient: bool, lapsing: bool) -> Iterator[Case]:
    """Random cases of one to three courses; `lapsing`: some doses have a last day."""
    chance = Random(seed)
    for _ in range(count):
        courses = tuple(
            _course(chance, number, patient=patient, lapsing=lapsing) for number in range(chance.choice([1, 2, 2, 3]))
        )
        shut = frozenset(day for day in range(60) if chance.random() < chance.choice([0, 0, 0.3, 0.5]))
        patience = chance.choice([0, 1, 2, 3]) if patient else None
        yield Case(courses, shut, chance.choice([1, 1, 2, 2, 3]), chance.choice([2, 3, 5]), patience)


def _course(chance: Random, number: int, *, patient: bool, lapsing: bool) -> Made:
    doses = chance.choice([1, 1, 2, 2])
    since = sorted(chance.choice([0, 0, 0, 1, 2, 4]) for _ in range(doses))
    until = [day + chance.randint(1, 6) if lapsing and chance.random() < 0.4 else None for day in since]
    wishes = tuple(Wish(day, chance.randint(1, 4), last) for day, last in zip(since, until, strict=True))
    injected = chance.random() < 0.85
    live = injected and chance.random() < 0.5
    return Made(f"line {number}", wishes, injected, live, live and number == 0 and patient, owing=doses)
