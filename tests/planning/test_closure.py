"""A plan kept to the letter leaves nothing owed: on thousands of random children, judged day by day."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from rules import contract, national
from rules.ages import add_months, parse_day
from rules.compiling import DATA
from rules.law import Law
from rules.overlays import lay
from rules.planning import Clinic, LeftOut, Plan, plan_whole
from rules.vocabulary import Child, Dose
from tests.planning.following import faults, finding, on, without_the_future
from tests.second.histories import random_children

SEED = 20260910


def clinics(seed: int) -> Iterator[Clinic]:
    """Clinics of every kind: one injection to four, every day or one day a week, shut for weeks."""
    chance = Random(seed)
    start = parse_day("2021-03-01")
    assert start is not None
    while True:
        days = frozenset(chance.sample(range(1, 8), chance.choice([1, 2, 5, 7, 7])))
        shut: frozenset[int] = frozenset()
        if chance.random() < 0.3:
            first = start + chance.randrange(3000)
            shut = frozenset(range(first, first + chance.choice([1, 7, 30])))
        yield Clinic(chance.choice([1, 2, 2, 2, 3, 4]), days, shut)


def planned(window: str, count: int, law: Law) -> Iterator[tuple[Child, Clinic, Plan]]:
    for data, clinic in zip(random_children(SEED, count, window), clinics(SEED), strict=False):
        child = contract.read(data)
        yield child, clinic, plan_whole(child, clinic, law=law)


@pytest.mark.parametrize(("window", "count"), [("nip-2026", 1600), ("dtap-2025", 400), ("nip-2021", 400)])
def test_given_as_planned_nothing_is_owed(window: str, count: int) -> None:
    _follow(window, count, national())


def test_given_as_planned_nothing_is_owed_in_a_province() -> None:
    """With days of grace, another product and a line of its own."""
    _follow("nip-2026", 200, lay(DATA / "overlays" / "sample-province.yaml", national()))


def _follow(window: str, count: int, law: Law) -> None:
    wrong, visits = [], 0
    for number, (child, clinic, plan) in enumerate(planned(window, count, law)):
        visits += len(plan.visits)
        edition = law.edition_on(child.as_of)
        wrong += [f"child {number}: {fault}" for fault in faults(child, plan, clinic, edition, law)]
    assert visits > count
    assert not wrong, "\n".join(["", *wrong[:20]])


def test_what_is_left_out_has_no_day() -> None:
    """Only an end of age leaves a dose without a day: BCG at 4, DTP at 12, everything at 18, the A vaccine at 2."""
    law, seen = national(), set()
    for child, clinic, plan in planned("nip-2026", 1600, law):
        edition = law.edition_on(child.as_of)
        for one in plan.left_out:
            after = _with_the_plan(child, plan, one)
            owed = [
                owed
                for owed in finding(on(after, after.as_of, edition, law), one.line).owed
                if owed.dose == one.owed.dose
            ]
            first = max(after.as_of, owed[0].earliest) if owed else one.until
            assert clinic.opens(first) >= one.until or _was_crowded_out(child, clinic, plan, one)
            months = [m for m in (24, 48, 72, 84, 144, 216) if add_months(child.birth, m) == one.until]
            assert months, one
            seen.add((one.line, months[0]))
    assert {months for _line, months in seen} >= {144, 216}


def _with_the_plan(child: Child, plan: Plan, left: LeftOut) -> Child:
    """The child after the doses of that line which the plan gives before the end."""
    child = without_the_future(child)
    for visit in plan.visits:
        for dose in visit.doses:
            if dose.line == left.line and visit.day < left.until:
                child = replace(child, doses=(*child.doses, Dose(dose.product, visit.day)), as_of=visit.day)
    return child


def _was_crowded_out(child: Child, clinic: Clinic, plan: Plan, left: LeftOut) -> bool:
    """With room for everything the dose would have its day: so the clinic's room was too small."""
    with_room = plan_whole(child, replace(clinic, injections=4))
    return left.owed.dose not in {one.owed.dose for one in with_room.left_out if one.line == left.line}
