"""The best visits for a set of chains: those that finish earliest, then the fewest. A search that prunes, then stops.

A chain is what one line still wants, dose after dose with least distances. Exact wherever the search ends within its
budget of nodes, which it does for all but children who lack almost everything; there the best found so far is taken.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rules.ages import Day
from rules.forecasting import Projector, give
from rules.schedule import Step

#: Nodes of the search; a child with three lines needs a few dozen.
BUDGET = 1500


@dataclass(frozen=True, slots=True)
class Chain:
    """What one line still wants, the next step first, and the days its intervals are measured from."""

    line: str
    steps: tuple[Step, ...]
    anchors: dict[str, Day]
    #: The day up to which a step must be scheduled to be owed.
    owed_until: Day


@dataclass(frozen=True, slots=True)
class Given:
    """One dose of a plan."""

    line: str
    step: Step
    day: Day
    ready: Day


@dataclass(frozen=True, slots=True)
class _Node:
    """A point in the search: the chains left, the live doses of the plan so far, the next day to look at."""

    day: Day
    chains: tuple[Chain, ...]
    lives: tuple[tuple[Day, str], ...]


class Search:
    """Searches for one child at one clinic. `opens` gives the first open day on or after a day."""

    def __init__(
        self, projector: Projector, opens: Callable[[Day], Day], injections: int, is_injected: Callable[[str], bool]
    ) -> None:
        self.projector = projector
        self.opens = opens
        self.injections = injections
        self.is_injected = is_injected
        self.nodes = 0

    def best(self, chains: Sequence[Chain]) -> list[Given]:
        """The doses of the best plan, in order of day."""
        start = _Node(self.projector.as_of, tuple(chains), ())
        self.nodes = 0
        finish, found = self._earliest_finish(start)
        self.nodes = 0
        fewer = self._fewest_visits(start, finish, len({one.day for one in found}))
        return fewer or found

    def _earliest_finish(self, start: _Node) -> tuple[Day, list[Given]]:
        bound = self._bound(start)
        best: tuple[Day, list[Given]] = (10**7, [])

        def descend(node: _Node, given: list[Given]) -> bool:
            nonlocal best
            self.nodes += 1
            if not node.chains:
                finish = max((one.day for one in given), default=node.day)
                if finish < best[0]:
                    best = (finish, given)
                return finish <= bound
            if best[1] and (self.nodes > BUDGET or self._bound(node) >= best[0]):
                return self.nodes > BUDGET
            ready = self._ready(node)
            day = min(self.opens(one) for one in ready)
            return any(descend(after, given + doses) for after, doses in self._visits(node, ready, day))

        descend(start, [])
        return best

    def _fewest_visits(self, start: _Node, finish: Day, known: int) -> list[Given]:
        best: tuple[int, list[Given]] = (known, [])

        def descend(node: _Node, given: list[Given], visits: int) -> None:
            nonlocal best
            self.nodes += 1
            if not node.chains:
                best = (visits, given)
                return
            least = max(max(len(self._required(chain)) for chain in node.chains), self._visits_for_injections(node))
            if self.nodes > BUDGET or visits + least >= best[0]:
                return
            ready = self._ready(node)
            last = min(self._latest(node, chain, finish) for chain in node.chains)
            days = sorted({self.opens(one) for one in ready if self.opens(one) <= last}, reverse=True)
            for day in days:
                for after, doses in self._visits(node, ready, day):
                    if self._bound(after) <= finish:
                        descend(after, given + doses, visits + 1)

        descend(start, [], 0)
        return best[1]

    def _visits(self, node: _Node, ready: list[Day], day: Day) -> Iterator[tuple[_Node, list[Given]]]:
        """What can be given on `day`, most urgent first; each with the point in the search that follows."""
        at_hand = [index for index, one in enumerate(ready) if one <= day]
        oral = [i for i in at_hand if not self.is_injected(node.chains[i].steps[0].product)]
        rest = [i for i in at_hand if i not in oral]
        live = [i for i in rest if node.chains[i].steps[0].product in self.projector.live_codes]
        dead = [i for i in rest if i not in live]
        urgency = {i: self._finish(node.chains[i], day, node.lives) for i in at_hand}
        choices = []
        for some_live in _subsets(live, self.injections):
            room = self.injections - len(some_live)
            for some_dead in combinations(dead, min(room, len(dead))):
                chosen = (*some_live, *some_dead)
                if chosen or oral:
                    rank = (-sum(urgency[i] for i in chosen), -len(chosen), *_mmr_first(node, chosen))
                    choices.append((rank, chosen))
        for _rank, chosen in sorted(choices):
            yield self._after(node, [*oral, *chosen], ready, day)
        if len(choices) > 1 or not choices:
            return
        later = [self.opens(one) for one in ready if one > day]
        if live and later:  # wait for another live dose instead of giving this one alone
            yield _Node(min(later), node.chains, node.lives), []

    def _after(self, node: _Node, chosen: list[int], ready: list[Day], day: Day) -> tuple[_Node, list[Given]]:
        chains, doses, lives = [], [], list(node.lives)
        for index, chain in enumerate(node.chains):
            if index not in chosen:
                chains.append(chain)
                continue
            step = chain.steps[0]
            doses.append(Given(chain.line, step, day, ready[index]))
            if step.product in self.projector.live_codes:
                lives.append((day, step.product))
            rest = self._next(chain, day)
            if rest is not None:
                chains.append(rest)
        return _Node(self.opens(day + 1), tuple(chains), tuple(lives)), doses

    def _next(self, chain: Chain, day: Day) -> Chain | None:
        """The chain once its first step was given on `day`; None when nothing of it is owed then."""
        anchors = dict(chain.anchors)
        give(chain.steps[0], day, anchors)
        return self.pending(Chain(chain.line, chain.steps[1:], anchors, max(chain.owed_until, day)))

    def pending(self, chain: Chain) -> Chain | None:
        """The chain from its first step that is owed and still possible; None when there is none."""
        for position, step in enumerate(chain.steps):
            scheduled = step.age.after(self.projector.birth)
            if scheduled > chain.owed_until:
                return None
            if step.until is None or self._floor(chain, step) < step.until:
                return Chain(chain.line, chain.steps[position:], chain.anchors, chain.owed_until)
        return None

    def _floor(self, chain: Chain, step: Step) -> Day:
        scheduled = step.age.after(self.projector.birth)
        return max(floor.day for floor in self.projector.floors(step, scheduled, chain.anchors))

    def _ready(self, node: _Node) -> list[Day]:
        """The first day on which each chain's next step can be given, seen from this point."""
        return [max(node.day, self._ready_one(chain, node.lives)) for chain in node.chains]

    def _ready_one(self, chain: Chain, lives: tuple[tuple[Day, str], ...]) -> Day:
        step = chain.steps[0]
        ready = self._floor(chain, step)
        if step.product in self.projector.live_codes:
            for day, product in lives:
                if product != step.product:
                    ready = max(ready, self.projector.live_span.after(day))
        return ready

    def _required(self, chain: Chain) -> tuple[Step, ...]:
        """The steps that are owed now; later ones may join while the plan goes on."""
        birth = self.projector.birth
        return tuple(step for step in chain.steps if step.age.after(birth) <= chain.owed_until and step.until is None)

    def _visits_for_injections(self, node: _Node) -> int:
        injected = sum(self.is_injected(step.product) for chain in node.chains for step in self._required(chain))
        return -(-injected // self.injections)

    def _finish(self, chain: Chain, day: Day, lives: tuple[tuple[Day, str], ...]) -> Day:
        """The day a chain ends if it is begun on `day` and nothing else stands in its way."""
        following: Chain | None = chain
        while following is not None:
            day = self.opens(max(day, self._ready_one(following, lives)))
            following = self._next(following, day)
            lives = ()
        return day

    def _bound(self, node: _Node) -> Day:
        return max((self._finish(chain, node.day, node.lives) for chain in node.chains), default=node.day - 1)

    def _latest(self, node: _Node, chain: Chain, finish: Day) -> Day:
        """The last day on which the chain's next step can be given so that the whole still ends by `finish`."""
        low, high = node.day, finish
        while low < high:
            middle = (low + high + 1) // 2
            if self._finish(chain, middle, node.lives) <= finish:
                low = middle
            else:
                high = middle - 1
        return low


def _subsets(items: list[int], most: int) -> Iterator[tuple[int, ...]]:
    """Every choice of at most `most` items, the largest first."""
    for size in range(min(most, len(items)), -1, -1):
        yield from combinations(items, size)


def _mmr_first(node: _Node, chosen: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """When not everything fits, MMR goes first; else the order of the lines."""
    return (0 if any(node.chains[i].line == "MMR" for i in chosen) else 1, chosen)
