"""Reads a table of sums back from each of its forms: the screen, the paper, the workbook."""

import io
import re

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page

from tests.journeys.papers import Sheet

_TOTAL = "合计"


def total_on_screen(page: Page, table: str) -> list[int]:
    """The last row of a table."""
    cells = page.get_by_role("table", name=table, exact=True).locator("tbody tr").last.locator("td").all_inner_texts()
    return _numbers(cells)


def total_on_paper(pages: list[Sheet]) -> list[int]:
    """The first line of totals."""
    lines = [line for page in pages for line in page.text.splitlines() if line.strip().startswith(_TOTAL)]
    return _numbers(lines[0].split())


def total_in_book(content: bytes, sheet: str) -> list[int]:
    rows = _sheet(content, sheet).iter_rows(values_only=True)
    (total,) = [row for row in rows if row[0] == _TOTAL]
    return [int(cell) for cell in total[1:] if cell is not None]


def column(content: bytes, sheet: str, label: str) -> list[str]:
    """The cells under one heading; of the sheet whose title this is, or of the first."""
    rows = list(_sheet(content, sheet).iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if label in row)
    where = rows[head].index(label)
    first = rows[head].index("序号") if "序号" in rows[head] else 0
    return [str(row[where]) for row in rows[head + 1 :] if isinstance(row[first], int) and row[where]]


def _sheet(content: bytes, title: str) -> Worksheet:
    book = load_workbook(io.BytesIO(content))
    return book[title] if title else book.worksheets[0]


def _numbers(cells: list[str]) -> list[int]:
    assert cells[0].strip() == _TOTAL
    return [int(cell) for cell in cells[1:] if re.fullmatch(r"\d+", cell.strip())]
