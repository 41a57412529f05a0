"""Every plan there is for a made-up case: what the search is held against.

This side knows nothing of the search's shortcuts: on each day it tries every choice of doses, and no visit at all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import NamedTuple

from rules.ages import Day
from rules.visits import Cost, Offer
from tests.planning.synthetic import Case, Made

_NONE = Cost(left_out=10**6)
_Lives = tuple[tuple[str, Day], ...]


class _Dose(NamedTuple):
    course: Made
    offer: Offer
    ready: Day


@dataclass(frozen=True)
class _Moment:
    """A day, the first open day after the visit before, what is still wanted, the live doses of the last days."""

    day: Day
    since: Day
    courses: tuple[Made, ...]
    lives: _Lives


def best_cost(case: Case, horizon: Day) -> Cost:
    """The cost of the best plan that ends by `horizon`.

    Without a patience nothing is asked of a plan but section 6 and 7 of the rules. With one, a visit leaves no room
    unused and is no later than its own doses ask for: else a later dose could be made to wait less by giving an
    earlier one late.
    """

    @cache
    def follow(moment: _Moment) -> Cost:
        """The least cost of what is still to come; `finish` is 0 when nothing comes."""
        asked = tuple(course for course in moment.courses if course.offer(moment.day) is not None)
        gone = sum(course.owing for course in moment.courses if course not in asked)
        if not asked:
            return Cost(left_out=gone)
        if moment.day > horizon:
            return _NONE
        found = [follow(_Moment(moment.day + 1, moment.since, asked, moment.lives))]
        if moment.day not in case.shut:
            at_hand = [one for one in _doses(case, moment, asked) if one.ready <= moment.day]
            found += [visit(moment, asked, given) for given in _choices(case, moment, asked, at_hand)]
        best = min(found)
        return best._replace(left_out=best.left_out + gone)

    def visit(moment: _Moment, asked: tuple[Made, ...], given: tuple[_Dose, ...]) -> Cost:
        day = moment.day
        chosen = {one.course for one in given}
        lives = dict(moment.lives) | {one.offer.product: day for one in given if one.offer.live}
        rest = follow(
            _Moment(
                day + 1,
                0 if case.patience is None else case.opens(day + 1),
                tuple(course.after(day) if course in chosen else course for course in asked),
                tuple(sorted(lives.items())),
            )
        )
        waits = sum(too_long(case, one.ready, day) for one in given)
        return Cost(
            rest.left_out,
            max(rest.finish, day),
            rest.impatience + waits,
            rest.visits + 1,
            rest.total + day * len(given),
        )

    start = case.opens(0)
    return follow(_Moment(start, start if case.patience is not None else 0, case.courses, ()))


def too_long(case: Case, ready: Day, day: Day) -> int:
    """The days beyond the patience."""
    return 0 if case.patience is None else max(0, day - case.opens(ready) - case.patience)


def ready(case: Case, offer: Offer, lives: _Lives) -> Day:
    """The day from which the dose may be given beside these live doses."""
    blocks = [when + case.live_span for product, when in lives if offer.live and product != offer.product]
    return max([offer.ready, *blocks])


def _doses(case: Case, moment: _Moment, asked: tuple[Made, ...]) -> list[_Dose]:
    offers = [(course, course.offer(moment.day)) for course in asked]
    return [_Dose(course, offer, ready(case, offer, moment.lives)) for course, offer in offers if offer is not None]


def _choices(case: Case, moment: _Moment, asked: tuple[Made, ...], at_hand: list[_Dose]) -> Iterator[tuple[_Dose, ...]]:
    """Every set of doses that may be given together on that day."""
    must = {one.course for one in at_hand if one.offer.first}
    allowed: Callable[[tuple[_Dose, ...]], bool]
    allowed = (
        (lambda given: True) if case.patience is None else (lambda given: _strict(case, moment, asked, at_hand, given))
    )
    for size in range(1, len(at_hand) + 1):
        for given in combinations(at_hand, size):
            injections = sum(one.offer.injected for one in given)
            if injections <= case.injections and must <= {one.course for one in given} and allowed(given):
                yield given


def _strict(
    case: Case, moment: _Moment, asked: tuple[Made, ...], at_hand: list[_Dose], given: tuple[_Dose, ...]
) -> bool:
    """No room unused, and no earlier day for the same doses."""
    if moment.day > case.opens(max(moment.since, *(one.ready for one in given))):
        return False
    room = case.injections - sum(one.offer.injected for one in given)
    left = [one for one in at_hand if one not in given and (room or not one.offer.injected)]
    return all(one.offer.live for one in left) and (
        not left or len(left) > room or _another_live_soon(case, moment, asked, at_hand)
    )


def _another_live_soon(case: Case, moment: _Moment, asked: tuple[Made, ...], at_hand: list[_Dose]) -> bool:
    """Whether a live dose that cannot be given today would be kept waiting by one given today."""
    later = [one for one in _doses(case, moment, asked) if one not in at_hand and one.offer.live]
    return any(case.opens(one.ready) < moment.day + case.live_span for one in later)
