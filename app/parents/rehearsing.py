"""A check before there is one: what would be asked on the first day of term, from doses that are kept nowhere.

Pure: no database, no session, no log. Judged by the edition in force on that day.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from app.checks.judging import Judgement, judge
from app.checks.planning import ShownPlan, plan_for
from app.checks.showing import OwedRow, UncountedRow, debts, reasons_by_dose, show
from forms.web.dose_grid import DoseGrid
from forms.web.rehearsal import RehearsalForm
from rules import national
from rules.vocabulary import Status

_AUTUMN = 9


@dataclass(frozen=True, slots=True)
class Later:
    """A dose that will be asked for and cannot be given yet."""

    vaccine: str
    dose: str
    earliest: dt.date


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What the page says."""

    on: dt.date
    #: The law that judges: its title.
    law: str
    result: str
    doses: int
    owed: tuple[OwedRow, ...]
    to_verify: tuple[OwedRow, ...]
    uncounted: tuple[UncountedRow, ...]
    fine: tuple[str, ...]
    plan: ShownPlan
    later: tuple[Later, ...]


def next_term(today: dt.date) -> dt.date:
    """The first of September until then; in autumn the day itself: whoever comes now is checked now."""
    return max(today, dt.date(today.year, _AUTUMN, 1))


def rehearse(form: RehearsalForm, grid: DoseGrid, today: dt.date) -> Rehearsed:
    """Judge what was typed and understood."""
    law, at_term = national(), judge(_inputs(form, grid, form.first_day))
    edition = law.edition(at_term.assessment.edition)
    now = judge(_inputs(form, grid, today), edition.id)  # the days of the plan by the same law as the debts
    seen, shown = debts(at_term), show(at_term, {})
    plan = plan_for(now, None, today)
    return Rehearsed(
        on=form.first_day,
        law=law.sources[edition.source].title,
        result=seen.result,
        doses=len(grid.entries),
        owed=seen.owed,
        to_verify=seen.to_verify,
        uncounted=seen.uncounted,
        fine=shown.not_owed,
        plan=plan,
        later=tuple(_later(at_term, plan)),
    )


def _inputs(form: RehearsalForm, grid: DoseGrid, day: dt.date) -> dict[str, Any]:
    return {
        "id": "rehearsal",
        "birth_date": form.birth_day.isoformat(),
        "as_of": day.isoformat(),
        "hbsag_exposed_under_2000g": bool(form.hbsag_exposed_under_2000g.data),
        "doses": [
            {
                "product": one.vaccine.product,
                "date": one.written.day.isoformat() if one.written.day else None,
                "source": "booklet",
            }
            for one in grid.entries
        ],
    }


def _later(judgement: Judgement, plan: ShownPlan) -> list[Later]:
    """What is owed on the first day of term and has no visit in the plan of today."""
    planned = {(dose.line, dose.product, dose.number) for visit in plan.visits for dose in visit.doses}
    rows = reasons_by_dose(judgement)
    return [
        Later(rows[key].vaccine, rows[key].dose, dt.date.fromordinal(owed.earliest))
        for line in judgement.assessment.lines
        if line.status is Status.OWED
        for owed in line.owed
        if (key := (line.line, owed.product, owed.dose)) not in planned
    ]
