"""Rates: their numerators and denominators, — where there is nothing to divide by, and no rounding up to a target."""

from app.counting.figures import Figures, sum_of
from app.counting.indicators import NONE, Indicator, Reported, indicators_of


def test_nothing_divided_by_nothing_is_a_dash() -> None:
    empty = indicators_of(Figures(), Reported(0, 0, 0))
    assert {one.percent for one in empty} == {NONE}
    assert {one.reached for one in empty} == {None}


def test_a_percentage_is_cut_and_never_rounded_up_to_the_target() -> None:
    assert Indicator("x", "", 9999, 10000).percent == "99.9%"
    almost = Indicator("x", "", 8999, 10000, 90)
    assert (almost.percent, almost.reached) == ("89.9%", False)
    assert Indicator("x", "", 9, 10, 90).reached


def test_who_is_exempt_is_in_no_coverage() -> None:
    figures = Figures()
    figures.by_result |= {"complete": 8, "catch_up": 1, "waived": 1, "not_checked": 5}
    figures.behind["MMR"], figures.exempt["MMR"] = 1, 1
    mmr = next(one for one in indicators_of(figures, Reported(0, 0, 0)) if one.code == "coverage.MMR")
    assert (mmr.numerator, mmr.denominator) == (8, 9)


def test_groups_add_up() -> None:
    one, other = Figures(schools=1, schools_begun=1), Figures(schools=1)
    one.by_result["complete"], other.by_result["not_checked"] = 3, 4
    one.without_certificate, one.replaced = 2, 1
    whole = sum_of([one, other])
    assert (whole.expected, whole.checked, whole.schools, whole.schools_begun) == (7, 3, 2, 1)
    assert (whole.without_certificate, whole.replaced) == (2, 1)
    assert one.expected == 3
