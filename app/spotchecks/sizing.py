"""How many children a wanted precision needs, and how many may be missing before a survey fails. Pure."""

import math
from statistics import NormalDist

from app.oversight.measuring import wilson

#: Two-sided 95 %.
Z = NormalDist().inv_cdf(0.975)


def sample_size(population: int, expected: float, precision: float) -> int:
    """n = n₀ / (1 + (n₀ − 1) / N) with n₀ = z² p (1 − p) / d², rounded up; never more than there are."""
    if not 0 < expected < 1 or not 0 < precision < 1:
        raise ValueError("The expected share and the precision lie between 0 and 1.")
    if population <= 0:
        return 0
    infinite = Z * Z * expected * (1 - expected) / precision**2
    # A hair above a whole number is that number: a matter of rounding, not of one child more.
    return min(population, math.ceil(infinite / (1 + (infinite - 1) / population) - 1e-9))


def most_misses(n: int, target: float) -> int | None:
    """The decision rule: with so many missing the lower limit still reaches the target; None: n is too few for it."""
    allowed = None
    for misses in range(n + 1):
        interval = wilson(n - misses, n)
        if interval is None or interval.low < target:
            break
        allowed = misses
    return allowed
