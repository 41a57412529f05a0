"""The statistics of spot checks against scipy, and the draw: the same seed draws the same, every school its part."""

import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.stats import binomtest, norm

from app.oversight.measuring import wilson
from app.spotchecks.drawing import draw, frame_digest, order, shares
from app.spotchecks.measuring import Word, decide, measure
from app.spotchecks.models import Outcome, SpotItem, SpotKind
from app.spotchecks.sizing import most_misses, sample_size

SIZES = some.dictionaries(some.integers(1, 200), some.integers(0, 400), max_size=40)


@given(some.integers(1, 3000).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n))))
def test_wilson_is_scipys(case: tuple[int, int]) -> None:
    hits, n = case
    ours, theirs = wilson(hits, n), binomtest(hits, n).proportion_ci(method="wilson")
    assert ours is not None
    assert math.isclose(ours.low, theirs.low, abs_tol=1e-9)
    assert math.isclose(ours.high, theirs.high, abs_tol=1e-9)


@given(some.integers(1, 100_000), some.integers(1, 999), some.integers(5, 300))
def test_a_sample_is_just_large_enough(population: int, expected: int, precision: int) -> None:
    """With the finite population correction the half width is at most d, and with one child less it is more."""
    p, d = expected / 1000, precision / 1000
    n = sample_size(population, p, d)

    def half_width(size: int) -> float:
        fpc = math.sqrt((population - size) / (population - 1)) if population > 1 else 0.0
        return float(norm.ppf(0.975)) * math.sqrt(p * (1 - p) / size) * fpc

    assert 1 <= n <= population
    assert half_width(n) <= d + 1e-9
    if n > 1:
        assert half_width(n - 1) > d - 1e-9


def test_known_sizes() -> None:
    assert sample_size(10**9, 0.5, 0.05) == 385
    assert sample_size(500, 0.5, 0.05) == 218
    assert sample_size(0, 0.5, 0.05) == 0
    with pytest.raises(ValueError, match="between 0 and 1"):
        sample_size(10, 1.0, 0.05)


def survey(seen: int, vaccinated: int) -> list[SpotItem]:
    hits, misses = [Outcome.VACCINATED] * vaccinated, [Outcome.NOT_VACCINATED] * (seen - vaccinated)
    return [SpotItem(outcome=one) for one in (*hits, *misses, Outcome.NOT_SEEN, None)]


def test_the_classic_survey() -> None:
    """270 children, 265 vaccinated, to reach 95 %."""
    line = measure(survey(270, 265), SpotKind.COVERAGE)
    assert (line.drawn, line.seen, line.hits) == (272, 270, 265)
    assert line.interval is not None
    assert (round(line.interval.low, 3), round(line.interval.high, 3)) == (0.957, 0.992)
    word, allowed = decide(line, 0.95)
    assert word is Word.REACHED
    assert allowed == most_misses(270, 0.95)
    assert allowed is not None
    assert decide(measure(survey(270, 270 - allowed), SpotKind.COVERAGE), 0.95)[0] is Word.REACHED
    assert decide(measure(survey(270, 270 - allowed - 1), SpotKind.COVERAGE), 0.95)[0] is Word.OPEN
    assert decide(measure(survey(270, 200), SpotKind.COVERAGE), 0.95)[0] is Word.MISSED
    assert decide(measure([], SpotKind.COVERAGE), 0.95) == (Word.OPEN, None)
    assert most_misses(10, 0.95) is None


def test_errors_are_of_those_seen() -> None:
    found = [Outcome.AGREES] * 7 + [Outcome.DIFFERS, Outcome.MISSING_HERE, Outcome.NOT_IN_BOOKLET, Outcome.NOT_SEEN]
    line = measure([SpotItem(outcome=one) for one in found], SpotKind.RECORDS)
    assert (line.drawn, line.seen, line.hits, line.share) == (11, 10, 3, 0.3)


@given(SIZES, some.integers(0, 3000))
def test_every_school_gets_its_part(sizes: dict[int, int], wanted: int) -> None:
    parts = shares(sizes, wanted)
    there = {one: size for one, size in sizes.items() if size}
    assert set(parts) == (set(there) if wanted else set())
    assert all(1 <= parts[one] <= there[one] for one in parts)
    total = sum(there.values())
    if wanted >= len(there):
        assert sum(parts.values()) <= max(min(wanted, total), len(there)) + len(there)
    if wanted >= total:
        assert parts == (there if wanted else {})


def test_the_parts_are_proportional() -> None:
    assert shares({1: 600, 2: 300, 3: 100}, 100) == {1: 60, 2: 30, 3: 10}
    assert shares({1: 500, 2: 1}, 50) == {1: 49, 2: 1} or sum(shares({1: 500, 2: 1}, 50).values()) == 50


def test_the_order_is_the_published_one() -> None:
    numbers = [12, 7, 99, 3]
    by_hand = sorted(numbers, key=lambda one: hashlib.sha256(f"20260903:{one}".encode()).hexdigest())
    assert order("20260903", numbers) == by_hand
    assert order("20260903", reversed(numbers)) == by_hand
    assert draw("20260903", {5: numbers}, 2) == {5: by_hand[:2]}
    assert order("20260904", range(50)) != order("20260903", range(50))
    assert frame_digest({1: [3, 2]}) == frame_digest({1: [2, 3]}) != frame_digest({2: [2, 3]})
