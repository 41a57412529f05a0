"""The notice on paper: one page where it can be one, every owed dose on its own line, nothing over the edge."""

import re
from collections import Counter
from pathlib import Path

import numpy
import pytest

from forms.paper.notice import NoticeSheet
from forms.paper.notice_printing import print_notices
from forms.paper.printing import Press
from tests.paper.sheets import (
    CODE,
    LONG_NAME,
    font_names,
    notice,
    owed,
    page_count,
    pages,
    picture,
    questions,
    records,
    squeezed,
)

EVERYTHING = {"certificate": "absent", "records": records()}
SHEETS: dict[str, tuple[int, NoticeSheet]] = {
    "one dose": (1, notice(owed=owed(1), records=records())),
    "three doses, full record": (1, notice(owed=owed(3), records=records())),
    "a 30-character name and 14 doses": (1, notice(LONG_NAME, owed=owed(14), records=records(), copy=2)),
    "a lost booklet and nothing known": (1, notice(certificate="absent", owed=owed(20), clinic=None)),
    "all three parts": (
        1,
        notice(LONG_NAME, certificate="absent", owed=owed(3), questions=questions(), records=records()),
    ),
    "only questions": (1, notice(questions=questions(3), records=records())),
    "only the clinic sees a debt": (1, notice(clinic_says="catch_up", records=records())),
    "only a certificate": (1, notice(certificate="being_replaced", records=records())),
    "more than a page": (
        2,
        notice(LONG_NAME, certificate="absent", owed=owed(24), questions=questions(6), records=records()),
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_pages(press: Press, name: str) -> None:
    count, sheet = SHEETS[name]
    assert page_count(print_notices(press, [sheet])) == count


@pytest.mark.parametrize("name", SHEETS)
def test_every_owed_dose_stands_on_a_line_of_its_own(press: Press, name: str) -> None:
    sheet = SHEETS[name][1]
    lines = [line for page in pages(print_notices(press, [sheet])) for line in page.splitlines()]
    for dose in sheet.owed:
        own = [line for line in lines if re.search(rf"{dose.dose}\b", line)]
        assert len(own) == 1
        assert len(re.findall(r"第 \d+ 剂", own[0])) == 1
    asked = [dose for question in sheet.questions for dose in question.doses]
    assert all(sum(dose in line for line in lines) == asked.count(dose) for dose in asked)


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_reaches_into_the_margin(press: Press, name: str, tmp_path: Path) -> None:
    count, sheet = SHEETS[name]
    pdf = print_notices(press, [sheet])
    for page in range(1, count + 1):
        ink = numpy.asarray(picture(pdf, tmp_path, dpi=72, page=page)) < 128
        rows, columns = numpy.where(ink.any(axis=1))[0], numpy.where(ink.any(axis=0))[0]
        millimetres = 25.4 / 72
        assert columns.min() * millimetres > 14
        assert columns.max() * millimetres < 210 - 14
        assert rows.min() * millimetres > 8
        assert rows.max() * millimetres < 297 - 7


@pytest.mark.parametrize("name", SHEETS)
def test_the_slip_stands_at_the_end_and_belongs_to_the_sheet(press: Press, name: str) -> None:
    """Nothing of the notice stands behind the cutting line; the slip carries name, number and code."""
    sheet = SHEETS[name][1]
    texts = pages(print_notices(press, [sheet]))
    whole = squeezed("".join(texts))
    above, cut, slip = whole.partition(squeezed("办好以后沿线剪下，交回班主任"))

    assert cut
    assert "（章）" in above
    assert "（章）" not in slip
    for word in (sheet.pupil.name, sheet.number, "监护人签名", "接种单位盖章", "补种日期", "回执"):
        assert squeezed(word) in slip
    assert squeezed("办好以后沿线剪下") in squeezed(texts[-1])


def test_a_class_in_one_file_keeps_its_order(press: Press) -> None:
    names = ["安然", "白露", LONG_NAME, "程程"]
    counts = (2, 14, 3, 20)
    sheets = [notice(name, owed=owed(count)) for name, count in zip(names, counts, strict=True)]
    texts = [squeezed(page) for page in pages(print_notices(press, sheets))]

    assert [next(name for name in names if squeezed(name) in page) for page in texts] == names


def test_what_every_notice_says(press: Press) -> None:
    text = squeezed(pages(print_notices(press, [notice(owed=owed(3), records=records())]))[0])
    for words in (
        "孩子可以照常上学。",
        "没有记录，不等于没有种。",
        "由接种单位的医生决定",
        "中华人民共和国疫苗管理法",
        "儿童入托、入学预防接种证查验办法",
        "青禾街道社区卫生服务中心",
        "青禾路18号",
        "0571-55501234",
        "周二、周四、周六",
        "12月31日前",
    ):
        assert words in text
    for word in ("未接种", "条例", "不予入学", "自费", "后果"):
        assert word not in text


def test_a_debt_in_review_is_never_called_owed(press: Press) -> None:
    text = squeezed(pages(print_notices(press, [notice(questions=questions(), records=records())]))[0])
    assert "核实通知书" in text
    assert "要补的疫苗" not in text
    assert "剂国家免疫规划疫苗要补" not in text


@pytest.mark.parametrize(
    ("asks", "title"),
    [
        ({"owed": owed(1)}, "补种通知书"),
        ({"certificate": "absent"}, "补证通知书"),
        ({"questions": questions(1)}, "核实通知书"),
        ({"clinic_says": "catch_up"}, "核实通知书"),
        ({"owed": owed(1), "questions": questions(1)}, "补种、核实通知书"),
        ({"certificate": "absent", "owed": owed(1), "questions": questions(1)}, "补证、补种、核实通知书"),
    ],
)
def test_the_title_names_the_parts(asks: dict[str, object], title: str) -> None:
    assert notice(**asks).title == title


def test_only_a_reprint_says_so(press: Press) -> None:
    first, second = (pages(print_notices(press, [notice(owed=owed(1), copy=copy)]))[0] for copy in (1, 2))
    assert "次打印" not in first
    assert "第 2 次打印" in second


def test_what_can_be_given_now_comes_first() -> None:
    visits = notice(owed=owed(14)).visits
    assert visits[0].label == "现在可种"
    assert len(visits[0].doses) == 7
    days = [visit.label for visit in visits[1:]]
    assert days == sorted(days)
    assert Counter(dose.dose for visit in visits for dose in visit.doses) == Counter(dose.dose for dose in owed(14))


def test_a_dose_given_since_is_ticked_and_no_longer_counted(press: Press) -> None:
    first, *rest = owed(3)
    from dataclasses import replace

    done = (replace(first, done="2026-10-08"), *rest)
    text = squeezed(pages(print_notices(press, [notice(owed=done, copy=2)]))[0])
    assert "2026-10-08" in text
    assert "还有2剂国家免疫规划疫苗要补" in text
    assert "要补的疫苗，2剂" in text


def test_the_text_can_be_selected_and_the_fonts_are_inside(press: Press) -> None:
    pdf = print_notices(press, [notice(owed=owed(3), records=records())])
    assert "林知夏" in squeezed(pages(pdf)[0])
    assert font_names(pdf)


def test_a_notice_is_small(press: Press) -> None:
    fifty = print_notices(press, [notice(f"孩{n}", owed=owed(3), records=records()) for n in range(50)])
    one = print_notices(press, [notice(owed=owed(3), records=records())])
    assert page_count(fifty) == 50
    if press._fonts.are_cut:
        assert len(one) < 80_000
        assert len(fifty) < 50 * 10_000


def test_a_code_is_printed_in_groups(press: Press) -> None:
    text = pages(print_notices(press, [notice(owed=owed(1))]))[0]
    assert "4071 8825 3069" in re.sub(" +", " ", text)
    assert CODE[12:] in squeezed(text)
