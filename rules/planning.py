"""The catch-up plan: visits that finish earliest, then the fewest, each dose with the reason why it is not earlier.

It is advice: the clinic decides. Every visit is checked against the judgement itself: what a visit gives is owed and
may be given on that day, also when a birthday on the way changes the product. A dose for which no day is left before
its line closes has no visit.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from rules.ages import Day
from rules.assessing import assess, outlook
from rules.compiling import national
from rules.law import Law
from rules.schedule import Edition
from rules.visits import Chain, Given, Search
from rules.vocabulary import Child, Dose, Owed

#: Two arms, two thighs.
MOST_INJECTIONS = 4
_FARTHEST_OPEN_DAY = 400
_MOST_ROUNDS = 40


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
            if candidate not in self.closed and dt.date.fromordinal(candidate).isoweekday() in self.weekdays:
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
    """One dose of a visit. `held` says why not before; `ready` is the first day it might have been given on by itself,
    `since` the day that an interval runs from."""

    line: str
    product: str
    dose: int
    held: Held
    ready: Day
    since: Day | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    day: Day
    doses: tuple[PlannedDose, ...]


def plan(
    child: Child, clinic: Clinic | None = None, edition: Edition | None = None, law: Law | None = None
) -> tuple[Visit, ...]:
    """The visits that bring every owed line of the child up to the day of its last dose."""
    law = law or national()
    clinic = clinic or Clinic()
    edition = edition or law.edition_on(child.as_of)
    wanted = {line.line for line in assess(child, edition, law).lines if line.owed}
    begin = child.as_of
    child = _doubting_what_is_there(child)
    visits: list[Visit] = []
    for _round in range(_MOST_ROUNDS):
        lines = assess(child, edition, law).lines
        codes = [line.line for line in lines if line.line in wanted and line.owed]
        if not codes:
            break
        kept, child = _follow(_search(child, clinic, codes, edition, law), child, edition, law, begin, clinic)
        visits += kept
    return _explained(visits, clinic, law)


def _doubting_what_is_there(child: Child) -> Child:
    """A doubt on a whole line speaks of the doses on record, not of those that the plan will add."""
    doubts = []
    for doubt in child.doubts:
        places = range(len(child.doses)) if doubt.dose is None else (doubt.dose,)
        doubts += [replace(doubt, dose=place) for place in places]
    return replace(child, doubts=tuple(doubts))


def _search(child: Child, clinic: Clinic, codes: Collection[str], edition: Edition, law: Law) -> list[Given]:
    forecasts, projector = outlook(child, codes, edition, law)
    search = Search(projector, clinic.opens, clinic.injections, lambda code: not law.products[code].oral)
    chains = (Chain(code, tuple(one.steps), dict(one.anchors), child.as_of) for code, one in forecasts.items())
    return search.best([chain for one in chains if (chain := search.pending(one)) is not None])


def _follow(
    given: list[Given], child: Child, edition: Edition, law: Law, begin: Day, clinic: Clinic
) -> tuple[list[Visit], Child]:
    """Take the visits as long as the judgement of their day agrees; a birthday on the way may change what is asked."""
    visits: list[Visit] = []
    for day in sorted({one.day for one in given}):
        child = replace(child, as_of=day)
        owed = {line.line: line.owed[0] for line in assess(child, edition, law).lines if line.owed}
        here = [one for one in given if one.day == day]
        agreed = [owed[one.line] for one in here if one.line in owed and _same(owed[one.line], one)]
        lines = [one.line for one in here if one.line in owed and _same(owed[one.line], one)]
        if agreed:
            doses = [_planned(line, one, day, begin, clinic) for line, one in zip(lines, agreed, strict=True)]
            visits.append(Visit(day, tuple(doses)))
            child = replace(child, doses=child.doses + tuple(Dose(one.product, day) for one in agreed))
        if len(agreed) < len(here):
            break
    return visits, child


def _same(owed: Owed, one: Given) -> bool:
    return owed.product == one.step.product and owed.earliest <= one.day


def _planned(line: str, owed: Owed, day: Day, begin: Day, clinic: Clinic) -> PlannedDose:
    """The dose with what held it back: the latest of its floors, a closed clinic, or else the other doses."""
    floor = max(owed.floors, key=lambda one: one.day)
    ready = max(floor.day, begin)
    if day == begin:
        held, since = Held.NOTHING, None
    elif day == ready:
        held = {"age": Held.AGE, "live": Held.LIVE}.get(floor.kind, Held.INTERVAL)
        since = floor.since
    else:
        held, since = (Held.CLOSED if clinic.opens(ready) == day else Held.TOGETHER), None
    return PlannedDose(line, owed.product, owed.dose, held, ready, since)


def _explained(visits: list[Visit], clinic: Clinic, law: Law) -> tuple[Visit, ...]:
    """A dose that waits for others: because an earlier visit was full, or to save a visit."""
    full = [
        visit.day
        for visit in visits
        if sum(not law.products[dose.product].oral for dose in visit.doses) == clinic.injections
    ]
    explained = []
    for visit in visits:
        doses = [
            replace(dose, held=Held.FULL)
            if dose.held is Held.TOGETHER and any(dose.ready <= day < visit.day for day in full)
            else dose
            for dose in visit.doses
        ]
        explained.append(Visit(visit.day, tuple(doses)))
    return tuple(explained)
