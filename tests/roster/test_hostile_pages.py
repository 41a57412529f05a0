"""What a hostile file looks like on the pages, and the template that makes honest ones."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from app.roster.reading import read_roster
from app.roster.template import workbook as blank
from tests.district import District
from tests.roster.conftest import Desk
from tests.roster.school import identities_here, words
from tests.roster.sheets import COLUMNS, child, roster, text

TODAY = dt.date(2026, 9, 1)


# hostile content


def test_markup_and_formulas_are_shown_as_text(desk: Desk, district: District) -> None:
    script, formula = "<script>alert(1)</script>", '=HYPERLINK("http://x")'
    rows = [
        child(1, script, 监护人="<b>", 住址='"><img src=x onerror=alert(1)>'),
        child(2, formula),
        child(3, "{{ 7*7 }}{% raw %}"),
        child(4, 班级=script),
        child(5, 性别=script),
        child(6, "安\u202e全\x07"),
    ]
    content = text((*COLUMNS, script), *rows)
    address = desk.propose(content, f"{script}.csv")
    pages = "".join(desk.see(address, group) for group in ("faulty", "new", "same"))
    assert script not in pages
    assert "<img" not in pages
    assert "49" not in words(pages).replace("0049", "")
    assert "&lt;script&gt;" in pages
    assert "像公式" in pages or "是公式" in pages
    assert desk.apply(address).status_code == 200
    with desk.database.reading() as session:
        names = {identity.name for identity in identities_here(session, district).values()}
    assert names == {script, "{{ 7*7 }}{% raw %}", "安全"}


def test_a_cell_of_four_kilobytes_is_a_fault_and_a_short_one_on_the_page(desk: Desk) -> None:
    address = desk.propose(roster(child(1, "长" * 4096), child(2, 住址="路" * 4096), child(3)))
    page = desk.see(address, "faulty")
    assert "太长" in page
    assert "长" * 30 not in page
    assert "写好了" in desk.apply(address).text


def test_a_number_that_lost_its_digits_says_what_to_do(desk: Desk) -> None:
    address = desk.propose(roster(child(1, 身份证号=330106202003120047)))
    page = words(desk.see(address))
    assert "2 林小丁" in page
    assert "3.30106E+17" in page
    assert "设成“文本”" in page
    assert desk.seen(address) == ""


# the template


def test_the_template_can_be_filled_in_and_read(desk: Desk, district: District) -> None:
    answer = desk.client.get("/roster/template")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    book = load_workbook(io.BytesIO(answer.data))
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in sheet[1]}
    assert {"姓名", "性别", "出生日期", "身份证号", "班级", "联系电话"} <= heads.keys()
    assert all(cell.comment is not None for cell in sheet[1])
    for row in (2, 3, 400):
        assert sheet.cell(row, heads["身份证号"]).number_format == "@"
    for name, value in zip(COLUMNS, child(1, "林小雨"), strict=True):
        sheet.cell(3, heads[name], str(value))
    file = io.BytesIO()
    book.save(file)
    desk.write(file.getvalue())
    with desk.database.reading() as session:
        assert [one.name for one in identities_here(session, district).values()] == ["林小雨"]


def test_the_empty_template_holds_no_child() -> None:
    with pytest.raises(ValueError, match="没有孩子"):
        read_roster(blank(), file_name="名册模板.xlsx", today=TODAY)


def test_the_example_could_never_be_somebody() -> None:
    content = load_workbook(io.BytesIO(blank()))
    sheet = content.worksheets[0]
    heads = {str(cell.value): cell.column for cell in sheet[1]}
    sheet.cell(2, heads["姓名"], "林小满")
    file = io.BytesIO()
    content.save(file)
    (row,) = read_roster(file.getvalue(), file_name="名册.xlsx", today=TODAY).rows
    assert [fault.column for fault in row.faults] == ["身份证号"]
