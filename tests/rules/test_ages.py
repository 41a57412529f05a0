"""Days, months and ages: the month-end rule, dates that are exactly dates, ages in completed months."""

import datetime as dt

import pytest

from rules.ages import Span, add_months, completed_months, iso, parse_day
from tests.rules.calendar import day


def number(text: str) -> int:
    found = parse_day(text)
    assert found is not None, text
    return found


def months_after(text: str, months: int) -> str:
    return iso(add_months(number(text), months))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-01-10", 1, "2026-02-10"),
        ("2026-01-31", 1, "2026-03-01"),
        ("2026-01-30", 1, "2026-03-01"),
        ("2026-01-29", 1, "2026-03-01"),
        ("2026-01-28", 1, "2026-02-28"),
        ("2024-01-29", 1, "2024-02-29"),
        ("2024-01-30", 1, "2024-03-01"),
        ("2025-08-31", 1, "2025-10-01"),
        ("2025-12-31", 2, "2026-03-01"),
        ("2020-02-29", 12, "2021-03-01"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2019-12-31", 2, "2020-03-01"),
        ("2019-12-30", 2, "2020-03-01"),
        ("2025-10-31", 1, "2025-12-01"),
        ("2025-11-30", 1, "2025-12-30"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-12-15", 12, "2026-12-15"),
        ("2000-02-29", 1200, "2100-03-01"),
        ("2026-03-31", 0, "2026-03-31"),
    ],
)
def test_the_same_day_of_a_later_month_or_the_first_of_the_next(start: str, months: int, expected: str) -> None:
    assert months_after(start, months) == expected


def test_months_agree_with_a_calendar_turned_by_hand() -> None:
    start = dt.date(2019, 9, 1)
    for offset in range(0, 900, 1):
        text = (start + dt.timedelta(days=offset)).isoformat()
        for months in (1, 2, 3, 6, 8, 9, 12, 18, 24, 36, 48, 72, 84, 144, 216):
            assert months_after(text, months) == day(text, f"{months}m")


def test_a_later_start_never_gives_an_earlier_day() -> None:
    start = dt.date(2023, 1, 1).toordinal()
    for months in (1, 2, 6, 12, 13):
        reached = [add_months(start + offset, months) for offset in range(800)]
        assert reached == sorted(reached)


@pytest.mark.parametrize("text", ["2026-09-10", "2024-02-29", "0001-01-01", "9999-12-31"])
def test_a_date_is_read(text: str) -> None:
    assert iso(number(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-09",
        "2026-9-1",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-09-00",
        "2026-09-31",
        "0000-01-01",
        "26-09-10",
        "20260910",
        "2026/09/10",
        "2026.09.10",
        "2026-09-10 ",
        " 2026-09-10",
        "2026-09-10\n",
        "2026-09-10T00:00:00",
        "2026-W37-4",
        "2026-253",
        "+2026-09-10",
        "-2026-09-10",
        "2026-09-1０",
        "２０２６-０９-１０",
        "٢٠٢٦-٠٩-١٠",
        "2026−09−10",
        "2026年9月10日",
        "不详",
        "null",
    ],
)
def test_whatever_is_not_exactly_a_date_is_not_read(text: str) -> None:
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("birth", "on", "months", "days"),
    [
        ("2026-01-10", "2026-01-10", 0, 0),
        ("2026-01-10", "2026-02-09", 0, 30),
        ("2026-01-10", "2026-02-10", 1, 0),
        ("2026-01-31", "2026-02-28", 0, 28),
        ("2026-01-31", "2026-03-01", 1, 0),
        ("2026-01-31", "2026-03-30", 1, 29),
        ("2026-01-31", "2026-03-31", 2, 0),
        ("2020-02-29", "2021-02-28", 11, 30),
        ("2020-02-29", "2021-03-01", 12, 0),
        ("2019-03-01", "2026-09-10", 90, 9),
    ],
)
def test_the_age_in_completed_months(birth: str, on: str, months: int, days: int) -> None:
    assert completed_months(number(birth), number(on)) == (months, days)


def test_the_age_never_shrinks_and_fits_the_month_rule() -> None:
    birth = number("2024-01-31")
    ages = [completed_months(birth, birth + offset) for offset in range(900)]
    assert ages == sorted(ages)
    for offset, (months, days) in enumerate(ages):
        assert add_months(birth, months) + days == birth + offset
        assert add_months(birth, months + 1) > birth + offset


@pytest.mark.parametrize(
    ("text", "shown"), [("28d", "28d"), ("6m", "6m"), ("4y", "4y"), ("48m", "4y"), ("18m", "18m"), ("0d", "0d")]
)
def test_a_length_of_time_is_read_and_shown(text: str, shown: str) -> None:
    assert str(Span.parse(text)) == shown


@pytest.mark.parametrize(
    ("text", "after"), [("28d", "2026-02-28"), ("1m", "2026-03-01"), ("1y", "2027-01-31"), ("0d", "2026-01-31")]
)
def test_a_length_of_time_after_a_day(text: str, after: str) -> None:
    assert iso(Span.parse(text).after(number("2026-01-31"))) == after


@pytest.mark.parametrize("text", ["", "28", "d", "28 d", "28D", "-1m", "1.5y", "1w", "6m1d", "６m", "28d\n"])
def test_another_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="28d, 6m, 4y"):
        Span.parse(text)
