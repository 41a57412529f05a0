"""Files as schools send them, made for a test: workbooks, text in several encodings, true check digits."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from stdnum.cn import ric

Cell = object
Row = Sequence[Cell]

COLUMNS = ("姓名", "性别", "出生日期", "身份证号", "班级", "监护人", "关系", "联系电话", "住址")
BORN = dt.date(2020, 3, 12)


def resident_id(serial: int, born: dt.date = BORN, *, boy: bool = False, place: str = "330106") -> str:
    """A number nobody has, with the right check digit; `serial` up to 499."""
    return checked(f"{place}{born:%Y%m%d}{serial * 2 + boy:03d}")


def checked(body: str) -> str:
    """Seventeen digits and the one that belongs to them."""
    return body + ric.calc_check_digit(body + "0")


def child(
    serial: int, name: str | None = None, born: dt.date = BORN, class_name: str = "一（1）班", **more: Cell
) -> Row:
    """A row under `COLUMNS`."""
    cells = {
        "姓名": name or f"林小{chr(0x4E00 + serial)}",
        "性别": "女",
        "出生日期": born,
        "身份证号": resident_id(serial, born),
        "班级": class_name,
        "监护人": f"林家长{serial}",
        "关系": "父亲",
        "联系电话": f"138{serial:08d}",
        "住址": f"青河路 {serial} 号",
    }
    cells |= more
    return [cells[column] for column in COLUMNS]


def workbook(*rows: Row, title: str = "名册") -> bytes:
    return sheets({title: rows})


def sheets(content: dict[str, Iterable[Row]], hidden: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in content.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title in hidden:
            sheet.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(*rows: Row, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def roster(*rows: Row) -> bytes:
    """A workbook with our names of the columns."""
    return workbook(COLUMNS, *rows)
