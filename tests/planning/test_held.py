"""Every dose that is not given at once says why."""

from dataclasses import replace

import pytest

from rules.ages import iso
from rules.planning import PATIENCE, Clinic, Held, plan_whole
from rules.vocabulary import Child, Status
from tests.planning.childhoods import child_of, complete_but, day

WEDNESDAY = "2026-09-09"


def held(child: Child, clinic: Clinic | None = None) -> dict[tuple[str, int], tuple[str, Held]]:
    found = plan_whole(child, clinic)
    return {(dose.product, dose.dose): (iso(visit.day), dose.held) for visit in found.visits for dose in visit.doses}


def test_at_once() -> None:
    child = complete_but("2021-03-01", WEDNESDAY, without={"HepA-L": 1})
    assert held(child) == {("HepA-L", 1): (WEDNESDAY, Held.NOTHING)}


def test_an_interval() -> None:
    child = complete_but("2021-03-01", WEDNESDAY, without={"MMR": 2}, instead={"MMR": ["2026-08-20"]})
    assert held(child) == {("MMR", 2): ("2026-09-17", Held.INTERVAL)}


def test_a_live_dose_of_another_product() -> None:
    child = complete_but("2021-03-01", WEDNESDAY, without={"MMR": 1}, instead={"Var": ["2026-09-01"]})
    assert held(child) == {("MMR", 2): ("2026-09-29", Held.LIVE)}


def test_a_live_dose_of_the_plan() -> None:
    child = complete_but("2021-03-01", WEDNESDAY, without={"MMR": 1, "HepA-L": 1})
    assert held(child, Clinic(injections=1)) == {
        ("MMR", 2): (WEDNESDAY, Held.NOTHING),
        ("HepA-L", 1): ("2026-10-07", Held.LIVE),
    }


def test_the_clinic_is_shut() -> None:
    child = complete_but("2021-03-01", WEDNESDAY, without={"HepA-L": 1})
    assert held(child, Clinic(weekdays=frozenset({2}))) == {("HepA-L", 1): ("2026-09-15", Held.CLOSED)}


def test_a_visit_was_full() -> None:
    child = complete_but("2021-03-01", WEDNESDAY, without={"DTaP": 1, "MPSV-AC": 1})
    assert held(child, Clinic(injections=1)) == {
        ("DTaP", 4): (WEDNESDAY, Held.NOTHING),
        ("MPSV-AC", 3): ("2026-09-10", Held.FULL),
    }


def test_waiting_for_others_saves_a_visit() -> None:
    """HepB 3 may be given on 17 September, DTaP 4 five days later: one visit, on the later day."""
    child = complete_but(
        "2024-01-01",
        WEDNESDAY,
        without={"DTaP": 2, "HepB": 2},
        instead={"DTaP": ["2026-03-22"], "HepB": ["2026-07-19"]},
    )
    assert held(child) == {("HepB", 3): ("2026-09-22", Held.TOGETHER), ("DTaP", 4): ("2026-09-22", Held.INTERVAL)}


def test_nobody_waits_for_years_to_save_a_visit() -> None:
    """AC 2 is three years away; JE-L 2 does not wait for it, nor for anything else longer than the patience."""
    child = complete_but("2019-12-03", "2026-09-10", without={"bOPV": 1, "DTaP": 1, "JE-L": 1, "MPSV-AC": 1})
    found = held(child)
    assert found["MPSV-AC", 4][0] == "2029-09-10"
    assert found["JE-L", 2] == ("2026-09-11", Held.FULL)
    for nothing in ("2021-03-01", "2015-06-30", "2024-02-29"):
        for visit in plan_whole(child_of(nothing, "2026-09-10"), Clinic(injections=3)).visits:
            for dose in visit.doses:
                assert visit.day - dose.ready <= PATIENCE


def test_mmr_goes_first() -> None:
    """Of six injections that could be given at once, and room for one."""
    child = complete_but("2021-03-01", WEDNESDAY, without=dict.fromkeys(("HepB", "IPV", "DTaP", "MMR", "JE-L"), 1))
    assert held(child, Clinic(injections=1))["MMR", 2] == (WEDNESDAY, Held.NOTHING)


def test_two_live_doses_on_one_day_or_a_month_apart() -> None:
    child = complete_but("2021-03-01", WEDNESDAY, without={"MMR": 1, "JE-L": 1, "HepA-L": 1})
    assert held(child) == {
        ("MMR", 2): (WEDNESDAY, Held.NOTHING),
        ("JE-L", 2): (WEDNESDAY, Held.NOTHING),
        ("HepA-L", 1): ("2026-10-07", Held.LIVE),
    }


@pytest.mark.parametrize(
    ("line", "born", "as_of", "without", "until", "afterwards"),
    [
        ("BCG", "2022-09-12", "2026-09-09", {"BCG": 1}, "2026-09-12", Status.CLOSED),
        ("DTP", "2014-09-12", "2026-09-09", {"DTaP": 4}, "2026-09-12", Status.CLOSED),
        ("Men", "2024-09-12", "2026-09-09", {"MPSV-A": 2}, "2026-09-12", Status.OWED),
    ],
)
def test_no_open_day_is_left(
    line: str, born: str, as_of: str, without: dict[str, int], until: str, afterwards: Status
) -> None:
    """The clinic opens again after the birthday that ends the dose."""
    child = complete_but(born, as_of, without=without)
    shut = Clinic(closed=frozenset(range(day(as_of), day(until))))
    found = plan_whole(child, shut)
    assert {(one.line, one.until, one.afterwards) for one in found.left_out} == {(line, day(until), afterwards)}
    assert not plan_whole(replace(child), Clinic()).left_out or line == "DTP", "open every day, there is a day for it"


def test_doses_beyond_an_end_of_age_have_no_visit() -> None:
    """DT 2 and 3 are listed as owed at eleven, but their days come after the 12th birthday."""
    child = complete_but("2014-09-20", WEDNESDAY, without={"DTaP": 4})
    found = plan_whole(child)
    assert [(one.line, one.owed.dose) for one in found.left_out] == [("DTP", 2), ("DTP", 3)]
    assert held(child)["DT", 1] == (WEDNESDAY, Held.NOTHING)


def test_a_birthday_on_the_way_changes_the_product() -> None:
    """The day before seven: the clinic opens the day after, and gives DT instead of DTaP."""
    child = complete_but("2019-09-10", WEDNESDAY, without={"DTaP": 1, "bOPV": 0})
    assert ("DTaP", 4) in held(child)
    assert held(child, Clinic(closed=frozenset({day(WEDNESDAY)})))["DT", 4] == ("2026-09-10", Held.AGE)
