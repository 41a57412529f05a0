"""The catch-up plan: visits that finish earliest, then the fewest, each dose with the reason why it is not earlier.

It is advice: the clinic decides. Every step of it is asked of the judgement: what a visit gives is owed and may be
given on that day, also when a birthday on the way changes the product.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rules.ages import Day
from rules.assessing import assess
from rules.compiling import national
from rules.courses import LineCourse, courses_of
from rules.law import Law
from rules.schedule import Edition
from rules.visits import Given, Search
from rules.vocabulary import Child, Floor, Owed, Status

#: Two arms, two thighs.
MOST_INJECTIONS = 4
#: Days that a dose may wait for others only to save a visit: about the interval after which one comes again anyway.
PATIENCE = 31
_FARTHEST_OPEN_DAY = 400


class ClinicError(ValueError):
    """Opening days or a number of injections that no plan can be made with."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """When and how a clinic vaccinates. `weekdays`: 1 is Monday; `closed`: days it is shut all the same."""

    injections: int = 2
    weekdays: frozenset[int] = frozenset(range(1, 8))
    closed: frozenset[Day] = frozenset()

    def __post_init__(self) -> None:
        if not 1 <= self.injections <= MOST_INJECTIONS:
            raise ClinicError(f"{self.injections} injections a visit: choose 1 to {MOST_INJECTIONS}")
        if not self.weekdays or not self.weekdays <= frozenset(range(1, 8)):
            raise ClinicError("weekdays must name at least one of 1 (Monday) to 7 (Sunday)")

    def opens(self, day: Day) -> Day:
        """The first open day on or after `day`."""
        for candidate in range(day, day + _FARTHEST_OPEN_DAY):
            # Day 1 was a Monday.
            if candidate not in self.closed and (candidate - 1) % 7 + 1 in self.weekdays:
                return candidate
        raise ClinicError(f"the clinic is closed for {_FARTHEST_OPEN_DAY} days in a row")


class Held(StrEnum):
    """Why a dose is not given earlier."""

    NOTHING = "nothing"
    AGE = "age"
    INTERVAL = "interval"
    LIVE = "live"
    CLOSED = "closed"
    FULL = "full"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class PlannedDose:
    """One dose of a visit, and why it is not earlier.

    `ready`: the first day it might have been given on beside the doses before it. `floor`: what it waited for last.
    `since`: the day that an age or interval runs from, or the visit that was full.
    """

    line: str
    product: str
    dose: int
    held: Held
    ready: Day
    since: Day | None = None
    floor: Floor | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    day: Day
    doses: tuple[PlannedDose, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An owed dose for which no day is left: from the day `until` on its line does not ask for it any more.

    `afterwards`: how the line stands from then on; closed, complete without it, or asking for something else.
    """

    line: str
    owed: Owed
    until: Day
    afterwards: Status


@dataclass(frozen=True, slots=True)
class Plan:
    """The visits, and the owed doses without one."""

    visits: tuple[Visit, ...]
    left_out: tuple[LeftOut, ...]


def plan(
    child: Child, clinic: Clinic | None = None, edition: Edition | None = None, law: Law | None = None
) -> tuple[Visit, ...]:
    """The visits that bring every owed line of the child up to the day of its last dose."""
    return plan_whole(child, clinic, edition, law).visits


def plan_whole(
    child: Child,
    clinic: Clinic | None = None,
    edition: Edition | None = None,
    law: Law | None = None,
    *,
    lines: Collection[str] | None = None,
) -> Plan:
    """The same with the owed doses that have no visit because their line closes first.

    `lines`: only these, where others are to be looked at first; by default every line that owes.
    """
    law = law or national()
    clinic = clinic or Clinic()
    edition = edition or law.edition_on(child.as_of)
    owed = {
        line.line: line.owed
        for line in assess(child, edition, law).lines
        if line.owed and (lines is None or line.line in lines)
    }
    courses = courses_of(child, owed, edition, law)
    given = Search(clinic.opens, clinic.injections, law.live_interval, PATIENCE).best(courses, child.as_of)
    left_out = [one for course in courses for one in _left_out(course, owed[course.line], given)]
    return Plan(_visits(given, child.as_of, clinic, law), tuple(left_out))


def _left_out(course: LineCourse, owed: Sequence[Owed], given: Sequence[Given]) -> list[LeftOut]:
    days = [one.day for one in given if one.course.line == course.line]
    return [LeftOut(course.line, *one) for one in course.left_out(owed, days)]


def _visits(given: Sequence[Given], begin: Day, clinic: Clinic, law: Law) -> tuple[Visit, ...]:
    """The doses by day, each with what held it back: the latest of its floors, a shut clinic, or else other doses."""
    by_day = {day: list(doses) for day, doses in groupby(given, key=lambda one: one.day)}
    full = [day for day, doses in by_day.items() if sum(one.offer.injected for one in doses) == clinic.injections]
    lives = [(one.day, one.offer.product) for one in given if one.offer.live]
    visits = []
    for day, doses in by_day.items():
        planned = []
        for one in doses:
            floor = _latest_floor(one, lives, law)
            held, since = _held(one, floor, begin, clinic, full)
            planned.append(
                PlannedDose(
                    one.course.line, one.offer.product, one.offer.dose, held, max(one.ready, begin), since, floor
                )
            )
        visits.append(Visit(day, tuple(planned)))
    return tuple(visits)


def _latest_floor(one: Given, lives: Sequence[tuple[Day, str]], law: Law) -> Floor:
    """What the dose waited for last: an age, an interval, or a live dose of the plan."""
    course = one.course
    assert isinstance(course, LineCourse)
    floors = list(course.owed(one.day).floors)
    if one.offer.live:
        floors += [
            Floor("live", law.live_interval, day, law.live_interval.after(day), law.live_citation)
            for day, product in lives
            if day < one.day and product != one.offer.product
        ]
    return max(floors, key=lambda floor: floor.day)


def _held(one: Given, floor: Floor, begin: Day, clinic: Clinic, full: Sequence[Day]) -> tuple[Held, Day | None]:
    ready = max(one.ready, begin)
    if one.day == begin:
        return Held.NOTHING, None
    if one.day == ready:
        return {"age": Held.AGE, "live": Held.LIVE}.get(floor.kind, Held.INTERVAL), floor.since
    if one.day == clinic.opens(ready):
        return Held.CLOSED, None
    earlier = [day for day in full if ready <= day < one.day]
    return (Held.FULL, earlier[-1]) if earlier and one.offer.injected else (Held.TOGETHER, None)
