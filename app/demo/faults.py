"""What goes wrong with a record: doses that are missing, too early, unreadable, written twice or only remembered.

Each fault takes the doses as they should be and gives those that stand on paper. A fault names a dose by its series and
its number there; without such a dose it changes nothing.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from app.children.kinds import DoseSource
from app.demo.histories import Dose

Doses = list[Dose]
Fault = Callable[[Doses], Doses]


def missing(series: str, *numbers: int) -> Fault:
    """These doses are on no record."""
    return lambda doses: [dose for dose in doses if not (dose.series == series and dose.number in numbers)]


def nothing_after(birth_days: int) -> Fault:
    """The record ends with this many days of age."""

    def cut(doses: Doses) -> Doses:
        born = min((dose.day for dose in doses if dose.day), default=None)
        return [dose for dose in doses if born and dose.day and (dose.day - born).days <= birth_days]

    return cut


def blank(_doses: Doses) -> Doses:
    """A booklet in which nothing is written."""
    return []


def earlier(series: str, number: int, days: int) -> Fault:
    """This dose was given so many days sooner than it should have been."""
    return _each(series, number, lambda dose: replace(dose, day=dose.day - dt.timedelta(days) if dose.day else None))


def soon_after(series: str, number: int, days: int) -> Fault:
    """This dose came so many days after the one before it."""

    def move(doses: Doses) -> Doses:
        before = next((dose.day for dose in doses if dose.series == series and dose.number == number - 1), None)
        if before is None:
            return doses
        return _each(series, number, lambda dose: replace(dose, day=before + dt.timedelta(days)))(doses)

    return move


def month_only(series: str, number: int) -> Fault:
    """Year and month can be read, the day cannot."""

    def blur(dose: Dose) -> Dose:
        return replace(dose, day=None, partial_date=f"{dose.day:%Y-%m}" if dose.day else None)

    return _each(series, number, blur)


def illegible(series: str, number: int, text: str) -> Fault:
    """Something stands there, but it is no date."""
    return _each(series, number, lambda dose: replace(dose, day=None, partial_date=text))


def remembered(series: str, number: int) -> Fault:
    """No paper; the guardian says that it was given."""
    return _each(series, number, lambda dose: replace(dose, day=None, source=DoseSource.GUARDIAN))


def second_entry(series: str, number: int, *, days: int = 0, product: str | None = None) -> Fault:
    """The dose stands there twice: on another day, or as another product."""

    def add(doses: Doses) -> Doses:
        twins = [
            replace(dose, product=product or dose.product, day=dose.day + dt.timedelta(days))
            for dose in doses
            if dose.series == series and dose.number == number and dose.day
        ]
        return doses + twins

    return add


def also_given(series: str, number: int, product: str, *, days_later: int) -> Fault:
    """Another product so many days after a dose: near enough for a warning."""

    def add(doses: Doses) -> Doses:
        near = next((dose.day for dose in doses if dose.series == series and dose.number == number), None)
        return doses + [Dose(f"beside {series}", 1, product, near + dt.timedelta(days_later))] if near else doses

    return add


def _each(series: str, number: int, change: Callable[[Dose], Dose]) -> Fault:
    return lambda doses: [change(dose) if dose.series == series and dose.number == number else dose for dose in doses]
