"""The paragraph "Counting", case by case: what is in a denominator, what stands beside it, and what never counts."""

import datetime as dt

from app.counting.baseline import Asked, Origin, Settings, count_baseline, sort_doses
from app.counting.columns import Place, place_of, places_with
from app.notices.models import ItemState, NoticePart

DAY = dt.date(2026, 9, 10)
RECHECK = dt.date(2026, 12, 31)
COUNTS_DUE, NOT_DUE = Settings(RECHECK, due_counts=True), Settings(RECHECK, due_counts=False)
AT = dt.datetime(2026, 10, 8, tzinfo=dt.UTC)


def asked(line: str = "MMR", dose: int = 2, product: str = "MMR", **more) -> Asked:
    settings = {
        "enrolment_id": 1,
        "check_id": 1,
        "of_first_check": True,
        "check_day": DAY,
        "part": NoticePart.CATCH_UP,
        "earliest": DAY,
        "state_at_check": "overdue",
        "state": ItemState.OPEN,
        **more,
    }
    return Asked(line=line, product=product, dose=dose, **settings)


def given(line: str = "MMR", dose: int = 2, on: dt.date = dt.date(2026, 10, 8), **more) -> Asked:
    return asked(line, dose, state=ItemState.GIVEN, given_on=on, closed_at=AT, **more)


def test_a_child_is_caught_up_when_every_dose_is() -> None:
    half = count_baseline([[given(), asked("HepA", 1, "HepA-L")]], COUNTS_DUE)
    whole = count_baseline([[given(), given("HepA", 1, product="HepA-L")]], COUNTS_DUE)
    assert (half.children, half.caught_up) == (1, 0)
    assert (whole.children, whole.caught_up) == (1, 1)
    assert (half.doses.owed, half.doses.caught_up) == (2, 1)


def test_bcg_is_in_the_doses_and_not_in_the_rate_of_children() -> None:
    only = count_baseline([[asked("BCG", 1, "BCG")]], COUNTS_DUE)
    beside = count_baseline([[asked("BCG", 1, "BCG"), given()]], COUNTS_DUE)
    assert (only.children, only.doses.owed) == (0, 1)
    assert (beside.children, beside.caught_up) == (1, 1)


def test_what_cannot_be_given_before_the_deadline_is_in_no_denominator() -> None:
    late = asked(earliest=RECHECK + dt.timedelta(days=1))
    last = asked(earliest=RECHECK)
    assert count_baseline([[late]], COUNTS_DUE).children == 0
    assert count_baseline([[late]], COUNTS_DUE).doses.too_early == 1
    assert count_baseline([[last]], COUNTS_DUE).doses.owed == 1


def test_what_is_not_owed_any_more_never_counts_as_missed() -> None:
    found = count_baseline([[asked(state=ItemState.NOT_OWED), given("HepA", 1, product="HepA-L")]], COUNTS_DUE)
    assert (found.children, found.caught_up, found.doses.owed, found.doses.not_owed) == (1, 1, 1, 1)


def test_a_reason_why_not_leaves_the_dose_open() -> None:
    found = count_baseline([[asked(state=ItemState.FAILED, failed_because="refused"), asked("HepA", 1)]], COUNTS_DUE)
    assert (found.children, found.caught_up, found.doses.owed) == (1, 0, 2)
    assert found.reasons == {"refused": 1, "": 1}


def test_a_dose_found_in_a_record_closes_like_any_other_and_is_shown() -> None:
    found = count_baseline([[given(on=dt.date(2021, 9, 16))]], COUNTS_DUE)
    assert (found.caught_up, found.doses.caught_up, found.doses.found_later) == (1, 1, 1)


def test_debts_in_review_are_no_baseline_and_stand_apart_when_they_prove_true() -> None:
    first = asked(part=NoticePart.VERIFY)
    later = asked(of_first_check=False, check_id=2)
    found = count_baseline([[first, later]], COUNTS_DUE)
    assert (found.children, found.doses.owed, found.after_review, found.newly_due) == (0, 0, 1, 0)


def test_what_fell_due_later_stands_apart() -> None:
    doses = [given(), asked("DTP", 5, "DTaP", of_first_check=False, check_id=2)]
    found = count_baseline([doses], COUNTS_DUE)
    assert (found.children, found.caught_up, found.newly_due, found.doses.owed) == (1, 1, 1, 1)


def test_the_same_dose_on_a_second_notice_is_one_dose() -> None:
    again = given(of_first_check=False, check_id=2)
    assert [one.origin for one in sort_doses([given(), again], COUNTS_DUE)] == [Origin.BASELINE]


def test_only_due_is_no_debt_where_the_campaign_says_so() -> None:
    due = [asked(state_at_check="due"), asked("HepA", 1, state_at_check="due")]
    mixed = [asked(state_at_check="due"), asked("HepA", 1, state_at_check="overdue")]
    assert count_baseline([due], COUNTS_DUE).children == 1
    apart = count_baseline([due], NOT_DUE)
    assert (apart.children, apart.doses.owed, apart.only_due, apart.newly_due) == (0, 0, 1, 2)
    assert count_baseline([mixed], NOT_DUE).doses.owed == 2


def test_every_dose_has_one_column() -> None:
    assert place_of("Men", "MPSV-A", 2) == Place("MenA", 2)
    assert place_of("Men", "MPSV-AC", 3) == Place("MenAC", 1)
    assert place_of("DTP", "DT", 4) == place_of("DTP", "DT", 5) == Place("DT", 1)
    beyond = place_of("Polio", "IPV", 6)
    assert beyond.beyond
    assert places_with([]) == places_with([Place("Polio", 4)])
    assert len(places_with([beyond])) == len(places_with([])) + 1
