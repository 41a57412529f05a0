"""Drawing a sample that anybody can draw again: the seed is published, the algorithm is four lines. Pure.

1. Every school gets its part of the sample by its number of children (largest remainder), none less than one child.
2. In each school the enrolments are sorted by SHA-256 of "seed:enrolment number" (in ASCII, digests compared as bytes).
3. The first so many are the sample; those that come next are the spares, in that order.
"""

import hashlib
from collections.abc import Collection, Mapping


def shares(sizes: Mapping[int, int], wanted: int) -> dict[int, int]:
    """How many of each stratum. The sum is `wanted`, or more where every stratum has to have one."""
    filled = {one: size for one, size in sizes.items() if size > 0}
    total = sum(filled.values())
    if total == 0 or wanted <= 0:
        return {}
    if wanted >= total:
        return dict(filled)
    exact = {one: wanted * size / total for one, size in filled.items()}
    given = {one: min(filled[one], max(1, int(share))) for one, share in exact.items()}
    by_remainder = sorted(filled, key=lambda one: (-(exact[one] - int(exact[one])), one))
    while (left := wanted - sum(given.values())) > 0:
        room = [one for one in by_remainder if given[one] < filled[one]]
        for one in room[:left]:
            given[one] += 1
    return given


def order(seed: str, numbers: Collection[int]) -> list[int]:
    """All of a stratum in the order of the draw."""
    return sorted(numbers, key=lambda one: (hashlib.sha256(f"{seed}:{one}".encode("ascii")).digest(), one))


def draw(seed: str, strata: Mapping[int, Collection[int]], wanted: int) -> dict[int, list[int]]:
    """The sample of each stratum, in the order of the draw."""
    parts = shares({one: len(numbers) for one, numbers in strata.items()}, wanted)
    return {one: order(seed, strata[one])[:part] for one, part in parts.items()}


def frame_digest(strata: Mapping[int, Collection[int]]) -> str:
    """SHA-256 over all from whom was drawn, "school:enrolment" a line, sorted: whoever draws again can compare."""
    lines = sorted((stratum, one) for stratum, numbers in strata.items() for one in numbers)
    return hashlib.sha256("\n".join(f"{stratum}:{one}" for stratum, one in lines).encode()).hexdigest()
