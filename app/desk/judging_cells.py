"""What the law thinks of a grid while it is typed: each cell fine, unlikely or impossible, and the verdict so far."""

import datetime as dt
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.checks.gathering import gather
from app.checks.judging import Judgement, judge
from app.checks.showing import Debts, debts
from app.children.models import Child, DoseRecord
from app.children.queries import effective_doses
from forms import wording
from forms.web.booklet import row_of
from forms.web.dose_grid import Cell, DoseGrid
from forms.web.vaccines import Vaccine
from rules import national
from rules.ages import completed_months
from rules.vocabulary import DoseFate, Reason

#: Worth a question; what else does not count is said in the rail and needs none.
_ASKED = frozenset({Reason.TOO_YOUNG, Reason.TOO_SOON, Reason.WRONG_PRODUCT, Reason.DUPLICATE})


@dataclass(slots=True)
class CellLook:
    """How one cell stands. `say`: a fact and, where it is asked, the question."""

    state: str = "empty"
    title: str = ""
    caption: str = ""
    say: str = ""
    question: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class GridLook:
    """All cells by key, the verdict of the doses so far, and what stands in each row already."""

    cells: dict[str, CellLook]
    shown: Debts
    doses: int
    on_record: dict[str, list[CellLook]] = field(default_factory=dict)

    @property
    def held(self) -> list[str]:
        """The cells that keep the grid from being saved."""
        return [key for key, look in self.cells.items() if look.state in {"refused", "asked"}]


def look_at_grid(session: Session, child: Child, grid: DoseGrid, today: dt.date, edition: str | None) -> GridLook:
    """Read the grid beside the record and judge both together, by this edition or that of the day."""
    here = effective_doses(session, child.id)
    known = {
        (Vaccine(one.product, one.as_written), one.day): wording.source_word(one.source) for one in here if one.day
    }
    grid.understand(birth_date=child.birth_date, today=today, on_record=known)
    new = [cell for cell in grid.cells if cell.entry]
    judgement = judge(_inputs(session, child, today, new), edition)
    fates = {fate.index: fate for fate in judgement.assessment.doses}
    looks = {cell.key: _before_the_law(cell) for cell in grid.cells}
    before: dict[str, dt.date] = {}
    for place, cell in enumerate(new, start=len(here)):
        looks[cell.key] = _judged(cell, fates[place], judgement, before.get(cell.row.key))
        if cell.written and cell.written.day:
            before[cell.row.key] = max(cell.written.day, before.get(cell.row.key, cell.written.day))
    on_record: dict[str, list[CellLook]] = {}
    for place, dose in enumerate(here):
        for key in _rows(child, dose):
            on_record.setdefault(key, []).append(_recorded(dose, fates[place], judgement))
    return GridLook(looks, debts(judgement), len(here) + len(new), on_record)


def _inputs(session: Session, child: Child, today: dt.date, new: list[Cell]) -> dict[str, object]:
    """The doses alone: what the clinic wrote and where the certificate is are other questions."""
    typed = [
        {
            "product": cell.entry.vaccine.product,
            "date": cell.entry.written.day.isoformat() if cell.entry.written.day else None,
            "source": "booklet",
        }
        for cell in new
        if cell.entry
    ]
    gathered = gather(session, child, today)
    return {**gathered, "certificate": None, "clinic_assessment": None, "doses": [*gathered["doses"], *typed]}


def _before_the_law(cell: Cell) -> CellLook:
    if not cell.filled:
        return CellLook()
    if cell.not_given:
        return CellLook("not_given", _("未种"), _("证上是空的"))
    if cell.choices:
        return CellLook("asked", _title(cell), "", cell.fault or "", choices=cell.choices)
    return CellLook("refused", cell.day, _("请改"), cell.fault or "")


def _judged(cell: Cell, fate: DoseFate, judgement: Judgement, before: dt.date | None) -> CellLook:
    assert cell.entry is not None
    name = cell.entry.vaccine.as_written or cell.entry.vaccine.product
    day = cell.entry.written.day
    if day is None:
        return CellLook("unreadable", _title(cell), _("有接种，日期待核实"))
    look = CellLook("ok", _title(cell), _facts(name, _age(judgement, day)))
    faults = [(line, found) for line, found in fate.faults.items() if found[0].reason in _ASKED]
    if faults:
        look.say = wording.why_uncounted(faults[0][1], judgement.case, fate.index)
        look.state = "uncounted"
    elif before is not None and day < before:
        look.say = _("比前面那一格（%(day)s）还早。", day=before.isoformat())
    if look.say and not cell.confirmed:
        look.state, look.question = "asked", _("证上就是这个日期吗？")
    elif cell.confirmed and not faults:
        look.say = ""
    return look


def _recorded(dose: DoseRecord, fate: DoseFate, judgement: Judgement) -> CellLook:
    name = dose.as_written or dose.product
    if dose.day is None:
        return CellLook("unreadable", dose.partial_date or wording.no_day(), name)
    state = "uncounted" if fate.faults and not fate.counts_for else "ok"
    return CellLook(state, dose.day.isoformat(), _facts(name, _age(judgement, dose.day)))


def _rows(child: Child, dose: DoseRecord) -> list[str]:
    product = national().products.get(dose.product)
    months = None
    if dose.day is not None and dose.day >= child.birth_date:
        months, _days = completed_months(child.birth_date.toordinal(), dose.day.toordinal())
    return row_of(dose.product, product.feeds, months) if product else []


def _title(cell: Cell) -> str:
    return str(cell.written) if cell.written else cell.day


def _facts(name: str, age: str) -> str:
    return f"{name} · {age}" if age else name


def _age(judgement: Judgement, day: dt.date) -> str:
    birth = judgement.case.birth
    return wording.compact_age(birth, day.toordinal()) if day.toordinal() >= birth else ""
