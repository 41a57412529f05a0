"""Doses beside each other: what agrees, what is one dose told differently and why, what one side lacks."""

import datetime as dt
import itertools

import pytest

from app.reconciling.comparing import compare, contradicted_lines
from app.reconciling.guessing import is_part_of, lines_of, month_in
from app.reconciling.telling import Cause, Kind, Row, Side, Told

B, R, C = Side.BOOKLET, Side.REGISTRY, Side.CLINIC
LATE = "2024-01-10"


def told(side: Side, product: str, day: str, record: int | None = None) -> Told:
    return Told(side, product, dt.date.fromisoformat(day), record=record)


def differences(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.open]


def test_the_same_dose_told_by_three_sides_is_one_row() -> None:
    rows = compare([told(side, "IPV", "2021-03-12") for side in Side])
    assert [(row.kind, row.sides) for row in rows] == [(Kind.SAME, [B, R, C])]
    assert not differences(rows)


@pytest.mark.parametrize(
    ("booklet", "registry", "cause"),
    [
        (("IPV", "2021-03-12"), ("IPV", "2021-12-03"), Cause.SWAPPED),
        (("IPV", "2021-03-12"), ("IPV", "2022-03-12"), Cause.YEAR),
        (("IPV", "2021-03-12"), ("IPV", "2021-03-13"), Cause.NEIGHBOUR),
        (("IPV", "2021-03-12"), ("IPV", "2021-08-12"), Cause.DIGIT),
        (("IPV", "2021-03-31"), ("IPV", "2021-04-09"), Cause.TOO_CLOSE),
        (("IPV", "2021-03-12"), ("bOPV", "2021-03-12"), Cause.PRODUCT_NAME),
        (("JE-L", "2021-03-12"), ("JE-I", "2021-03-12"), Cause.PRODUCT_NAME),
        (("DTaP-IPV/Hib", "2021-03-12"), ("DTaP", "2021-03-12"), Cause.COMBINED),
        (("MMR", "2021-03-12"), ("MR", "2021-12-03"), Cause.SWAPPED),
    ],
)
def test_a_dose_told_differently_has_a_cause(booklet: tuple[str, str], registry: tuple[str, str], cause: Cause) -> None:
    for first, second in itertools.permutations([told(B, *booklet), told(R, *registry)]):
        (row,) = compare([first, second])
        assert row.cause is cause
        assert row.kind is (Kind.OTHER_PRODUCT if booklet[1] == registry[1] else Kind.OTHER_DATE)
        assert row.open


@pytest.mark.parametrize(
    "registry",
    [("IPV", "2021-05-20"), ("HepB", "2021-03-12"), ("HepB", "2021-03-13"), ("Var", "2021-12-03")],
)
def test_other_doses_are_other_doses(registry: tuple[str, str]) -> None:
    rows = compare([told(B, "IPV", "2021-03-12"), told(R, *registry)])
    assert len(rows) == 2
    assert not [row for row in rows if row.cause]


def test_what_agrees_is_taken_first_so_that_two_real_doses_are_not_called_swapped() -> None:
    days = ("2021-03-04", "2021-04-03")
    rows = compare([told(side, "IPV", day) for side in (B, R) for day in days])
    assert [row.kind for row in rows] == [Kind.SAME, Kind.SAME]


def test_a_clinic_s_new_dose_is_not_the_swapped_day_of_one_that_two_sides_agree_on() -> None:
    rows = compare([told(B, "IPV", "2021-03-04"), told(R, "IPV", "2021-03-04"), told(C, "IPV", "2021-04-03")])
    assert [row.kind for row in rows] == [Kind.SAME, Kind.ALONE]


def test_a_neighbour_day_of_the_third_side_belongs_to_what_two_agree_on() -> None:
    (row,) = compare([told(B, "IPV", "2021-03-04"), told(R, "IPV", "2021-03-04"), told(C, "IPV", "2021-03-05")])
    assert (row.kind, row.cause, row.sides) == (Kind.OTHER_DATE, Cause.NEIGHBOUR, [B, R, C])


def test_a_five_in_one_recorded_as_its_parts_is_one_row() -> None:
    whole = told(B, "DTaP-IPV/Hib", "2021-03-12")
    parts = [told(R, product, "2021-03-12") for product in ("DTaP", "IPV", "Hib")]
    (row,) = compare([*parts, whole])
    assert (row.kind, row.cause, len(row.told)) == (Kind.OTHER_PRODUCT, Cause.COMBINED, 4)
    assert contradicted_lines([row], lines_of) == {"DTP", "Polio"}


def test_the_closest_days_are_one_dose() -> None:
    rows = compare([told(B, "IPV", "2021-03-12"), told(R, "IPV", "2021-03-14"), told(R, "IPV", "2021-03-13")])
    (row,) = differences(rows)
    assert [one.day.day for one in row.told if one.day] == [12, 13]


def test_a_month_without_a_day_meets_a_day_in_it() -> None:
    month = Told(B, "MMR", None, partial="2021年3月")
    (row,) = compare([month, told(R, "MMR", "2021-03-20")])
    assert (row.kind, row.cause) == (Kind.OTHER_DATE, Cause.MONTH_ONLY)
    assert len(compare([month, told(R, "MMR", "2021-04-20")])) == 2
    assert len(compare([Told(B, "MMR", None, partial="看不清"), told(R, "MMR", "2021-04-20")])) == 2


def test_the_registry_claims_to_be_whole_up_to_its_last_day_and_the_booklet_does_not() -> None:
    rows = compare([told(B, "IPV", "2021-03-12"), told(R, "MMR", "2021-09-12"), told(B, "MMR", "2022-03-12")])
    assert [row.kind for row in rows] == [Kind.NOT_IN_REGISTRY, Kind.ALONE, Kind.ALONE]
    assert not contradicted_lines(rows, lines_of), "a gap is a question, no contradiction"
    assert [row.kind for row in compare([told(B, "IPV", "2021-03-12")])] == [Kind.ALONE]


def test_what_was_settled_is_not_asked_again_until_a_side_says_something_new() -> None:
    pair = [told(B, "IPV", "2021-03-12", 1), told(R, "IPV", "2021-12-03", 2)]
    (row,) = compare(pair)
    (again,) = compare(pair, [row.marks])
    assert (again.settled, again.open) == (True, False)
    # The booklet's dose was withdrawn: what is left was part of the decision.
    (left,) = compare(pair[1:], [row.marks])
    assert left.settled
    (new,) = compare([pair[0], told(R, "IPV", "2021-03-13", 3)], [row.marks])
    assert new.open
    assert new.key != row.key


def test_a_record_and_the_file_behind_it_are_one_voice() -> None:
    (row,) = compare([told(R, "IPV", "2021-03-12"), told(R, "IPV", "2021-03-12", 7)])
    assert [one.record for one in row.told] == [7]


def test_twice_the_same_and_one_of_them_elsewhere() -> None:
    rows = compare([told(B, "IPV", "2021-03-12"), told(B, "IPV", "2021-04-20"), told(R, "IPV", "2021-04-20")])
    assert [row.kind for row in rows] == [Kind.NOT_IN_REGISTRY, Kind.SAME]


def test_order_does_not_matter() -> None:
    doses = [
        told(B, "IPV", "2021-03-12"),
        told(B, "DTaP-IPV/Hib", "2021-05-20"),
        told(R, "IPV", "2021-12-03"),
        told(R, "DTaP", "2021-05-20"),
        told(C, "MMR", LATE),
    ]
    wanted = [(row.key, row.kind, row.cause) for row in compare(doses)]
    for mixed in itertools.permutations(doses):
        assert [(row.key, row.kind, row.cause) for row in compare(mixed)] == wanted


@pytest.mark.parametrize(
    ("part", "whole", "is_one"),
    [
        ("DTaP", "DTaP-IPV/Hib", True),
        ("IPV", "DTaP-IPV/Hib", True),
        ("Hib", "DTaP-IPV/Hib", True),
        ("DTaP", "DTaP-Hib", True),
        ("HepB", "HepAB", True),
        ("HepB", "DTaP-IPV/Hib", False),
        ("DTaP-IPV/Hib", "DTaP", False),
        ("IPV", "IPV", False),
        ("bOPV", "IPV", False),
        ("nothing", "IPV", False),
    ],
)
def test_parts_and_wholes(part: str, whole: str, is_one: bool) -> None:
    assert is_part_of(part, whole) is is_one


def test_months_are_read_as_people_write_them() -> None:
    for text in ("2021年3月", "2021-03", "2021.3", "202103"):
        assert month_in(text) == (2021, 3)
    assert month_in("2021") is None
    assert month_in("2021-13") is None
