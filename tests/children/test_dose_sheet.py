"""A sheet of doses: rows are understood one by one, every fault is a sentence, nothing typed is lost."""

import datetime as dt

import pytest

from forms.web.dates import UNREADABLE, Written
from forms.web.doses import FIRST_ROWS, MOST_ROWS, DoseSheet
from forms.web.vaccines import Vaccine

BORN = dt.date(2020, 3, 5)
TODAY = dt.date(2026, 9, 1)
HEPB = "乙肝疫苗"


def sheet(*rows: tuple[str, str], **more: str) -> DoseSheet:
    posted = dict(more)
    for number, (vaccine, day) in enumerate(rows, 1):
        posted |= {f"vaccine-{number}": vaccine, f"day-{number}": day}
    return DoseSheet(["booklet", "guardian"], posted)


def understood(asked: DoseSheet, **more: object) -> bool:
    return asked.understand(birth_date=BORN, today=TODAY, on_record=more.get("on_record", {}))


def only_fault(asked: DoseSheet, cell: str) -> str:
    assert not understood(asked)
    assert asked.fault is None
    assert [list(row.faults) for row in asked.faulty] == [[cell]]
    return asked.faulty[0].faults[cell]


def test_an_empty_sheet_has_rows_to_type_in() -> None:
    asked = DoseSheet(["booklet"])
    assert len(asked.rows) == FIRST_ROWS
    assert not understood(asked)
    assert "还没有填" in asked.fault


def test_rows_are_read_and_empty_ones_between_are_left_out() -> None:
    asked = sheet((HEPB, "20200305"), ("", ""), ("卡介苗", "2020-3-5"), ("脊灰灭活疫苗（IPV）", "20年5月8日"))
    assert understood(asked)
    assert [(entry.vaccine.product, str(entry.written)) for entry in asked.entries] == [
        ("HepB", "2020-03-05"),
        ("BCG", "2020-03-05"),
        ("IPV", "2020-05-08"),
    ]


def test_a_full_stop_means_the_day_above_also_over_an_empty_row() -> None:
    asked = sheet((HEPB, "20200305"), ("", ""), ("卡介苗", "."), ("IPV", "。"))
    assert understood(asked)
    assert {entry.written.day for entry in asked.entries} == {BORN}


def test_a_full_stop_in_the_first_row_has_nothing_above() -> None:
    assert "上一行" in only_fault(sheet((HEPB, ".")), "day")


def test_what_cannot_be_read_and_a_month_are_no_day() -> None:
    asked = sheet((HEPB, "/"), ("卡介苗", "202003"), ("IPV", "看不清"))
    assert understood(asked)
    assert [entry.written for entry in asked.entries] == [
        Written(partial=UNREADABLE),
        Written(partial="2020-03"),
        Written(partial=UNREADABLE),
    ]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("20271012", "2027-10-12 还没到。请看年份是不是写错了。"),
        ("202710", "2027-10 还没到。请看年份是不是写错了。"),
        ("20200304", "2020-03-04 比出生日期 2020-03-05 还早"),
        ("20210230", "没有 20210230 这一天"),
        ("昨天", "“昨天”认不出是哪天"),
        ("", "还缺日期"),
    ],
)
def test_an_impossible_day_is_said(day: str, sentence: str) -> None:
    assert sentence in only_fault(sheet((HEPB, day)), "day")


def test_a_day_without_a_vaccine_is_asked_about() -> None:
    assert "是哪种疫苗" in only_fault(sheet(("", "20200305")), "vaccine")


def test_an_ambiguous_vaccine_names_its_candidates_in_words() -> None:
    asked = sheet(("乙脑疫苗", "20201110"))
    sentence = only_fault(asked, "vaccine")
    assert "乙脑减毒活疫苗" in sentence
    assert "乙脑灭活疫苗" in sentence
    assert [code for code, _ in asked.rows[0].choices] == ["JE-L", "JE-I"]


def test_the_choice_answers_the_question_and_only_that_one() -> None:
    chosen = sheet(("乙脑疫苗", "20201110"), **{"which-1": "JE-I"})
    assert understood(chosen)
    assert chosen.entries[0].vaccine == Vaccine("JE-I")
    assert not understood(sheet(("乙脑疫苗", "20201110"), **{"which-1": "HepB"}))


def test_a_vaccine_outside_the_catalogue_keeps_its_words() -> None:
    asked = sheet(("黄热病疫苗", "20240101"))
    assert "目录里没有“黄热病疫苗”" in only_fault(asked, "vaccine")
    assert [code for code, _ in asked.rows[0].choices] == ["other", "other-live"]
    chosen = sheet(("黄热病疫苗", "20240101"), **{"which-1": "other-live"})
    assert understood(chosen)
    assert chosen.entries[0].vaccine == Vaccine("other-live", as_written="黄热病疫苗")


def test_a_part_of_a_name_gets_suggestions() -> None:
    asked = sheet(("水痘疫", "20240101"))
    assert "是不是：" in only_fault(asked, "vaccine")
    assert ("Var", "水痘疫苗") in asked.rows[0].choices


def test_a_dose_on_record_is_left_out_only_by_a_tick() -> None:
    on_record = {(Vaccine("HepB"), BORN): "接种证"}
    asked = sheet((HEPB, "20200305"), ("卡介苗", "20200305"))
    assert not understood(asked, on_record=on_record)
    assert "乙肝疫苗 2020-03-05 已经有了（接种证）" in asked.rows[0].faults["skip"]
    ticked = sheet((HEPB, "20200305"), ("卡介苗", "20200305"), **{"skip-1": "1"})
    assert understood(ticked, on_record=on_record)
    assert ([entry.vaccine.product for entry in ticked.entries], ticked.skipped) == (["BCG"], 1)


def test_the_same_dose_twice_on_the_sheet_names_the_row() -> None:
    asked = sheet((HEPB, "20200305"), ("乙肝", "2020.3.5"))
    assert "第 1 行" in only_fault(asked, "skip")


def test_two_vaccines_outside_the_catalogue_on_one_day_are_two() -> None:
    asked = sheet(("黄热病疫苗", "20240101"), ("霍乱疫苗", "."), **{"which-1": "other", "which-2": "other"})
    assert understood(asked)
    assert len(asked.entries) == 2


def test_a_tick_on_a_row_that_is_no_repetition_leaves_nothing_out() -> None:
    asked = sheet((HEPB, "20200305"), **{"skip-1": "1"})
    assert understood(asked)
    assert (len(asked.entries), asked.skipped) == (1, 0)


def test_two_hundred_doses_are_too_many_and_all_still_there() -> None:
    asked = sheet(*[(HEPB, f"{BORN + dt.timedelta(days=n):%Y%m%d}") for n in range(200)])
    assert not understood(asked)
    assert "这里填了 200 剂" in asked.fault
    assert len(asked.filled) == 200
    assert not asked.can_grow


def test_growing_keeps_what_was_typed_and_ends_at_the_most() -> None:
    asked = sheet((HEPB, "昨天"), **{"lot-1": "甲1"})
    asked.grow()
    assert (asked.rows[0].vaccine, asked.rows[0].day, asked.rows[0].lot) == (HEPB, "昨天", "甲1")
    assert len(asked.rows) == FIRST_ROWS + 10
    for _ in range(9):
        asked.grow()
    assert len(asked.rows) == MOST_ROWS


def test_long_texts_are_refused_at_their_cell() -> None:
    assert "批号太长" in only_fault(sheet((HEPB, "20200305"), **{"lot-1": "1" * 41}), "lot")
    assert "接种单位太长" in only_fault(sheet((HEPB, "20200305"), **{"unit-1": "院" * 121}), "unit")
    assert "疫苗名太长" in only_fault(sheet(("苗" * 81, "20200305")), "vaccine")


def test_a_source_that_was_not_offered_is_refused() -> None:
    asked = sheet((HEPB, "20200305"), source="clinic")
    assert not understood(asked)
    assert asked.fault


@pytest.mark.parametrize(("letters", "product"), [("kjm", "BCG"), ("yg", "HepB"), ("BBP", "DTaP"), ("msf", "MMR")])
def test_first_letters_name_a_product(letters: str, product: str) -> None:
    asked = sheet((letters, "20210312"))
    assert understood(asked)
    assert asked.entries[0].vaccine == Vaccine(product)


def test_first_letters_that_fit_two_products_are_asked_about() -> None:
    asked = sheet(("yn", "20201110"))
    only_fault(asked, "vaccine")
    assert [code for code, _ in asked.rows[0].choices] == ["JE-L", "JE-I"]
