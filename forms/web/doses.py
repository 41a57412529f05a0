"""A sheet of doses, typed from a booklet: many rows at once, each read by itself; what was typed is never lost.

The sheet knows neither database nor clock: it is told what is on record, when the child was born and what day it is.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from forms.web.dates import NoDate, Written, read_written, too_early, too_late
from forms.web.one_line import one_line
from forms.web.vaccines import Vaccine, WhichVaccine, read_vaccine, shown_name

FIRST_ROWS = 12
MORE_ROWS = 10
MOST_ROWS = 60
LONGEST_LOT = 40
LONGEST_UNIT = 120

_SAME_AS_ABOVE = frozenset({".", "．", "。"})
_CELL = re.compile(r"(?:vaccine|day|lot|unit)-(\d{1,3})", re.ASCII)

#: What is on record already: vaccine and day → where it comes from, in words.
OnRecord = Mapping[tuple[Vaccine, dt.date], str]


@dataclass(frozen=True, slots=True)
class DoseEntry:
    """One dose, understood and ready to be kept."""

    vaccine: Vaccine
    written: Written
    lot: str | None = None
    unit: str | None = None


@dataclass(slots=True)
class Row:
    """One line of the sheet: what was typed, what is wrong with it, what it means."""

    number: int
    vaccine: str = ""
    day: str = ""
    lot: str = ""
    unit: str = ""
    #: The answer to "which one", and the tick that leaves a repeated dose out.
    which: str = ""
    skip: bool = False
    faults: dict[str, str] = field(default_factory=dict)
    choices: tuple[tuple[str, str], ...] = ()
    repeated: bool = False
    entry: DoseEntry | None = None

    @property
    def empty(self) -> bool:
        return not (self.vaccine or self.day or self.lot or self.unit)


class DoseSheet:
    """The rows somebody typed, or empty ones."""

    def __init__(self, sources: Sequence[str], posted: Mapping[str, str] | None = None) -> None:
        posted = posted or {}
        self.sources = tuple(sources)
        self.source = posted.get("source", self.sources[0])
        self.with_lots = "lots" in posted
        self.rows = [_row(number, posted) for number in range(1, _last(posted) + 1)]
        self.rows += [Row(number) for number in range(len(self.rows) + 1, FIRST_ROWS + 1)]
        #: What is wrong with the sheet as a whole.
        self.fault: str | None = None

    @property
    def filled(self) -> list[Row]:
        return [row for row in self.rows if not row.empty]

    @property
    def can_grow(self) -> bool:
        return len(self.rows) < MOST_ROWS

    @property
    def entries(self) -> list[DoseEntry]:
        return [row.entry for row in self.rows if row.entry]

    @property
    def skipped(self) -> int:
        return sum(row.repeated and row.skip for row in self.rows)

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.rows if row.faults]

    def grow(self) -> None:
        """More empty rows; nothing is judged."""
        wanted = min(MOST_ROWS, len(self.rows) + MORE_ROWS)
        self.rows += [Row(number) for number in range(len(self.rows) + 1, wanted + 1)]

    def understand(self, *, birth_date: dt.date, today: dt.date, on_record: OnRecord) -> bool:
        """Read every row. True: each is a dose that can be kept, or a repeated one that is to be left out."""
        if len(self.filled) > MOST_ROWS:
            self.fault = _(
                "一次最多记 %(most)s 剂，这里填了 %(n)s 剂，一剂都还没有保存。请删掉多的再交；真有这么多，请分几次记。",
                most=MOST_ROWS,
                n=len(self.filled),
            )
        elif not self.filled:
            self.fault = _("还没有填。请至少写一剂的疫苗和日期。")
        elif self.source not in self.sources:
            self.fault = _("请选这些剂次是从哪里看来的。")
        above: Written | None = None
        seen: dict[tuple[Vaccine, dt.date], str] = dict(on_record)
        for row in self.filled:
            above = _understand(row, above, birth_date, today)
            _ask_if_repeated(row, seen)
        return self.fault is None and not self.faulty


def _last(posted: Mapping[str, str]) -> int:
    numbers = [int(found[1]) for name in posted if (found := _CELL.fullmatch(name))]
    return max(numbers, default=0)


def _row(number: int, posted: Mapping[str, str]) -> Row:
    vaccine, day, lot, unit, which = (
        one_line(posted.get(f"{cell}-{number}")) for cell in ("vaccine", "day", "lot", "unit", "which")
    )
    return Row(number, vaccine, day, lot, unit, which, skip=f"skip-{number}" in posted)


def _understand(row: Row, above: Written | None, birth_date: dt.date, today: dt.date) -> Written | None:
    """Fill in the row's meaning or its faults; gives its date for the row below."""
    vaccine = _vaccine(row)
    written = _written(row, above, birth_date, today)
    if len(row.lot) > LONGEST_LOT:
        row.faults["lot"] = _("批号太长，%(n)s 个字以内。", n=LONGEST_LOT)
    if len(row.unit) > LONGEST_UNIT:
        row.faults["unit"] = _("接种单位太长，%(n)s 个字以内。", n=LONGEST_UNIT)
    if vaccine and written and not row.faults:
        row.entry = DoseEntry(vaccine, written, row.lot or None, row.unit or None)
    return written


def _vaccine(row: Row) -> Vaccine | None:
    if not row.vaccine:
        row.faults["vaccine"] = _("是哪种疫苗？请写上；这一行不要了，就把日期也清空。")
        return None
    try:
        return read_vaccine(row.vaccine, row.which)
    except WhichVaccine as question:
        row.faults["vaccine"] = str(question)
        row.choices = question.choices
        return None


def _written(row: Row, above: Written | None, birth_date: dt.date, today: dt.date) -> Written | None:
    try:
        written = _same_as_above(above) if row.day in _SAME_AS_ABOVE else read_day_of_dose(row.day, birth_date, today)
    except NoDate as fault:
        row.faults["day"] = str(fault)
        return None
    return written


def _same_as_above(above: Written | None) -> Written:
    if above is None:
        raise NoDate(_("上一行还没有能用的日期，请在这里写出来。"))
    return above


def read_day_of_dose(text: str, birth_date: dt.date, today: dt.date) -> Written:
    """The date of a dose; NoDate where there is none, or where no dose can have been given."""
    if not text:
        raise NoDate(_("还缺日期。证上看不清的，写 /。"))
    written = read_written(text)
    if too_late(written, today):
        raise NoDate(_("%(day)s 还没到。请看年份是不是写错了。", day=written))
    if too_early(written, birth_date):
        raise NoDate(
            _("%(day)s 比出生日期 %(birth)s 还早。请看是不是写错了。", day=written, birth=birth_date.isoformat())
        )
    return written


def _ask_if_repeated(row: Row, seen: dict[tuple[Vaccine, dt.date], str]) -> None:
    """A product on a day it was given already: said, and left out only if somebody says so."""
    if row.entry is None or row.entry.written.day is None:
        return
    dose = (row.entry.vaccine, row.entry.written.day)
    if dose not in seen:
        seen[dose] = _("第 %(n)s 行", n=row.number)
        return
    row.repeated, row.entry = True, None
    if not row.skip:
        row.faults["skip"] = _(
            "%(name)s %(day)s 已经有了（%(where)s）。是同一剂就勾“跳过”，不是就改疫苗或日期。",
            name=shown_name(dose[0]),
            day=dose[1].isoformat(),
            where=seen[dose],
        )
