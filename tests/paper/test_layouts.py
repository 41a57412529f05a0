"""The papers in every layout: two on one sheet, large, in two languages; the kinds that ask again or say "passed"."""

import datetime as dt
from pathlib import Path

import numpy
import pikepdf
import pytest
from PIL import Image, ImageFilter
from pyzbar import pyzbar

from forms.paper.fitting import Layout, Style
from forms.paper.notice import Kind, NoticeSheet, Waived
from forms.paper.notice_printing import print_notices
from forms.paper.printing import Press
from tests.paper.sheets import (
    CODE,
    LONG_NAME,
    crowded,
    notice,
    owed,
    page_count,
    pages,
    picture,
    planned,
    questions,
    squeezed,
)
from tests.paper.sheets import records as full_record

STYLES = [Style(layout, english) for layout in Layout for english in (False, True)]
UGLY: dict[str, NoticeSheet] = {
    "13 doses": crowded(13),
    "a 30-character name and 14 doses": notice(LONG_NAME, owed=planned(14), records=full_record(), copy=2),
    "all three parts": notice(
        LONG_NAME, certificate="absent", owed=owed(3), questions=questions(), records=full_record()
    ),
    "nobody knows the clinic": notice(certificate="absent", owed=owed(20), clinic=None),
    "passed": notice(LONG_NAME, kind=Kind.PASSED, records=full_record()),
    "waived": notice(kind=Kind.WAIVED, waived=(Waived("卡介苗", "满 4 岁，不再补种"),), records=full_record()),
}
#: Whatever a printer cannot reach.
_EDGE = 4.2


@pytest.mark.parametrize("style", STYLES, ids=str)
@pytest.mark.parametrize("name", UGLY)
def test_nothing_reaches_the_edge_and_nothing_is_lost(press: Press, tmp_path: Path, name: str, style: Style) -> None:
    sheet = UGLY[name]
    pdf = print_notices(press, [sheet], style)
    text = squeezed("".join(pages(pdf)))
    assert squeezed(sheet.pupil.name) in text
    for visit in sheet.visits:
        for dose in visit.doses:
            assert squeezed(f"{dose.vaccine}　{dose.dose}") in text
    for page in range(1, page_count(pdf) + 1):
        ink = numpy.asarray(picture(pdf, tmp_path, dpi=72, page=page)) < 128
        rows, columns = numpy.where(ink.any(axis=1))[0], numpy.where(ink.any(axis=0))[0]
        edge = _EDGE / 25.4 * 72
        assert columns.min() > edge
        assert columns.max() < ink.shape[1] - edge or style.layout is Layout.HALF
        assert rows.max() < ink.shape[0] - edge or style.layout is Layout.HALF


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_words_do_not_lie_on_each_other(press: Press, style: Style) -> None:
    """What is printed over something else comes out of the text as a jumble: every paragraph is found whole."""
    for sheet in (notice(LONG_NAME, owed=planned(9), copy=3), crowded(3)):
        text = squeezed("".join(pages(print_notices(press, [sheet], style))))
        number = squeezed(f"编号 {sheet.number}")
        for words in (number, squeezed(sheet.title), "孩子可以照常上学。", "没有记录，不等于没有种。", "回执"):
            assert words in text


def test_half_sheets_lie_two_by_two_on_a4_across(press: Press) -> None:
    import io

    sheets = [notice(f"孩{n}", owed=owed(2)) for n in range(5)]
    pdf = print_notices(press, sheets, Style(Layout.HALF))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        shapes = {(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in opened.pages}
    assert shapes == {(842, 595)}
    assert page_count(pdf) == 3


def test_a_cut_stack_is_in_class_order(press: Press) -> None:
    """The left pile, laid on the right one, is the class."""
    names = ["安然", "白露", "程程", "丁一", "方圆"]
    texts = [
        squeezed(page)
        for page in pages(print_notices(press, [notice(n, owed=owed(1)) for n in names], Style(Layout.HALF)))
    ]
    found = [[name for name in names if name in page] for page in texts]
    assert found == [["安然", "丁一"], ["白露", "方圆"], ["程程"]]


def test_what_needs_a_whole_sheet_comes_last(press: Press) -> None:
    sheets = [notice("安然", owed=owed(14)), notice("白露", owed=owed(1)), notice("程程", owed=owed(2))]
    first, second = (squeezed(page) for page in pages(print_notices(press, sheets, Style(Layout.HALF))))
    assert "白露" in first
    assert "程程" in first
    assert "安然" in second


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_the_code_is_read_from_a_grey_blurred_picture(press: Press, tmp_path: Path, style: Style) -> None:
    image = picture(print_notices(press, [notice(owed=owed(2))], style), tmp_path, dpi=110)
    blurred = image.point(lambda grey: 90 + grey * 110 // 255).filter(ImageFilter.GaussianBlur(1))
    assert {one.data.decode() for one in pyzbar.decode(blurred)} == {CODE}


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_the_code_is_25_mm_wide_in_every_layout(press: Press, tmp_path: Path, style: Style) -> None:
    dpi = 200
    image = picture(print_notices(press, [notice(owed=owed(2))], style), tmp_path, dpi=dpi)
    found = pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE])
    assert found
    for one in found:
        assert _width(image, one.rect) / dpi * 25.4 >= 25


def _width(image: Image.Image, rect) -> int:
    box = (rect.left - 8, rect.top - 8, rect.left + rect.width + 8, rect.top + rect.height + 8)
    columns = numpy.where((numpy.asarray(image.crop(box)) < 128).any(axis=0))[0]
    return int(columns.max() - columns.min() + 1)


def test_outside_stands_the_name_and_inside_the_record(press: Press, tmp_path: Path) -> None:
    """Folded along the line, the strip shows name, class and number; what is owed and on record is below."""
    text = squeezed(pages(print_notices(press, [notice(owed=planned(3), records=full_record())]))[0])
    outside, line, inside = text.partition("只露出姓名")
    assert line
    assert "林知夏" in outside
    assert "一（3）班" in outside
    for word in ("补种", "疫苗", "出生", "2020-"):
        assert word not in outside
    assert "补种通知书" in inside


def test_the_plan_is_on_the_sheet(press: Press) -> None:
    sheet = notice(owed=planned(13), latest_start=dt.date(2026, 9, 22))
    text = squeezed("".join(pages(print_notices(press, [sheet]))))
    assert "去5次可以补完，最晚9月22日开始。" in text
    assert "第1次" in text
    assert "2026-09-15周二" in text
    assert "第5次2027-09-21" in text


def test_the_second_call_says_so_and_threatens_nobody(press: Press) -> None:
    sheet = notice(kind=Kind.SECOND, owed=owed(2), records=full_record())
    text = squeezed(pages(print_notices(press, [sheet]))[0])
    assert "催种通知书" in text
    assert "这是再次提醒：还有2剂" in text
    assert "孩子可以照常上学。" in text
    assert notice(kind=Kind.SECOND, certificate="absent").title == "补证通知书（再次提醒）"
    assert notice(kind=Kind.SECOND, owed=owed(1), questions=questions(1)).title == "催种、核实通知书"


def test_passed_asks_for_nothing(press: Press) -> None:
    text = squeezed(pages(print_notices(press, [notice(kind=Kind.PASSED, records=full_record())]))[0])
    assert "预防接种查验合格证明" in text
    assert "都已种齐" in text
    for word in ("回执", "剪下", "请带", "□"):
        assert word not in text


def test_waived_names_the_line_and_is_not_called_passed(press: Press) -> None:
    sheet = notice(kind=Kind.WAIVED, waived=(Waived("卡介苗", "满 4 岁，不再补种"),), records=full_record())
    text = squeezed(pages(print_notices(press, [sheet]))[0])
    assert "预防接种查验证明" in text
    assert "合格" not in text
    assert "卡介苗满4岁，不再补种" in text
    assert "都已种齐" not in text


def test_both_languages_stand_on_one_sheet(press: Press) -> None:
    pdf = print_notices(press, [notice(owed=planned(3), records=full_record(5))], Style(english=True))
    text = " ".join(" ".join(pages(pdf)).split())
    assert page_count(pdf) == 1
    for words in ("doses to catch up", "Your child may go to school as usual.", "DTaP dose 5, 6 years", "Reply slip"):
        assert words in text
    assert "No record does not mean not vaccinated." in text
    assert "没有记录，不等于没有种" in text


def test_the_schools_own_lines_are_text_and_the_rest_stays(press: Press) -> None:
    text = squeezed(pages(print_notices(press, [crowded(3)]))[0])
    assert "青禾区教育集团" in text
    assert "卫生室0571-55500000" in text
    assert "由接种单位的医生决定" in text
