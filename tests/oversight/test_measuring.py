"""Intervals and limits against scipy: exact where it is exact."""

import math
import random

import pytest
from scipy import stats

from app.oversight.measuring import Standing, funnel, standing, wilson

CASES = [(0, 1), (1, 1), (0, 20), (20, 20), (3, 20), (65, 100), (265, 270), (4182, 4959), (1, 5000)]


@pytest.mark.parametrize(("count", "of"), CASES)
def test_wilson_is_that_of_scipy(count: int, of: int) -> None:
    wanted = stats.binomtest(count, of).proportion_ci(confidence_level=0.95, method="wilson")
    found = wilson(count, of)
    assert found is not None
    assert math.isclose(found.low, wanted.low, abs_tol=1e-12)
    assert math.isclose(found.high, wanted.high, abs_tol=1e-12)


def test_nothing_divided_by_nothing_has_no_interval() -> None:
    assert wilson(0, 0) is None


def test_limits_are_binomial_quantiles() -> None:
    chance = random.Random(20260911)
    for _ in range(300):
        rate, of = chance.uniform(0.01, 0.999), chance.randrange(1, 3000)
        for confidence in (0.95, 0.998):
            tail = (1 - confidence) / 2
            found = funnel(rate, of, confidence)
            assert round(found.low * of) == stats.binom.ppf(tail, of, rate)
            assert round(found.high * of) == stats.binom.ppf(1 - tail, of, rate)


def test_a_small_school_is_not_blamed_for_chance() -> None:
    assert standing(8, 10, 0.843) is Standing.INSIDE
    assert standing(215, 279, 0.843) is Standing.VERY_LOW
    assert standing(81, 114, 0.843) is Standing.VERY_LOW
    assert standing(290, 309, 0.843) is Standing.VERY_HIGH
    assert standing(10, 10, 1.0) is Standing.INSIDE


def test_about_one_school_in_twenty_lies_outside_by_chance_and_hardly_any_far_outside() -> None:
    chance = random.Random(7)
    found = [standing(sum(chance.random() < 0.9 for _ in range(80)), 80, 0.9) for _ in range(1500)]
    outside = sum(one is not Standing.INSIDE for one in found)
    assert 0 < outside <= 0.06 * len(found)
    assert sum(one in {Standing.VERY_LOW, Standing.VERY_HIGH} for one in found) <= 0.004 * len(found)
