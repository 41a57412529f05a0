"""The file the school office sends: twelve children and one row that nobody can read."""

import io
from collections.abc import Iterable

from openpyxl import Workbook

from tests.journeys.class_of_twelve import CLASS, TWELVE, Pupil

COLUMNS = ("班级", "姓名", "性别", "出生日期", "身份证号", "儿童编码", "监护人", "关系", "联系电话")
#: The last digit of this number is wrong, so it is nobody's.
UNREADABLE = Pupil("钱多多", "男", TWELVE[0].born, 30)


def roster_file(pupils: Iterable[Pupil] = TWELVE) -> bytes:
    wrong = str((int(UNREADABLE.number[-1].replace("X", "9")) + 1) % 10)
    unreadable = _row(UNREADABLE, UNREADABLE.number[:-1] + wrong)
    return as_bytes(COLUMNS, [*(_row(pupil, pupil.number) for pupil in pupils), unreadable])


def as_bytes(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(columns))
    for row in rows:
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _row(pupil: Pupil, number: str) -> list[object]:
    phone = TWELVE[5].phone if pupil.guardian != "家长" else pupil.phone
    return [CLASS, pupil.name, pupil.sex, pupil.born, number, pupil.code, pupil.guardian, "父亲", phone]
