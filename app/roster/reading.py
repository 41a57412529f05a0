"""From the cells of a file to rows: finds the header, reads every cell by its column, says what is wrong where."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from flask_babel import gettext as _

from app.children.kinds import EnrolmentSource, Origin, Sex
from app.privacy.folding import fold_name, fold_number
from app.privacy.identities import Guardian, IdentifierKind
from app.roster.numbering import read_numbers
from app.roster.opening import MOST_RAW_ROWS, Cell, FileRefused, Sheet, WhichColumns, open_file
from app.roster.reading_cells import Cells, shortened
from app.roster.rows import Fault, Roster, Row
from forms.web.roster import LABELS, MOST_CHILDREN, MOST_COLUMNS, Column, Header, find_header, likely_header
from forms.web.roster_cells import (
    is_blank,
    plain_text,
    read_date,
    read_name,
    read_origin,
    read_phone,
    read_relation,
    read_sex,
    read_source,
    read_text,
)

Word = TypeVar("Word", Origin, EnrolmentSource)

_OLDEST_YEARS = 20
_FARTHEST_DAYS = 400
_COLUMN_OF = {
    IdentifierKind.RESIDENT_ID: Column.NUMBER,
    IdentifierKind.PASSPORT: Column.NUMBER,
    IdentifierKind.CHILD_CODE: Column.CHILD_CODE,
    IdentifierKind.STUDENT_NUMBER: Column.STUDENT_NUMBER,
}
#: The row that the template shows how to fill in.
_EXAMPLE = ("示例", "(示例", "（示例", "例：", "例如")


def read_roster(
    content: bytes,
    *,
    file_name: str,
    today: dt.date,
    class_id: int | None = None,
    own: Mapping[str, Column] | None = None,
) -> Roster:
    """The roster in a file. `class_id`: the class of every child, where the file has no column that says it.

    `own`: what this school calls its columns, where it once said so by hand.
    """
    sheets = open_file(content)
    sheet, header = _chosen(sheets, own)
    _check_columns(header, class_id)
    others = tuple(one.name for one in sheets if one is not sheet)
    return read_table(sheet, header, file_name=file_name, today=today, class_id=class_id, other_sheets=others)


def read_table(
    sheet: Sheet,
    header: Header,
    *,
    file_name: str,
    today: dt.date,
    class_id: int | None = None,
    other_sheets: tuple[str, ...] = (),
    every_row: bool = False,
) -> Roster:
    """The roster in a table whose columns are known. `every_row`: none is passed over as blank or as an example."""
    found = enumerate(sheet.rows, start=1) if every_row else _filled(sheet, header)
    rows = [_row(number, cells, header, today) for number, cells in found]
    if not rows:
        raise FileRefused(_("表头下面没有孩子。请看看是不是选错了文件。"))
    return Roster(
        file_name=plain_text(file_name)[-80:],
        sheet=sheet.name,
        other_sheets=other_sheets,
        header_row=header.row + 1,
        columns=tuple(str(LABELS[column]) for column in header.columns),
        unused=header.unused,
        rows=_without_repetitions(rows),
        class_id=None if Column.CLASS in header.columns else class_id,
        read_on=today.isoformat(),
    )


def _chosen(sheets: list[Sheet], own: Mapping[str, Column] | None) -> tuple[Sheet, Header]:
    """The first sheet that has names of columns."""
    for sheet in sheets:
        header = find_header(sheet.rows, own)
        if header is None:
            continue
        if sheet.width > MOST_COLUMNS:
            raise FileRefused(
                _("表格有 %(n)s 列，最多读 %(most)s 列。请删去名册以外的列。", n=sheet.width, most=MOST_COLUMNS)
            )
        if sheet.height > MOST_RAW_ROWS:
            raise FileRefused(_("第 %(n)s 行还有内容。请把名册复制到一张新表格里，再传一次。", n=sheet.height))
        return sheet, header
    words = next((found for sheet in sheets if (found := likely_header(sheet.rows))), ())
    raise WhichColumns(
        _("没有找到表头。表头那一行要有“姓名”和别的列名，像“出生日期”“班级”。可以下载模板照着填。"), words
    )


def _check_columns(header: Header, class_id: int | None) -> None:
    """What no row could do without."""
    for column in (Column.BIRTH_DATE, Column.SEX):
        if column not in header.columns and Column.NUMBER not in header.columns:
            raise WhichColumns(
                _("文件里没有“%(column)s”这一列。请加上这一列再传。", column=LABELS[column]), header.unused
            )
    if Column.CLASS not in header.columns and class_id is None:
        sentence = _("文件里没有“班级”这一列。请加上这一列；整份文件是一个班的，也可以在下面选这个班。")
        raise WhichColumns(sentence, header.unused)


def _filled(sheet: Sheet, header: Header) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    found = 0
    for place, cells in enumerate(sheet.rows[header.row + 1 :], start=header.row + 2):
        told = [cells[at] for at in header.columns.values() if at < len(cells)]
        name = header.columns[Column.NAME]
        if all(is_blank(cell) for cell in told):
            continue
        if name < len(cells) and plain_text(cells[name]).startswith(_EXAMPLE):
            continue
        found += 1
        if found > MOST_CHILDREN:
            raise FileRefused(_("一份文件最多 %(most)s 个孩子。请按年级分成几份。", most=MOST_CHILDREN))
        yield place, cells


def _row(number: int, content: tuple[Cell, ...], header: Header, today: dt.date) -> Row:
    cells = Cells(content, header)
    name = cells.read(Column.NAME, read_name)
    sex = cells.read(Column.SEX, read_sex)
    born = cells.read(Column.BIRTH_DATE, read_date)
    identity = read_numbers(cells, born=born, sex=Sex(sex) if sex else None)
    row = Row(
        number=number,
        name=name or "",
        sex=identity.sex,
        birth_date=identity.birth_date,
        numbers=identity.numbers,
        grade=cells.read(Column.GRADE, lambda cell: read_text(cell, 30)) or "",
        class_name=cells.read(Column.CLASS, lambda cell: read_text(cell, 30)) or "",
        guardians=tuple(_guardians(cells)),
        address=cells.read(Column.ADDRESS, lambda cell: read_text(cell, 200)) or "",
        former_name=cells.read(Column.FORMER_NAME, read_name) or "",
        origin=_kind(Origin, cells.read(Column.ORIGIN, read_origin)),
        source=_kind(EnrolmentSource, cells.read(Column.SOURCE, read_source)),
        from_day=cells.read(Column.FROM_DAY, read_date),
    )
    _judge(row, cells, today)
    return replace(row, faults=tuple(cells.faults))


def _guardians(cells: Cells) -> Iterator[Guardian]:
    name = cells.read(Column.GUARDIAN, read_text) or ""
    relation = cells.read(Column.RELATION, read_relation) or ""
    phone = cells.read(Column.PHONE, read_phone) or ""
    if name or phone:
        yield Guardian(name, relation, phone)
    for who, at_phone, word in (
        (Column.FATHER, Column.FATHER_PHONE, "父亲"),
        (Column.MOTHER, Column.MOTHER_PHONE, "母亲"),
    ):
        parent, number = cells.read(who, read_text) or "", cells.read(at_phone, read_phone) or ""
        if (parent or number) and not (parent and fold_name(parent) == fold_name(name)):
            yield Guardian(parent, word, number)


def _judge(row: Row, cells: Cells, today: dt.date) -> None:
    """What must be there, and days that cannot be."""
    if not row.name:
        cells.miss(Column.NAME, _("没有写姓名。"))
    if row.sex is None:
        cells.miss(Column.SEX, _("没有写性别，身份证号里也看不出来。"))
    born = row.birth_date
    if born is None:
        cells.miss(Column.BIRTH_DATE, _("没有写出生日期，身份证号里也看不出来。"))
    elif born > today:
        cells.fault(Column.BIRTH_DATE, _("%(day)s 还没到。请看年份是不是写错了。", day=born.isoformat()))
    elif born.year < today.year - _OLDEST_YEARS:
        age = today.year - born.year
        cells.fault(
            Column.BIRTH_DATE,
            _("按 %(day)s 算已经 %(age)s 岁。请看年份是不是写错了。", day=born.isoformat(), age=age),
        )
    if row.from_day and (born and row.from_day < born or row.from_day > today + dt.timedelta(days=_FARTHEST_DAYS)):
        cells.fault(Column.FROM_DAY, _("%(day)s 不像入班的日子。请看年份是不是写错了。", day=row.from_day.isoformat()))


def _kind(kind: type[Word], text: str | None) -> Word | None:
    return kind(text) if text else None


def _without_repetitions(rows: list[Row]) -> tuple[Row, ...]:
    """The same child twice in one file: the second row says where the first one stands."""
    by_number: dict[tuple[str, str], int] = {}
    by_name: dict[tuple[object, ...], Row] = {}
    kept = []
    for row in rows:
        fault = _repeated(row, by_number, by_name)
        kept.append(replace(row, faults=(*row.faults, fault)) if fault else row)
    return tuple(kept)


def _repeated(row: Row, by_number: dict[tuple[str, str], int], by_name: dict[tuple[object, ...], Row]) -> Fault | None:
    for one in row.numbers:
        first = by_number.setdefault((one.kind, fold_number(one.number)), row.number)
        if first != row.number:
            sentence = _("和第 %(n)s 行的号码一样。一个号码只能是一个孩子，请照证件改对其中一个。", n=first)
            return Fault(str(LABELS[_COLUMN_OF[one.kind]]), shortened(one.number), sentence)
    if not row.name or row.birth_date is None:
        return None
    other = by_name.setdefault((fold_name(row.name), row.birth_date, row.sex), row)
    if other is row or (row.numbers and other.numbers):
        return None
    return Fault(
        str(LABELS[Column.NAME]),
        row.name,
        _("和第 %(n)s 行同名、同生日、同性别。是一个孩子就删掉一行；是两个孩子，两行都要写身份证号。", n=other.number),
    )
