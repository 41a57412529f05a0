"""Tables on paper and as a workbook: heads repeated, words that stay words, days that are days, a set-up for print."""

import datetime as dt
import io

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from forms.paper.printing import Press
from forms.paper.tables import Column, Kind, Row, Table, TableSheet
from forms.paper.workbook import workbook
from tests.paper.sheets import LONG_NAME, pages, squeezed

DAY = dt.date(2020, 2, 29)
EVIL = ("=1+1", "+86", "-2", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "\x0b=cmd|' /C calc'!A0")


def sheet(rows: tuple[Row, ...], **more) -> TableSheet:
    columns = (
        Column("序", 8, Kind.NUMBER),
        Column("姓名", 40, Kind.NAME),
        Column("1", 7, Kind.MIDDLE, "乙肝"),
        Column("2", 7, Kind.MIDDLE, "乙肝"),
        Column("出生日期", 22, Kind.DATE),
    )
    totals = (Row((None, "合计", len(rows), None, None), strong=True),)
    table = Table("登记表", columns, rows, totals if rows else (), empty="没有儿童。", notes=("说明",))
    settings = {"number": "册2026秋-0001", "seal": "7f3a 91c4 0be2", "drawn_on": dt.date(2026, 9, 10)}
    return TableSheet("登记表", ("学校", "班"), (table,), hands=("查验人", "单位（章）"), **settings, **more)


def row(number: int, name: str) -> Row:
    return Row((number, name, "1", "×", DAY))


def test_a_class_of_sixty_goes_over_pages_with_its_head(press: Press) -> None:
    texts = pages(press.print_tables(sheet(tuple(row(n, f"孩{n}") for n in range(1, 61)))))
    assert len(texts) > 1
    assert all("出生日期" in squeezed(text) and "查验人" in squeezed(text) for text in texts)
    assert all(f"孩{n}" in squeezed("".join(texts)) for n in range(1, 61))


def test_an_empty_class_says_so(press: Press) -> None:
    empty = sheet(())
    assert "没有儿童。" in squeezed(pages(press.print_tables(empty))[0])
    cells = [cell.value for line in openpyxl.load_workbook(io.BytesIO(workbook(empty))).active for cell in line]
    assert "没有儿童。" in cells


def test_a_long_name_is_whole(press: Press) -> None:
    whole = squeezed("".join(pages(press.print_tables(sheet((row(1, LONG_NAME),))))))
    assert all(part in whole for part in (LONG_NAME[:6], LONG_NAME[-4:]))


@pytest.mark.parametrize("name", EVIL)
def test_a_name_is_never_a_formula(name: str) -> None:
    made = workbook(sheet((row(1, name),)))
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    cell = page.cell(int(page.freeze_panes[1:]), 2)
    assert cell.value.strip() == name.strip("\t\x0b")
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert b"<f>" not in made
    assert not any(one.data_type == "f" for line in page for one in line)


def test_days_are_days_and_numbers_are_numbers() -> None:
    made = workbook(sheet((row(1, "白露"),)))
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    first = int(page.freeze_panes[1:])
    assert [page.cell(first, at).data_type for at in (1, 5)] == ["n", "d"]
    assert page.cell(first, 5).number_format == "yyyy-mm-dd"
    body = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    assert [1.0, "白露", "1", "×", DAY] in body


def test_the_print_set_up(press: Press) -> None:
    page = openpyxl.load_workbook(io.BytesIO(workbook(sheet((row(1, "白露"),))))).active
    assert (page.page_setup.orientation, str(page.page_setup.paperSize)) == ("landscape", "9")
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage) == (
        1,
        0,
        True,
    )
    assert page.print_title_rows == "$3:$4"
    assert page.freeze_panes == "A5"
    assert page.oddFooter.right.text == "第 &P 页，共 &N 页"
    assert page.oddFooter.left.text == "册2026秋-0001 校验 7f3a 91c4 0be2"
    assert page.column_dimensions["B"].width > page.column_dimensions["A"].width


def test_a_row_must_have_a_cell_for_every_column() -> None:
    with pytest.raises(ValueError, match="4 cells for 5 columns"):
        sheet((Row((1, "白露", "1", "×")),))
