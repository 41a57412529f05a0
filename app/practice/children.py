"""The made-up children of a practice class: names of the demo, doses by the law as it stood when they were due.

So they fit whatever term is practised: a child that enters in three years was vaccinated by the rules of those years.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.children.kinds import Sex
from app.demo.children import population
from app.demo.places import ENTRANTS_3, ENTRANTS_6
from app.privacy.identities import IdentifierKind, Identity
from rules.ages import Day, add_months
from rules.timetable import Entry, followed

#: Months of age on the first day of term: far from the next birthday on which something falls due.
_YOUNGEST = {ENTRANTS_3: 38, ENTRANTS_6: 75}
_MONTHS = 8


@dataclass(frozen=True, slots=True)
class Given:
    """One dose on record; without a day it holds what is written instead."""

    line: str
    product: str
    day: dt.date | None
    partial: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Pupil:
    """A child that does not exist."""

    identity: Identity
    sex: Sex
    birth: dt.date
    doses: tuple[Given, ...]


Course = Callable[[list[Given], dt.date], list[Given]]


def practice_class(grade: str, first_day: dt.date) -> list[Pupil]:
    """One child for each course below, in the order of the story book."""
    people = [one for one in population() if one.school_class.grade == grade]
    return [
        Pupil(
            _without_resident_id(one.identity),
            one.sex,
            birth := _birth(grade, first_day, n),
            _doses(birth, first_day, n),
        )
        for n, one in enumerate(people[: len(COURSES)])
    ]


def _lacks(*lines: str) -> Course:
    """The last dose of these lines was never given."""

    def course(doses: list[Given], _birth: dt.date) -> list[Given]:
        gone = {max(at for at, dose in enumerate(doses) if dose.line == line) for line in lines}
        return [dose for at, dose in enumerate(doses) if at not in gone]

    return course


def _too_early(line: str) -> Course:
    """The last dose of the line came eight weeks after birth: before its age."""

    def course(doses: list[Given], birth: dt.date) -> list[Given]:
        last = max(at for at, dose in enumerate(doses) if dose.line == line)
        return [replace(dose, day=birth + dt.timedelta(56)) if at == last else dose for at, dose in enumerate(doses)]

    return course


def _only_the_month(line: str) -> Course:
    """Of the last dose of the line the certificate shows a month and no day."""

    def course(doses: list[Given], _birth: dt.date) -> list[Given]:
        last = max(at for at, dose in enumerate(doses) if dose.line == line)
        return [
            replace(dose, day=None, partial=f"{dose.day:%Y-%m}") if at == last and dose.day else dose
            for at, dose in enumerate(doses)
        ]

    return course


def _everything(doses: list[Given], _birth: dt.date) -> list[Given]:
    return doses


#: Half of a class has everything; the others are what a desk meets.
COURSES: tuple[Course, ...] = (
    _everything,
    _lacks("DTP"),
    _everything,
    _everything,
    _too_early("HepB"),
    _lacks("MMR", "HepA"),
    _everything,
    _only_the_month("JE"),
    _everything,
    _lacks("Men"),
    _everything,
    _lacks("Polio", "DTP", "MMR", "JE", "Men", "HepA"),
)


def _birth(grade: str, first_day: dt.date, number: int) -> dt.date:
    months = _YOUNGEST[grade] + number % _MONTHS
    return dt.date.fromordinal(add_months(first_day.toordinal(), -months)) + dt.timedelta(number)


def _doses(birth: dt.date, first_day: dt.date, number: int) -> tuple[Given, ...]:
    entries = followed(birth.toordinal(), first_day.toordinal() - 1, late=number)
    return tuple(COURSES[number]([_given(one) for one in entries], birth))


def _given(one: Entry) -> Given:
    return Given(one.line, one.product, _date(one.day))


def _date(day: Day) -> dt.date:
    return dt.date.fromordinal(day)


def _without_resident_id(identity: Identity) -> Identity:
    """It holds a birth date, and these children are born for their term."""
    kept = tuple(one for one in identity.identifiers if one.kind is not IdentifierKind.RESIDENT_ID)
    return replace(identity, identifiers=kept)
