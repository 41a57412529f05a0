"""What must hold of every child whatsoever, tried on histories drawn the same way every time."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import national
from tests.rules.calendar import day
from tests.rules.comparing import judge
from tests.rules.histories import Child, children

quick = settings(derandomize=True, deadline=None, database=None, max_examples=150)
thorough = settings(quick, max_examples=1500)


def order_of_entry(data: tuple[Child, list[int]]) -> None:
    child, order = data
    shuffled = [child["doses"][index] for index in order]
    doubts = [doubt | {"dose": order.index(doubt["dose"])} for doubt in child.get("doubts", ())]
    answer, other = judge(child), judge(child | {"doses": shuffled, "doubts": doubts})
    assert {**other, "doses": None} == {**answer, "doses": None}
    for place, index in enumerate(order):
        moved, stayed = other["doses"][place], answer["doses"][index]
        assert moved | {"index": index} == stayed


def later_dose(data: tuple[Child, str, int]) -> None:
    child, product, days = data
    later = {"product": product, "date": day(child["as_of"], f"{days}d")}
    answer, other = judge(child), judge(child | {"doses": [*child["doses"], later]})
    own = other["doses"].pop()
    assert other == answer
    feeds = national().products[product].feeds
    assert own["reasons"] == {line: ["in_future"] for line in feeds}
    assert (own["counts_for"], own["warnings"]) == ({}, [])


def judged_again(child: Child) -> None:
    assert judge(child) == judge(child)


def growing_older(data: tuple[Child, int]) -> None:
    child, days = data
    later = day(child["as_of"], f"{days}d")
    answer, other = judge(child), judge(child | {"as_of": later})
    for dose, before, after in zip(child["doses"], answer["doses"], other["doses"], strict=True):
        if dose["date"] is None or not child["as_of"] < dose["date"] <= later:
            assert {**after, "warnings": None} == {**before, "warnings": None}


def without_a_duplicate(child: Child) -> None:
    answer = judge(child)
    for fate in answer["doses"]:
        feeds = national().products[child["doses"][fate["index"]]["product"]].feeds
        if feeds and fate["reasons"] == {line: ["duplicate"] for line in feeds}:
            other = judge(_without(child, fate["index"]))
            assert other["lines"] == answer["lines"]
            assert other["verdict"] == answer["verdict"]


def _without(child: Child, index: int) -> Child:
    doubts = [
        doubt | {"dose": doubt["dose"] - (doubt["dose"] > index)}
        for doubt in child.get("doubts", ())
        if doubt["dose"] != index
    ]
    return child | {"doses": child["doses"][:index] + child["doses"][index + 1 :], "doubts": doubts}


def statuses_fit_together(child: Child) -> None:
    answer = judge(child)
    lines = answer["lines"].values()
    for line in lines:
        assert bool(line["owed"]) == (line["status"] in ("owed", "review"))
        assert (line["next"] is not None) == (line["status"] == "up_to_date")
        for owed in line["owed"]:
            assert (owed["state"] == "waiting") == (owed["earliest"] > child["as_of"])
            assert owed["because"]
    statuses = {line["status"] for line in lines}
    expected = "waived" if statuses & {"exempt", "closed"} else "complete"
    expected = "catch_up" if "owed" in statuses else "review" if "review" in statuses else expected
    assert answer["verdict"] == expected


def counted_or_not(child: Child) -> None:
    """Every dose of a line counts, or has a reason, or is extra; none is two of these."""
    answer = judge(child)
    for dose, fate in zip(child["doses"], answer["doses"], strict=True):
        feeds = set(national().products[dose["product"]].feeds)
        assert set(fate["counts_for"]) | set(fate["reasons"]) <= feeds
        assert not set(fate["counts_for"]) & set(fate["reasons"])
        if dose["date"] is None:
            assert set(fate["reasons"]) == feeds


def given_when_owed(child: Child) -> None:
    """Whatever is owed, given on the first day it may be, counts; and its line owes less than without it."""
    for index in reversed(range(len(child["doses"]))):
        if (child["doses"][index]["date"] or "") > child["as_of"]:
            child = _without(child, index)
    answer = judge(child)
    for line in answer["lines"]:
        _give_until_nothing_is_owed(child, line, answer["edition"])


def _give_until_nothing_is_owed(child: Child, line: str, edition: str) -> None:
    for _ in range(8):
        owed = judge(child, edition)["lines"][line]["owed"]
        if not owed:
            return
        on = max(child["as_of"], owed[0]["earliest"])
        if edition == "nip-2021" and line == "DTP" and on >= "2025-01-01":
            return  # R7: the dose is judged by a text that did not speak yet when it was asked for
        later = child | {"as_of": on}
        without = judge(later, edition)["lines"][line]["owed"]
        child = later | {"doses": [*child["doses"], {"product": owed[0]["product"], "date": on}]}
        answer = judge(child, edition)
        assert line in answer["doses"][-1]["counts_for"], (line, owed[0], answer["doses"][-1], child)
        debt = len(answer["lines"][line]["owed"])
        # A DTaP of 2021 that is listed beyond the 6th birthday counts then, but only a DT would settle the line.
        assert debt < max(len(without), 1) or (line == "DTP" and debt == len(without)), (line, owed, without, child)
    raise AssertionError(f"{line} is still owed after eight doses: {child}")


TRUTHS: dict[str, tuple[Callable[[Any], None], st.SearchStrategy[Any]]] = {
    "the order of entry does not matter": (
        order_of_entry,
        children().flatmap(lambda child: st.tuples(st.just(child), st.permutations(range(len(child["doses"]))))),
    ),
    "a dose after the check changes nothing but its own reason": (
        later_dose,
        st.tuples(children(), st.sampled_from(sorted(national().products)), st.integers(1, 400)),
    ),
    "judging twice says the same": (judged_again, children()),
    "the fate of a dose does not change as the child grows": (
        growing_older,
        st.tuples(children(), st.integers(1, 2500)),
    ),
    "a duplicate is not a dose given": (without_a_duplicate, children()),
    "statuses, states and the verdict fit together": (statuses_fit_together, children()),
    "a dose counts, has a reason, or is extra": (counted_or_not, children()),
    "what is owed counts when it is given on its first day": (given_when_owed, children(8)),
}


@pytest.mark.parametrize("truth", TRUTHS)
def test_truth(truth: str) -> None:
    _try(truth, quick)


@pytest.mark.slow
@pytest.mark.parametrize("truth", TRUTHS)
def test_truth_on_many_more(truth: str) -> None:
    _try(truth, thorough)


def _try(truth: str, how_hard: settings) -> None:
    holds, drawn = TRUTHS[truth]
    how_hard(given(drawn)(holds))()
