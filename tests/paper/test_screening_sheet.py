"""The sheet before a vaccination: a page a child, every question, every planned dose, a code that can be scanned."""

import dataclasses
from pathlib import Path

import pytest
import zxingcpp

from forms.paper.printing import Press
from forms.paper.screening import PlannedDose, ScreeningSheet, print_screenings, questions
from tests.paper.sheets import CLINIC, CODE, LONG_NAME, VACCINES, page_count, pages, picture, pupil, squeezed

SHEET = ScreeningSheet(
    clinic=CLINIC,
    pupil=pupil(),
    when="10 月 8 日（周四）9:00",
    planned=(PlannedDose("百白破疫苗", "第 5 剂"), PlannedDose("甲肝减毒活疫苗", "第 1 剂")),
    code=CODE,
)


@pytest.mark.parametrize("planned", [0, 2, 4, 6])
def test_a_child_takes_one_page_whatever_is_planned(press: Press, planned: int) -> None:
    doses = tuple(PlannedDose(VACCINES[place % 7], f"第 {place + 101} 剂") for place in range(planned))
    sheet = dataclasses.replace(SHEET, pupil=pupil(LONG_NAME), planned=doses, asks_pregnancy=True)
    pdf = print_screenings(press, [sheet, ScreeningSheet()])
    assert page_count(pdf) == 2
    text = squeezed(pages(pdf)[0])
    assert all(squeezed(dose.dose) in text for dose in doses)


def test_every_question_consent_and_the_watching_are_there(press: Press) -> None:
    text = squeezed(pages(print_screenings(press, [SHEET]))[0])
    for words in (
        *questions(SHEET),
        "监护人签名",
        "同意接种下面的疫苗",
        "接种后留观30分钟",
        "批号或追溯码",
        "医生签名",
    ):
        assert squeezed(words) in text
    assert len(questions(SHEET)) == 10
    assert "怀孕" not in text


def test_the_blank_sheet_names_nobody(press: Press) -> None:
    text = squeezed(pages(print_screenings(press, [ScreeningSheet()]))[0])
    assert "林知夏" not in text
    assert "预防接种筛查表" in text


def test_the_code_is_read_back_from_the_paper(press: Press, tmp_path: Path) -> None:
    found = zxingcpp.read_barcodes(picture(print_screenings(press, [SHEET]), tmp_path, dpi=110))
    assert [one.text for one in found] == [CODE]
