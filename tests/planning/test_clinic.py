"""What a clinic may say of itself: room for one to four injections, weekdays, days on which it is shut."""

import pytest

from rules.ages import iso
from rules.planning import Clinic, ClinicError, plan
from tests.planning.childhoods import child_of, complete_but, day


@pytest.mark.parametrize("injections", [0, -1, 5, 100])
def test_one_to_four_injections(injections: int) -> None:
    with pytest.raises(ClinicError, match="choose 1 to 4"):
        Clinic(injections)


@pytest.mark.parametrize("weekdays", [(), (0,), (8,), (1, 9), (-1,)])
def test_weekdays_are_monday_to_sunday(weekdays: tuple[int, ...]) -> None:
    with pytest.raises(ClinicError, match=r"1 \(Monday\) to 7 \(Sunday\)"):
        Clinic(weekdays=frozenset(weekdays))


@pytest.mark.parametrize(
    ("asked", "open_day"),
    [
        ("2026-09-10", "2026-09-10"),
        ("2026-09-11", "2026-09-15"),
        ("2026-09-30", "2026-10-06"),  # 1 October is a Thursday on which the clinic is shut
    ],
)
def test_tuesdays_and_thursdays(asked: str, open_day: str) -> None:
    clinic = Clinic(weekdays=frozenset({2, 4}), closed=frozenset({day("2026-10-01")}))
    assert iso(clinic.opens(day(asked))) == open_day


def test_a_clinic_that_never_opens_is_refused() -> None:
    start = day("2026-09-10")
    shut = Clinic(closed=frozenset(range(start, start + 500)))
    with pytest.raises(ClinicError, match="closed for 400 days in a row"):
        plan(child_of("2022-01-01", "2026-09-10"), shut)


@pytest.mark.parametrize("injections", [1, 2, 3, 4])
def test_never_more_than_the_clinic_gives(injections: int) -> None:
    """A child of five who has nothing: seven injections could be given on the first day."""
    visits = plan(child_of("2021-03-01", "2026-09-10"), Clinic(injections))
    most = max(sum(dose.product != "bOPV" for dose in visit.doses) for visit in visits)
    assert most == injections
    assert len(visits) >= {1: 15, 2: 8, 3: 6, 4: 5}[injections]


def test_an_oral_dose_takes_no_room() -> None:
    """bOPV beside two injections."""
    child = complete_but("2021-03-01", "2026-09-10", without={"DTaP": 1, "JE-L": 1, "bOPV": 1})
    (visit,) = plan(child)
    assert {dose.product for dose in visit.doses} == {"DTaP", "JE-L", "bOPV"}


def test_nothing_owed_needs_no_visit() -> None:
    assert plan(complete_but("2021-03-01", "2026-09-10", without={})) == ()
