"""Reads sheets back: the text of a PDF, the cells of a workbook as openpyxl and as calamine see them."""

import datetime as dt
import io
import subprocess

import openpyxl
from python_calamine import CalamineWorkbook

from forms.paper.tables import Table, Value


def pages(pdf: bytes) -> list[str]:
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode().split("\f")[:-1]


def squeezed(text: str) -> str:
    return "".join(text.split())


def body_of(book: bytes, place: int, table: Table) -> list[list[Value]]:
    """The rows and totals of one worksheet, without what stands above and below them."""
    page = openpyxl.load_workbook(io.BytesIO(book)).worksheets[place]
    first = int(page.freeze_panes[1:])
    count = len(table.rows) + len(table.totals)
    rows = page.iter_rows(min_row=first, max_row=first + count - 1, max_col=len(table.columns), values_only=True)
    return [[cell.date() if isinstance(cell, dt.datetime) else cell for cell in row] for row in rows]


def calamine_text(book: bytes, place: int) -> list[list[object]]:
    read = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return read.get_sheet_by_index(place).to_python()
