"""What was given to a child, and when: a pure function of the birth date, the courses, the habits and a chance.

Dates fall as they do in life: never before the age and interval of the appointment, on weekdays, some days or months
late. A family that is late is never later than its newest appointment allows: whoever turned six last week and had
everything had it in that week.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.children.kinds import DoseSource
from app.demo.chance import Chance
from app.demo.courses import COURSES, Step
from app.demo.days import REGISTRY_UNTIL
from rules import national
from rules.ages import Span


class Habit(StrEnum):
    """How soon a family comes."""

    PUNCTUAL = "punctual"
    USUAL = "usual"
    LATE = "late"


_AT_BIRTH = "0d"
_SATURDAY = 5
_UNTIL = REGISTRY_UNTIL.toordinal()
_DAYS_LATE = {Habit.PUNCTUAL: (0, 6), Habit.USUAL: (0, 35), Habit.LATE: (40, 190)}


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing was given from this age on until a day: then what had been missed came in a burst of visits."""

    age: str
    until: dt.date


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose as it stands on paper. `series` and `number` say where in the child's courses it belongs."""

    series: str
    number: int
    product: str
    day: dt.date | None
    partial_date: str | None = None
    as_written: str | None = None
    source: DoseSource = DoseSource.REGISTRY


@dataclass(frozen=True, slots=True)
class _Planned:
    series: str
    number: int
    step: Step
    scheduled: int


def given(
    birth: dt.date, courses: Mapping[str, str], habit: Habit, chance: Chance, pause: Pause | None = None
) -> list[Dose]:
    """The doses of these courses (series → course) up to the day the registry knows, by day."""
    plan = [
        _Planned(series, number, step, max(_at_age(step.age, birth), step.not_before.toordinal()))
        for series, course in courses.items()
        for number, step in enumerate(COURSES[course], start=1)
    ]
    delays = _delays(plan, habit, chance)
    doses = []
    last: dict[str, int] = {}
    for one in plan:
        before = last.pop(one.series, None)
        if one.number > 1 and before is None:
            continue  # the dose before it is still to come
        day = _day(one, birth, delays[_visit(one.step)], before, pause)
        if day > _UNTIL:
            continue
        last[one.series] = day
        doses.append(Dose(one.series, one.number, one.step.product, dt.date.fromordinal(day)))
    return sorted(doses, key=lambda dose: (dose.day or dt.date.max, dose.series))


def _delays(plan: list[_Planned], habit: Habit, chance: Chance) -> dict[str, int]:
    """Visit → days late; not later than the newest appointment of all leaves room for."""
    room = min((_UNTIL - one.scheduled for one in plan if one.scheduled <= _UNTIL), default=0)
    first, last = _DAYS_LATE[habit]
    visits = dict.fromkeys(_visit(one.step) for one in plan)
    return {visit: min(chance.between(first, last), room) for visit in visits}


def _visit(step: Step) -> str:
    return step.visit or step.age


def _day(one: _Planned, birth: dt.date, delay: int, before: int | None, pause: Pause | None) -> int:
    """The day of a dose: age and interval, some days late, after a pause, on a weekday."""
    if one.step.age == _AT_BIRTH:
        return one.scheduled  # hospitals know no Sunday
    possible = one.scheduled if before is None else max(one.scheduled, Span.parse(one.step.after).after(before))
    day = max(one.scheduled + delay, possible)
    if pause is not None and day < pause.until.toordinal() and one.scheduled >= _at_age(pause.age, birth):
        # What is injected live comes together on the first visit, the rest a week later.
        live = national().products[one.step.product].live_injected
        day = max(pause.until.toordinal() + (0 if live else 7), possible)
    return _weekday(day)


def _at_age(age: str, birth: dt.date) -> int:
    return Span.parse(age).after(birth.toordinal())


def _weekday(day: int) -> int:
    """The day itself, or the Monday after a weekend."""
    into_week = dt.date.fromordinal(day).weekday()
    return day if into_week < _SATURDAY else day + 7 - into_week
