"""Files to try the import with, made anew for every demo: two rosters of a kindergarten, one with mistakes as people
make them, and what stands in the booklets that are still to be typed.
"""

import csv
import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

from openpyxl import Workbook

from app.children.kinds import ClinicResult
from app.demo.children import MadeUpChild, population
from app.demo.records import LOST
from app.privacy.identities import IdentifierKind
from rules import national

Cell = str | int | float | dt.date | None
Row = list[Cell]

COLUMNS = (
    "序号",
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "儿童编码",
    "年级",
    "班级",
    "监护人",
    "关系",
    "联系电话",
    "住址",
)
_NAME, _BORN, _NUMBER = COLUMNS.index("姓名"), COLUMNS.index("出生日期"), COLUMNS.index("身份证号")
_BOOKLET = ("班级", "姓名", "第几行", "疫苗", "日期", "评估页")
_ASSESSED = {ClinicResult.COMPLETE: "已完成", ClinicResult.CATCH_UP: "需补种", ClinicResult.NONE: "没有写"}

ROSTER_WITH_MISTAKES = "石桥镇中心幼儿园-小一班-名册（有错行）.xlsx"
ROSTER_AS_TEXT = "石桥镇中心幼儿园-小二班-名册.csv"
BOOKLETS = "接种证抄本.xlsx"


def write_samples(folder: Path) -> None:
    """Write the three files."""
    folder.mkdir(exist_ok=True)
    first, second = (
        [child for child in population() if not child.school.roster_loaded and child.school_class.name == name]
        for name in ("小一班", "小二班")
    )
    _workbook(
        folder / ROSTER_WITH_MISTAKES, [["石桥镇中心幼儿园2026年秋季新生名册"], [], list(COLUMNS), *_mistaken(first)]
    )
    _text(folder / ROSTER_AS_TEXT, [list(COLUMNS), *_variously_dated(second)])
    _workbook(folder / BOOKLETS, [list(_BOOKLET), *_booklets()])


def _row(number: int, child: MadeUpChild) -> Row:
    guardian = child.identity.guardians[0]
    return [
        number,
        child.identity.name,
        "女" if child.sex.value == "F" else "男",
        child.birth,
        child.identity.number(IdentifierKind.RESIDENT_ID) or child.identity.number(IdentifierKind.PASSPORT),
        child.identity.number(IdentifierKind.CHILD_CODE),
        child.school_class.grade,
        child.school_class.name,
        guardian.name,
        guardian.relation,
        guardian.phone,
        child.identity.address,
    ]


def _mistaken(children: list[MadeUpChild]) -> list[Row]:
    """The class as it should be, but for five rows; the pair of twins in it is no mistake."""
    rows = [_row(number, child) for number, child in enumerate(children, start=1)]
    with_number = [row for row in rows if isinstance(row[_NUMBER], str) and len(str(row[_NUMBER])) == 18]
    with_number[1][_NUMBER] = _other_check_digit(str(with_number[1][_NUMBER]))
    with_number[4][_NAME] = None
    with_number[6][_BORN] = "2021.13.1"
    # Opened and saved by a table program that took it for a quantity: the last digits are gone.
    with_number[-1][_NUMBER] = float(str(with_number[-1][_NUMBER])[:15] + "000")
    return [*rows, [len(rows) + 1, *rows[2][1:]]]


def _other_check_digit(number: str) -> str:
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def _variously_dated(children: list[MadeUpChild]) -> list[Row]:
    """No mistake in it, but every teacher wrote dates in another way."""
    ways: tuple[Callable[[dt.date], str], ...] = (
        lambda day: f"{day:%Y-%m-%d}",
        lambda day: f"{day.year}.{day.month}.{day.day}",
        lambda day: f"{day:%Y%m%d}",
        lambda day: f"{day.year}年{day.month}月{day.day}日",
        lambda day: f"{day.year}/{day.month}/{day.day}",
    )
    rows = [_row(number, child) for number, child in enumerate(children, start=1)]
    for number, (row, child) in enumerate(zip(rows, children, strict=True)):
        row[_BORN] = ways[number % len(ways)](child.birth)
    return rows


def _booklets() -> Iterable[Row]:
    """A row a dose, for everybody whose doses nobody has entered."""
    for child in population():
        if child.school.roster_loaded and not child.school_class.booklets_to_type:
            continue
        who = [child.school_class.name, child.identity.name]
        if child.record.certificate in LOST:
            yield [*who, None, "（接种证丢了，或者正在补办）"]
        elif not child.record.doses:
            yield [*who, None, "（空白）"]
        else:
            yield from ([*who, *cells, _ASSESSED[child.record.clinic]] for cells in _doses(child))


def _doses(child: MadeUpChild) -> Iterable[Row]:
    for number, dose in enumerate(child.record.doses, start=1):
        written = dose.as_written or national().products[dose.product].name
        yield [number, written, dose.day.isoformat() if dose.day else dose.partial_date or "家长说种过，没有记录"]


def _workbook(path: Path, rows: Iterable[Row]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册" if "名册" in path.name else "接种证")
    for row in rows:
        sheet.append(row)
    book.save(path)


def _text(path: Path, rows: Iterable[Row]) -> None:
    """In the encoding that Chinese table programs write."""
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
