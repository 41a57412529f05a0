"""Dates as people write them: every form of one day is that day, and nothing less than a day becomes one."""

import datetime as dt

import pytest

from forms.web.dates import UNREADABLE, NoDate, Written, read_day, read_written, too_early, too_late

DAY = dt.date(2021, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "20210312", "2021-3-12", "2021-03-12", "2021.3.12", "2021/3/12", "2021年3月12日", "2021年03月12号",
        "21/3/12", "210312", "21.3.12", "２０２１０３１２", "２０２１．３．１２", "２０２１／３／１２", "2021 3 12",
        " 2021 . 3 . 12 ",
        "2021。3。12", "2021、3、12", "2021年 3月 12日",
    ],
)  # fmt: skip
def test_every_way_to_write_a_day(text: str) -> None:
    assert read_written(text) == Written(day=DAY)


@pytest.mark.parametrize("text", ["/", "／", "、", "看不清", "?", "？", " / "])
def test_what_nobody_can_read_is_kept_as_that(text: str) -> None:
    assert read_written(text) == Written(partial=UNREADABLE)


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("202103", "2021-03"), ("2021年3月", "2021-03"), ("2021-3", "2021-03"), ("2021.03", "2021-03"),
        ("2021", "2021"), ("2021年", "2021"), ("2021-03-1?", "2021-03-1?"), ("2021年3月看不清", "2021年3月看不清"),
    ],
)  # fmt: skip
def test_less_than_a_day_stays_less_than_a_day(text: str, partial: str) -> None:
    assert read_written(text) == Written(partial=partial)


@pytest.mark.parametrize(
    "text", ["20210230", "2021-02-30", "2021-13-01", "202113", "2021年13月", "21/2/30", "20211301", "2021-0-5"]
)
def test_a_day_or_month_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(NoDate, match="没有"):
        read_written(text)


@pytest.mark.parametrize(
    "text", ["去年春天", "abc", "3月12日", "1", "2021031", "202103122", "", "0000-01-01", "3012-01-01"]
)
def test_what_is_no_date_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NoDate, match="请"):
        read_written(text)


@pytest.mark.parametrize("text", ["200305", "201203"])
def test_six_digits_that_could_be_both_are_asked_about(text: str) -> None:
    with pytest.raises(NoDate, match="也可能是"):
        read_written(text)


def test_a_month_is_no_whole_day() -> None:
    assert read_day("2021.3.12") == DAY
    for text in ("202103", "/"):
        with pytest.raises(NoDate, match="哪一天"):
            read_day(text)


def test_a_long_text_comes_back_short() -> None:
    with pytest.raises(NoDate) as refused:
        read_written("很" * 500)
    assert len(str(refused.value)) < 100


@pytest.mark.parametrize(
    ("written", "early", "late"),
    [
        (Written(day=dt.date(2020, 3, 4)), True, False),
        (Written(day=dt.date(2020, 3, 5)), False, False),
        (Written(day=dt.date(2026, 9, 2)), False, True),
        (Written(partial="2020-02"), True, False),
        (Written(partial="2020-03"), False, False),
        (Written(partial="2026-10"), False, True),
        (Written(partial="2026-09"), False, False),
        (Written(partial="2019"), True, False),
        (Written(partial="2027"), False, True),
        (Written(partial=UNREADABLE), False, False),
        (Written(partial="2019-1?"), False, False),
    ],
)
def test_before_birth_and_still_to_come(written: Written, early: bool, late: bool) -> None:
    assert too_early(written, dt.date(2020, 3, 5)) is early
    assert too_late(written, dt.date(2026, 9, 1)) is late
