"""A case fails for every slip of one step in the rule data, but for those that no child can tell."""

from pathlib import Path

import pytest
import yaml

from rules import national
from rules.compiling import DATA
from tests.rulebook.besides import BESIDES
from tests.rulebook.mutants import Mutant, all_mutants
from tests.rulebook.mutating import equivalents, outcomes
from tests.rules.casebook import all_cases


@pytest.mark.slow
def test_every_slip_is_caught() -> None:
    found = list(outcomes(all_mutants(), all_cases()))
    survivors = [one.mutant.name for one in found if one.caught_by is None and not one.equivalent]
    assert survivors == []
    mistaken = [f"{one.mutant.name} by {one.caught_by}" for one in found if one.caught_by and one.equivalent]
    assert mistaken == [], "these can be told after all: take them off equivalent_mutants.yaml"


def test_every_equivalent_is_a_slip_that_there_is() -> None:
    there = {name for mutant in all_mutants() for name in (mutant.place, f"{mutant.place}: {mutant.slip}")}
    assert [name for name in equivalents() if name not in there] == []
    assert len(equivalents()) == len(set(equivalents()))


def test_what_is_asked_besides_holds_of_the_law() -> None:
    assert all(check(national()) for check in BESIDES)


def named(place: str) -> dict[str, Mutant]:
    return {mutant.slip: mutant for mutant in all_mutants() if mutant.place == place}


def test_slips_of_each_kind() -> None:
    assert set(named("lines/hepb.yaml given.1.slots.2.age")) == {"1m → 0m", "1m → 2m"}
    assert set(named("lines/mmr.yaml given.1.born_before")) == {"2019-10-01 → 2019-09-30", "2019-10-01 → 2019-10-02"}
    assert set(named("lines/mmr.yaml owed.1.needed.M")) == {"2 → 1", "2 → 3"}
    assert set(named("lines/je.yaml owed.1.unvaccinated")) == {"JE-L → JE-I"}
    assert set(named("lines/je.yaml same_day")) == {"JE-L, JE-I → JE-I, JE-L"}
    assert set(named("lines/bcg.yaml exempt_when_live_avoided")) == {"true → false"}
    assert set(named("products.yaml products.MR.components")) == {"[M, R] → [R]", "[M, R] → [M]"}
    assert set(named("products.yaml products.HepB.{}")) == {"nothing → live_injected: true"}
    assert set(named("sources.yaml live_interval.span")) == {"28d → 27d", "28d → 29d"}


def test_a_slip_changes_what_it_says_and_nothing_else() -> None:
    for mutant in all_mutants():
        text = (DATA / mutant.file).read_text(encoding="utf-8")
        changed = mutant.written(text)
        assert changed != text
        assert len(changed) == len(text) + len(mutant.starts) * (len(mutant.new) - len(mutant.old))
        for start in mutant.starts:
            assert text[start : start + len(mutant.old)] == mutant.old


def test_a_slip_that_no_case_is_about_survives() -> None:
    """The measure can say no: without cases only the loader catches anything."""
    age, feeds = "lines/hepb.yaml given.1.slots.3.age", "products.yaml products.BCG.feeds"
    mutants = [*named(age).values(), *named(feeds).values()]
    assert [one.caught_by for one in outcomes(mutants, [])] == [None, None, "loader"]
    assert all(one.caught_by and one.caught_by != "loader" for one in outcomes(mutants[:2], all_cases()))


def test_equivalents_say_why() -> None:
    written = yaml.safe_load((Path(__file__).parent / "equivalent_mutants.yaml").read_text(encoding="utf-8"))
    assert all(group["why"].endswith(".") and group["mutants"] for group in written)
