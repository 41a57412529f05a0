"""Tables as a workbook for Excel and WPS: the same rows as the PDF, one worksheet a table.

Days are days, numbers are numbers, and words stay words: a name that begins with = + - @ is never a formula.
"""

import datetime as dt
import io
from collections.abc import Sequence

from flask_babel import force_locale
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from forms.paper.tables import Kind, Row, Table, TableSheet, Value, plain
from forms.translating import translate as _

#: The type of a media file of this kind.
MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_A4 = 9
_DAY = "yyyy-mm-dd"
#: A worksheet's name may not hold these, nor more than 31 characters.
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'"))
_LONGEST_NAME = 31
#: Millimetres on paper to characters of the standard type.
_CHARACTERS = 0.56
_STEERS = ("=", "+", "-", "@", "\t", "|", "%")

_THIN, _THICK = Side("thin"), Side("medium")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEADED = Border(left=_THIN, right=_THIN, top=_THICK, bottom=_THICK)
_GREY = PatternFill("solid", start_color="FFF0F0F0", end_color="FFF0F0F0")
_BODY, _STRONG, _TITLE = Font("宋体", size=10), Font("宋体", size=10, bold=True), Font("黑体", size=15, bold=True)
_CENTRE = Alignment("center", "center", wrap_text=True)
_LEFT = Alignment("left", "center", wrap_text=True)
_OF_KIND = {Kind.TEXT: _LEFT, Kind.NAME: _LEFT, Kind.MIDDLE: _CENTRE, Kind.NUMBER: _CENTRE, Kind.DATE: _CENTRE}


def workbook(sheet: TableSheet) -> bytes:
    """The bytes of an XLSX file."""
    with force_locale("zh_CN"):
        return _bytes(sheet)


def _bytes(sheet: TableSheet) -> bytes:
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    book.remove(first)
    for table in sheet.tables:
        _draw(book.create_sheet(_name(table.title, book.sheetnames)), sheet, table)
    # Nothing of the machine and nobody's name.
    made = dt.datetime.combine(sheet.drawn_on, dt.time())
    book.properties.creator, book.properties.title = "", sheet.title
    book.properties.created = book.properties.modified = made
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _name(title: str, taken: Sequence[str]) -> str:
    name = plain(title).translate(_NOT_IN_A_NAME)[:_LONGEST_NAME] or _("表")
    return name if name not in taken else f"{name[: _LONGEST_NAME - 3]} {len(taken) + 1}"


def _draw(page: Worksheet, sheet: TableSheet, table: Table) -> None:
    width = len(table.columns)
    at = _above(page, sheet, table, width)
    head_from, at = at, _head(page, table, at)
    if table.rows:
        for row in (*table.rows, *table.totals):
            _row(page, table, at, row)
            at += 1
    else:
        at = _line(page, at, width, table.empty)
    for note in (*table.notes, *sheet.notes):
        at = _line(page, at, width, note)
    if sheet.hands:
        _line(page, at + 1, width, "　　　　　　".join(sheet.hands))
    for place, column in enumerate(table.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = round(column.width * _CHARACTERS + 1, 1)
    _set_up(page, sheet, head_from, head_from + len(table.head), width)


def _above(page: Worksheet, sheet: TableSheet, table: Table, width: int) -> int:
    """Title, facts, legend; the row after them."""
    at = _line(page, 1, width, sheet.title, _TITLE, _CENTRE)
    page.row_dimensions[1].height = 26
    at = _line(page, at, width, "　".join(sheet.facts))
    for text in (sheet.legend, table.caption):
        if text:
            at = _line(page, at, width, text)
    return at


def _line(page: Worksheet, at: int, width: int, text: str, font: Font = _BODY, alignment: Alignment = _LEFT) -> int:
    """One text over the whole width; the next row."""
    cell = page.cell(at, 1)
    _fill(cell, text)
    cell.font, cell.alignment = font, alignment
    if width > 1:
        page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
    return at + 1


def _head(page: Worksheet, table: Table, at: int) -> int:
    place = 1
    for heading in table.head[0]:
        _heading(page, at, place, heading.label, heading.span, heading.depth)
        place += heading.span
    if table.grouped:
        for place, column in enumerate(table.columns, start=1):
            if column.group:
                _heading(page, at + 1, place, column.label, 1, 1)
    return at + len(table.head)


def _heading(page: Worksheet, at: int, place: int, label: str, span: int, depth: int) -> None:
    for down in range(depth):
        for across in range(span):
            cell = page.cell(at + down, place + across)
            cell.border, cell.font, cell.alignment, cell.fill = _HEADED, _STRONG, _CENTRE, _GREY
    _fill(page.cell(at, place), label)
    if span > 1 or depth > 1:
        page.merge_cells(start_row=at, start_column=place, end_row=at + depth - 1, end_column=place + span - 1)


def _row(page: Worksheet, table: Table, at: int, row: Row) -> None:
    for place, (value, column) in enumerate(zip(row.cells, table.columns, strict=True), start=1):
        cell = page.cell(at, place)
        _fill(cell, value)
        cell.border, cell.alignment = _RULED, _OF_KIND[column.kind]
        cell.font = _STRONG if row.strong or column.kind is Kind.NAME else _BODY
        if row.strong:
            cell.fill = _GREY


def _fill(cell: Cell, value: Value) -> None:
    """A value as what it is; words are words whatever they begin with."""
    if isinstance(value, str):
        text = plain(value)
        if not text:
            return
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_STEERS)
        return
    cell.value = value
    if isinstance(value, dt.date):
        cell.number_format = _DAY


def _set_up(page: Worksheet, sheet: TableSheet, head_from: int, body_from: int, width: int) -> None:
    page.freeze_panes = f"A{body_from}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{head_from}:{body_from - 1}"
    page.print_options.horizontalCentered = True
    margins = page.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.45, 0.6, 0.2, 0.25
    seal = _("校验 %(seal)s", seal=sheet.seal) if sheet.seal else _("草稿，不能作为报告")
    page.oddFooter.left.text = f"{sheet.number} {seal}".replace("&", "&&")
    page.oddFooter.right.text = _("第 &P 页，共 &N 页")
