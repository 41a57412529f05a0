"""The keypad grid: every dose of a booklet on one page, a cell a dose. Read cell by cell; nothing typed is ever lost.

Like the sheet it knows neither database nor clock. What the law thinks of a date comes later.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from forms.web.booklet import ROWS, BookletRow
from forms.web.dates import NoDate, Written
from forms.web.doses import DoseEntry, read_day_of_dose
from forms.web.one_line import one_line
from forms.web.vaccines import Vaccine, WhichVaccine, read_vaccine, shown_name
from forms.wording import product_name

_SAME = frozenset({".", "．", "。"})
_NOT_GIVEN = frozenset({"0", "０", "未种"})

OnRecord = Mapping[tuple[Vaccine, dt.date], str]


@dataclass(slots=True)
class Cell:
    """One dose of the booklet: what was typed, what it means, what is wrong with it."""

    row: BookletRow
    number: int
    day: str = ""
    vaccine: str = ""
    #: The day that a person confirmed although it is unlikely.
    sure: str = ""
    written: Written | None = None
    entry: DoseEntry | None = None
    fault: str | None = None
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        return f"{self.row.key}-{self.number}"

    @property
    def not_given(self) -> bool:
        return self.day in _NOT_GIVEN

    @property
    def filled(self) -> bool:
        return bool(self.day)

    @property
    def unreadable(self) -> bool:
        return self.written is not None and self.written.day is None

    @property
    def confirmed(self) -> bool:
        """Confirmed for the very day that stands there now."""
        return self.written is not None and bool(self.sure) and self.sure == str(self.written)


@dataclass(slots=True)
class DoseGrid:
    """All cells, by row."""

    posted: Mapping[str, str] = field(default_factory=dict)
    rows: list[tuple[BookletRow, list[Cell]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = [(row, [self._cell(row, number + 1) for number in range(row.most)]) for row in ROWS]

    @property
    def cells(self) -> list[Cell]:
        return [cell for _row, cells in self.rows for cell in cells]

    @property
    def entries(self) -> list[DoseEntry]:
        return [cell.entry for cell in self.cells if cell.entry]

    @property
    def faulty(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.fault]

    def understand(self, *, birth_date: dt.date, today: dt.date, on_record: OnRecord) -> None:
        """Read every cell: its date, its product, whether the dose is there already."""
        seen = dict(on_record)
        #: By column, the date that stands nearest above.
        above: dict[int, Written] = {}
        for _row, cells in self.rows:
            for cell in cells:
                if cell.filled and not cell.not_given:
                    _read(cell, above.get(cell.number), birth_date, today)
                    _not_twice(cell, seen)
            above |= {cell.number: cell.written for cell in cells if cell.written and cell.written.day}

    def _cell(self, row: BookletRow, number: int) -> Cell:
        name = f"{row.key}-{number}"
        day, vaccine, sure = (one_line(self.posted.get(f"{part}-{name}")) for part in ("day", "vaccine", "sure"))
        return Cell(row, number, day, vaccine, sure)


def _read(cell: Cell, above: Written | None, birth_date: dt.date, today: dt.date) -> None:
    try:
        cell.written = _written(cell.day, above, birth_date, today)
    except NoDate as fault:
        cell.fault = str(fault)
        return
    try:
        vaccine = _vaccine(cell, birth_date)
    except WhichVaccine as question:
        cell.fault, cell.choices = str(question), question.choices
        return
    cell.entry = DoseEntry(vaccine, cell.written)


def _written(text: str, above: Written | None, birth_date: dt.date, today: dt.date) -> Written:
    if text not in _SAME:
        return read_day_of_dose(text, birth_date, today)
    if above is None:
        raise NoDate(_("上面一格还没有日期，请在这里写出来。"))
    return above


def _vaccine(cell: Cell, birth_date: dt.date) -> Vaccine:
    """What was written; else what the row means; else a question."""
    if cell.vaccine:
        return read_vaccine(cell.vaccine)
    day = cell.written.day if cell.written else None
    usual = cell.row.product_on(day, birth_date) if day else cell.row.usual
    if usual is not None:
        return Vaccine(usual)
    names = _("、").join(product_name(code) for code in cell.row.offers)
    raise WhichVaccine(_("证上是哪一种：%(names)s？", names=names), cell.row.offers)


def _not_twice(cell: Cell, seen: dict[tuple[Vaccine, dt.date], str]) -> None:
    """A product on a day on which it stands already is the same dose, typed again."""
    if cell.entry is None or cell.entry.written.day is None:
        return
    dose = (cell.entry.vaccine, cell.entry.written.day)
    if dose in seen:
        cell.fault = _(
            "%(name)s %(day)s 已经有了（%(where)s）。",
            name=shown_name(dose[0]),
            day=dose[1].isoformat(),
            where=seen[dose],
        )
        cell.entry = None
    else:
        seen[dose] = _("这一页上")
