"""How sure a rate is: intervals and limits, so that a small school is not ranked by chance. Pure.

Wilson 1927 for one rate; for many beside each other the exact binomial limits around the common rate (a funnel plot,
Spiegelhalter 2005): within 95 % is chance, outside 99.8 % is not.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from statistics import NormalDist

_Z95 = NormalDist().inv_cdf(0.975)
_INNER, _OUTER = 0.95, 0.998


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


class Standing(StrEnum):
    """Where a rate lies in its funnel. Nobody without a denominator lies anywhere."""

    INSIDE = "inside"
    LOW = "low"
    VERY_LOW = "very_low"
    HIGH = "high"
    VERY_HIGH = "very_high"


def wilson(count: int, of: int, z: float = _Z95) -> Interval | None:
    """The score interval of a rate; None where nothing is divided by nothing."""
    if not of:
        return None
    rate, square = count / of, z * z
    middle = (rate + square / (2 * of)) / (1 + square / of)
    half = z * math.sqrt(rate * (1 - rate) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if count == 0 else max(middle - half, 0.0)
    high = 1.0 if count == of else min(middle + half, 1.0)
    return Interval(low, high)


def funnel(rate: float, of: int, confidence: float) -> Interval:
    """Between which rates `of` children of a district with this rate lie by chance: binomial quantiles."""
    tail = (1 - confidence) / 2
    return Interval(_quantile(tail, of, rate) / of, _quantile(1 - tail, of, rate) / of)


def standing(count: int, of: int, rate: float) -> Standing:
    """A school in the funnel of its district."""
    share = count / of
    outer, inner = funnel(rate, of, _OUTER), funnel(rate, of, _INNER)
    if share < outer.low:
        return Standing.VERY_LOW
    if share > outer.high:
        return Standing.VERY_HIGH
    if share < inner.low:
        return Standing.LOW
    return Standing.HIGH if share > inner.high else Standing.INSIDE


def band(rate: float, sizes: Iterable[int]) -> list[tuple[int, Interval, Interval]]:
    """The two bands of the picture, for each of these sizes: 95 %, 99.8 %."""
    return [(of, funnel(rate, of, _INNER), funnel(rate, of, _OUTER)) for of in sizes]


@lru_cache(maxsize=2**16)
def _quantile(share: float, of: int, rate: float) -> int:
    """The smallest number whose cumulated binomial probability reaches `share`."""
    if rate <= 0.0:
        return 0
    if rate >= 1.0:
        return of
    # What lies ten deviations under the mean adds nothing that a float could hold.
    number = max(0, math.floor(of * rate - 10 * math.sqrt(of * rate * (1 - rate)) - 10))
    odds = math.log(rate) - math.log1p(-rate)
    logarithm = math.lgamma(of + 1) - math.lgamma(number + 1) - math.lgamma(of - number + 1)
    logarithm += number * math.log(rate) + (of - number) * math.log1p(-rate)
    reached = math.exp(logarithm)
    while reached < share - 1e-12 and number < of:
        logarithm += math.log((of - number) / (number + 1)) + odds
        number += 1
        reached += math.exp(logarithm)
    return number
