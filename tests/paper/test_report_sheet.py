"""The list on paper: a letter upright, a table across, page x of y, number and seal on every page, sums that add up."""

import io
from pathlib import Path

import numpy
import pikepdf
import pytest

from forms.paper.printing import Press
from forms.paper.report import SumRow, SumTable, print_report
from tests.paper.sheets import LONG_NAME, page_count, pages, picture, report, squeezed


def test_the_letter_stands_and_the_list_lies(press: Press) -> None:
    with pikepdf.open(io.BytesIO(print_report(press, report(40)))) as pdf:
        shapes = [(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in pdf.pages]
    assert shapes[0] == (595, 842)
    assert len(shapes) > 2
    assert set(shapes[1:]) == {(842, 595)}


@pytest.mark.parametrize("lines", [0, 1, 40])
def test_every_page_has_its_number_the_seal_and_the_count(press: Press, lines: int) -> None:
    texts = pages(print_report(press, report(lines)))
    for number, text in enumerate(texts, start=1):
        foot = squeezed(text.strip().splitlines()[-1])
        assert f"第{number}页，共{len(texts)}页" in foot
        assert "名2026秋-0311-0007-01" in foot
        assert "校验7f3a91c40be2" in foot


def test_every_child_is_there_once_with_its_doses(press: Press) -> None:
    sheet = report(40, LONG_NAME)
    whole = squeezed("".join(pages(print_report(press, sheet))[1:]))
    for line in sheet.lines:
        assert whole.count(squeezed(line.guardians[0])) == 1
    assert whole.count("百白破疫苗5") >= 40
    assert "核实以后才知道：乙肝疫苗3" in whole
    assert "2026-09-15入校，期限2026-10-15" in whole


def test_the_heading_is_repeated_on_every_page(press: Press) -> None:
    assert all("监护人与电话" in squeezed(text) for text in pages(print_report(press, report(40)))[1:-1])


def test_the_cover_adds_up(press: Press) -> None:
    text = squeezed(pages(print_report(press, report(9)))[0])
    assert "应查验53人＝未查验2＋已种齐41＋无需补种1＋需补种9＋需核实0＋无接种证0。" in text
    assert "本次名单9人，要补18剂。" in text
    assert "收件回执" in text
    assert "接收人" in text


def test_a_draft_is_marked_on_every_page(press: Press) -> None:
    texts = pages(print_report(press, report(40, is_draft=True, seal="")))
    assert all("草稿" in squeezed(text) for text in texts)
    assert all("草稿，不能作为报告" in squeezed(text) for text in texts)
    assert not any("校验" in text for text in texts)
    assert not any("草稿" in text for text in pages(print_report(press, report(3))))


def test_a_supplement_says_which_one_it_is(press: Press) -> None:
    text = squeezed(pages(print_report(press, report(2, sequence=3, listed_before=45, only_due=4)))[0])
    assert "第2次补报" in text
    assert "以前的名单已报45人，不再重复。" in text
    assert "另有4人刚到应种年龄，已通知家长，不列入名单。" in text


def test_sums_add_up_both_ways() -> None:
    table = SumTable((1, 2, 3), (SumRow("a", (1, 0, 2)), SumRow("b", (0, 5, 0))))
    assert [row.total for row in table.rows] == [3, 5]
    assert table.by_dose == (1, 5, 2)
    assert table.total == sum(table.by_dose) == 8


def test_nothing_reaches_into_the_margin(press: Press, tmp_path: Path) -> None:
    pdf = print_report(press, report(40, LONG_NAME))
    for page in range(1, page_count(pdf) + 1):
        ink = numpy.asarray(picture(pdf, tmp_path, dpi=72, page=page)) < 128
        rows, columns = numpy.where(ink.any(axis=1))[0], numpy.where(ink.any(axis=0))[0]
        edge = 12 / 25.4 * 72
        assert columns.min() > edge
        assert columns.max() < ink.shape[1] - edge
        assert rows.min() > edge
        assert rows.max() < ink.shape[0] - 6 / 25.4 * 72


def test_markup_is_printed_as_it_stands(press: Press) -> None:
    text = squeezed("".join(pages(print_report(press, report(3, "<b>林</b>&lt;")))))
    assert "<b>林</b>&lt;" in text
