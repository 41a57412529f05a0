"""The empty roster to download: our names of the columns, what belongs there, one example, numbers kept as text."""

import io

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from forms.web.roster import LABELS, MOST_CHILDREN, Column

_TEXT = "@"
_INK, _SUNK = "FF16212B", "FFEEF0EE"


def workbook() -> bytes:
    """An .xlsx file."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _("名册")
    for place, (column, example, note, width) in enumerate(_columns(), start=1):
        _column(sheet, place, str(LABELS[column]), example, note, width)
    _choices(sheet, "C", [_("男"), _("女")])
    _choices(sheet, "K", [_("新生"), _("转入"), _("插班"), _("借读")])
    sheet.freeze_panes = "A2"
    _explain(book.create_sheet(_("怎么填")))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _columns() -> list[tuple[Column, str, str, int]]:
    """Column, example, note, width. The example's name tells the reader to leave its row out."""
    return [
        (Column.CLASS, _("一（1）班"), _("必填。学校里没有的班，导入时会先问要不要新建。"), 12),
        (Column.NAME, _("示例：林小满"), _("必填。和证件上一样，少数民族姓名的点照写。"), 16),
        (Column.SEX, _("女"), _("男或女。有身份证号可以不填。"), 8),
        (Column.BIRTH_DATE, "2020-03-12", _("20200312、2020.3.12、2020年3月12日都行。有身份证号可以不填。"), 14),
        (
            Column.NUMBER,
            "330199202003120021",
            _("18 位，照证件写。这一列已设成文本，粘贴时请选“只粘贴文本”，否则后几位会丢。"),
            22,
        ),
        (Column.CHILD_CODE, "", _("接种证上的儿童编码，有就填。"), 22),
        (Column.GUARDIAN, _("林大河"), _("可以不填。通知和家长联系要用。"), 12),
        (Column.RELATION, _("父亲"), _("可以不填。"), 8),
        (Column.PHONE, "13800000000", _("可以不填。一格一个电话。"), 16),
        (Column.ADDRESS, _("青河路 1 号"), _("可以不填。"), 28),
        (Column.SOURCE, _("新生"), _("可以不填。新生、转入、插班、借读。"), 8),
        (Column.FROM_DAY, "", _("可以不填。开学后才来的孩子写来的那天。"), 14),
    ]


def _column(sheet: Worksheet, place: int, label: str, example: str, note: str, width: int) -> None:
    letter = get_column_letter(place)
    sheet.column_dimensions[letter].width = width
    # The whole column, so that rows typed later keep their last digits too.
    sheet.column_dimensions[letter].number_format = _TEXT
    head = sheet.cell(1, place, label)
    head.font = Font(bold=True, color="FFFFFFFF")
    head.fill = PatternFill("solid", fgColor=_INK)
    head.alignment = Alignment(horizontal="center")
    head.comment = Comment(note, _("查验"), width=260, height=90)
    for row in range(2, 502):
        sheet.cell(row, place).number_format = _TEXT
    shown = sheet.cell(2, place, example)
    shown.fill = PatternFill("solid", fgColor=_SUNK)


def _choices(sheet: Worksheet, letter: str, words: list[str]) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{MOST_CHILDREN + 1}")


def _explain(sheet: Worksheet) -> None:
    lines = [
        _("一行一个孩子，从第 2 行起填；第 2 行的示例留着也不会导入。"),
        _("列的先后随便，多出来的列不会读，不认识的列会告诉您。"),
        _(
            "可以加的列：学籍号、证件类型、户籍（本地、外地、境外）、曾用名、年级、父亲姓名、父亲电话、母亲姓名、母亲电话。"
        ),
        _("空着的格子不会把系统里已有的内容删掉。"),
        _("上传后先看变化，您确认以后才写入。同一份文件再传一次，什么都不会变。"),
    ]
    sheet.column_dimensions["A"].width = 90
    for place, line in enumerate(lines, start=1):
        sheet.cell(place, 1, line)
