"""The best visits for a set of courses. A search that prunes, and is exact wherever it ends within its budget of nodes.

Best means, one after the other: no dose is left out that could have a day; the last dose comes early; no dose waits
beyond the patience only to save a visit; few visits; every dose early. Two things are never given up: MMR is among the
doses of a visit on which it may be given (section 6), and there is no visit with room for a dose that may be given,
unless a live one waits for another live one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import NamedTuple, Protocol

from rules.ages import Day, Span

#: Nodes of the search; a child with three lines needs a few dozen.
BUDGET = 1000


@dataclass(frozen=True, slots=True)
class Offer:
    """A dose that a course wants, from the day `ready` on and, where `until` is set, before that day."""

    product: str
    dose: int
    ready: Day
    until: Day | None = None
    injected: bool = True
    live: bool = False
    #: The dose that goes before all others when not everything fits.
    first: bool = False


class Course(Protocol):
    """What one line wants, dose after dose. `owing`: the doses owed on the first day that are not given yet."""

    line: str
    owing: int

    def offer(self, day: Day) -> Offer | None:
        """What can be given on `day`, or on the first day after it on which something can."""

    def after(self, day: Day) -> "Course":
        """The course once its offer of `day` was given on `day`; the same object every time."""


class Given(NamedTuple):
    """One dose of a plan: on its day, and from which day on it might have been given beside the doses before it."""

    course: Course
    offer: Offer
    day: Day
    ready: Day


class Cost(NamedTuple):
    """What is kept small, the first thing first; compared in this order."""

    left_out: int = 0
    finish: Day = 0
    impatience: int = 0
    visits: int = 0
    total: int = 0


#: The latest day of each live product of the plan.
_Lives = tuple[tuple[str, Day], ...]


class _Node(NamedTuple):
    """A point in the search: nothing is given before `day`; the courses that go on, the live doses of the plan."""

    day: Day
    courses: tuple[Course, ...]
    lives: _Lives
    cost: Cost
    given: tuple[Given, ...]


class _Ahead(NamedTuple):
    """The best that a course could do by itself."""

    left_out: int
    finish: Day
    doses: int
    injected: int
    total: int


class Search:
    """Searches for one child at one clinic. `opens` gives the first open day on or after a day."""

    def __init__(
        self, opens: Callable[[Day], Day], injections: int, live_span: Span, patience: int | None, budget: int = BUDGET
    ) -> None:
        self.opens = cache(opens)
        self.injections = injections
        self.live_span = live_span
        self.patience = patience
        self.budget = budget
        self.nodes = 0
        self._best = _NOTHING_YET
        self._seen: dict[tuple[Day, tuple[Course, ...], _Lives], Cost] = {}
        self._ahead: dict[tuple[Course, Day, Day], _Ahead] = {}

    def best(self, courses: Sequence[Course], begin: Day) -> tuple[Given, ...]:
        """The doses of the best plan that begins on or after `begin`, in order of day."""
        start = self._settled(_Node(self.opens(begin), tuple(courses), (), Cost(), ()))
        self.nodes = 0
        self._best = _NOTHING_YET
        self._seen.clear()
        self._descend(start)
        return self._best[1]

    @property
    def exact(self) -> bool:
        """Whether the last search ended by itself."""
        return self.nodes <= self.budget

    def _descend(self, node: _Node) -> None:
        if not node.courses:
            if node.cost < self._best[0]:
                self._best = (node.cost, node.given)
            return
        self.nodes += 1
        if self._best is not _NOTHING_YET and self.nodes > self.budget:
            return
        place = (node.day, node.courses, node.lives)
        spent = node.cost._replace(finish=0)  # the last dose is still to come
        known = self._seen.get(place)
        if known is not None and known <= spent:
            return
        self._seen[place] = spent
        for bound, _order, after in sorted(self._children(node), key=lambda one: one[:2]):
            if bound >= self._best[0]:
                return
            self._descend(after)

    def _children(self, node: _Node) -> Iterator[tuple[Cost, tuple[int, ...], _Node]]:
        """Every visit that may come next, each with the least cost that can follow it."""
        ready = [self._ready(course, node.day, node.lives) for course in node.courses]
        for day in sorted(set(ready)):
            if self._bound(node._replace(day=day)) >= self._best[0]:
                return  # the later the visit, the more it costs
            offers = [course.offer(day) for course in node.courses]
            at_hand = [
                index
                for index, course in enumerate(node.courses)
                if offers[index] is not None and self._ready(course, day, node.lives) == day
            ]
            new = {index for index in at_hand if ready[index] == day}
            for chosen in self._choices(node, offers, at_hand, day):
                if new.isdisjoint(chosen):
                    continue  # the same doses could be given on an earlier day
                after = self._after(node, chosen, offers, day)
                yield self._bound(after), chosen, after

    def _choices(
        self, node: _Node, offers: Sequence[Offer | None], at_hand: list[int], day: Day
    ) -> Iterator[tuple[int, ...]]:
        """What can be given together: no room is left unused, unless a live dose waits for another one."""
        asked = [(index, offer) for index in at_hand if (offer := offers[index]) is not None]
        oral = tuple(index for index, offer in asked if not offer.injected)
        live = [index for index, offer in asked if offer.injected and offer.live]
        dead = [index for index, offer in asked if offer.injected and not offer.live]
        first = {index for index, offer in asked if offer.first}
        may_wait = self._another_live_soon(node, at_hand, day)
        for size in range(min(len(live), self.injections), -1, -1):
            for some_live in combinations(live, size):
                if not first <= set(some_live):
                    continue
                room = self.injections - size
                unused = room - min(room, len(dead))
                if 0 < len(live) - size <= unused and not may_wait:
                    continue
                for some_dead in combinations(dead, min(room, len(dead))):
                    if oral or some_live or some_dead:
                        yield tuple(sorted((*oral, *some_live, *some_dead)))

    def _another_live_soon(self, node: _Node, at_hand: list[int], day: Day) -> bool:
        """Whether a live dose that is not at hand today would be kept waiting by one given today."""
        limit = self.live_span.after(day)
        for index, course in enumerate(node.courses):
            if index not in at_hand and self._ready(course, day, node.lives) < limit:
                offer = course.offer(self._ready(course, day, node.lives))
                if offer is not None and offer.live:
                    return True
        return False

    def _after(self, node: _Node, chosen: tuple[int, ...], offers: Sequence[Offer | None], day: Day) -> _Node:
        courses, given, lives = list(node.courses), list(node.given), dict(node.lives)
        impatience, total = node.cost.impatience, node.cost.total
        for index in chosen:
            offer = offers[index]
            assert offer is not None
            ready = self._free(offer, node.lives)
            given.append(Given(courses[index], offer, day, ready))
            if offer.live:
                lives[offer.product] = day
            impatience += self._too_long(ready, day)
            total += day
            courses[index] = courses[index].after(day)
        cost = Cost(node.cost.left_out, day, impatience, node.cost.visits + 1, total)
        return self._settled(
            _Node(self.opens(day + 1), tuple(courses), tuple(sorted(lives.items())), cost, tuple(given))
        )

    def _settled(self, node: _Node) -> _Node:
        """Without the courses that want nothing more; what they were owed and did not get is left out."""
        courses = []
        left_out = node.cost.left_out
        for course in node.courses:
            if self._ready(course, node.day, node.lives) < _NEVER:
                courses.append(course)
            else:
                left_out += course.owing
        return node._replace(courses=tuple(courses), cost=node.cost._replace(left_out=left_out))

    def _bound(self, node: _Node) -> Cost:
        """The least cost of whatever follows from here."""
        left_out, finish, impatience, visits, total = node.cost
        doses = 0
        injected = 0
        offers = [course.offer(node.day) for course in node.courses]
        live_products = {offer.product for offer in offers if offer is not None and offer.live}
        for course, offer in zip(node.courses, offers, strict=True):
            block = self._free(offer, node.lives) if offer is not None else 0
            ahead = self._alone(course, node.day, block)
            left_out += ahead.left_out
            if ahead.left_out or offer is None:
                continue  # which dose is left out, and so when the others come, is not known
            finish = max(finish, ahead.finish)
            total += ahead.total
            doses = max(doses, ahead.doses)
            injected += ahead.injected
            if not offer.live or len(live_products) == 1:  # another live dose may still put this one off
                impatience += self._too_long(block, node.day)
        visits += max(doses, -(-injected // self.injections))
        return Cost(left_out, finish, impatience, visits, total)

    def _alone(self, course: Course, day: Day, free: Day) -> _Ahead:
        """What the course could do from `day` on if nothing else stood in its way; `free`: no dose of it before."""
        key = (course, day, free if free > day else 0)
        found = self._ahead.get(key)
        if found is not None:
            return found
        offer = course.offer(day)
        when = self.opens(max(day, free, offer.ready)) if offer is not None else _NEVER
        while offer is not None and offer.until is not None and when >= offer.until:
            offer = course.offer(when)
            when = self.opens(max(when, offer.ready)) if offer is not None else _NEVER
        if offer is None:
            found = _Ahead(course.owing, 0, 0, 0, 0)
        else:
            rest = self._alone(course.after(when), self.opens(when + 1), 0)
            found = _Ahead(
                rest.left_out,
                max(when, rest.finish),
                rest.doses + 1,
                rest.injected + offer.injected,
                rest.total + when,
            )
        self._ahead[key] = found
        return found

    def _ready(self, course: Course, day: Day, lives: _Lives) -> Day:
        """The first open day, `day` or later, on which the course's next dose can be given."""
        offer = course.offer(day)
        while offer is not None:
            when = self.opens(max(day, self._free(offer, lives)))
            if offer.until is None or when < offer.until:
                return when
            offer = course.offer(when)
        return _NEVER

    def _free(self, offer: Offer, lives: _Lives) -> Day:
        """The day from which the dose may be given beside the live doses of the plan."""
        if not offer.live:
            return offer.ready
        return max([offer.ready, *(self.live_span.after(day) for product, day in lives if product != offer.product)])

    def _too_long(self, ready: Day, day: Day) -> int:
        if self.patience is None:
            return 0
        return max(0, day - self.opens(ready) - self.patience)


_NEVER: Day = 10**7
_NOTHING_YET: tuple[Cost, tuple[Given, ...]] = (Cost(left_out=_NEVER), ())
