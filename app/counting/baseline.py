"""The baseline 基线: what the first check found owed, and what became of it. Pure: doses in, figures out.

This is the paragraph "Counting" of the official rules, word for word:

- The first check of a child fixes its baseline: the doses owed on that day. Debts of a line in review are asked about
  and are no part of it.
- 补种率 and 剂次补种率 count the baseline only. What fell due later is 新到龄, what a look at a doubtful record brought
  to light is 核实后欠种; both stand apart.
- A baseline dose whose earliest day lies after the re-check deadline is 未到间隔: out of the denominator.
- A dose that is not owed any more without having been given (exempt, too old for it, completed another way) is out too.
- It does not matter how a dose came in. One dated on or before the check, whose record was found later, is caught up
  like any other; how many there are of these is shown.
- Where the campaign does not count doses that are only due, a child whose baseline is only due has none (到龄待种).
- BCG stands in 剂次补种率 and is left out of 补种率.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.counting.columns import Place, place_of
from app.notices.models import ItemState, NoticePart
from rules.vocabulary import State

#: Not in 补种率.
_LEFT_OUT = "BCG"


class Origin(StrEnum):
    """Why a dose is asked for: owed at the first check, fallen due since, or found after a doubtful record was seen."""

    BASELINE = "baseline"
    NEWLY_DUE = "newly_due"
    AFTER_REVIEW = "after_review"


class Fate(StrEnum):
    """What became of an asked dose."""

    CAUGHT_UP = "caught_up"
    OPEN = "open"
    TOO_EARLY = "too_early"
    NOT_OWED = "not_owed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A dose on a notice of a child, as the database has it."""

    enrolment_id: int
    check_id: int
    of_first_check: bool
    check_day: dt.date
    part: NoticePart
    line: str
    product: str
    dose: int
    earliest: dt.date
    state_at_check: str
    state: ItemState
    failed_because: str | None = None
    given_on: dt.date | None = None
    closed_at: dt.datetime | None = None

    @property
    def place(self) -> Place:
        return place_of(self.line, self.product, self.dose)


@dataclass(frozen=True, slots=True)
class Settings:
    """What of a campaign decides how is counted."""

    recheck_by: dt.date
    due_counts: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """An asked dose, sorted: where it comes from, what became of it."""

    asked: Asked
    origin: Origin
    fate: Fate

    @property
    def found_later(self) -> bool:
        """Given on or before the day of the check; only the record came later."""
        asked = self.asked
        return self.fate is Fate.CAUGHT_UP and asked.given_on is not None and asked.given_on <= asked.check_day

    @property
    def counts(self) -> bool:
        """In the denominator."""
        return self.origin is Origin.BASELINE and self.fate in (Fate.CAUGHT_UP, Fate.OPEN)


@dataclass(slots=True)
class DoseTally:
    """One vaccine and dose: 需补种剂次, 已补种剂次, and what stands beside them."""

    owed: int = 0
    caught_up: int = 0
    #: Of `caught_up`: given before the check, the record was found later.
    found_later: int = 0
    too_early: int = 0
    not_owed: int = 0

    def add(self, other: "DoseTally") -> None:
        self.owed += other.owed
        self.caught_up += other.caught_up
        self.found_later += other.found_later
        self.too_early += other.too_early
        self.not_owed += other.not_owed


@dataclass(slots=True)
class Baseline:
    """The baselines of a group of children, added up."""

    #: Children with a baseline: the denominator of 补种率.
    children: int = 0
    caught_up: int = 0
    by_place: dict[Place, DoseTally] = field(default_factory=dict)
    newly_due: int = 0
    after_review: int = 0
    #: 到龄待种: children whose baseline is only due, where that makes no debt.
    only_due: int = 0
    #: Open baseline doses by the reason that was given; "" where none was.
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Baseline") -> None:
        self.children += other.children
        self.caught_up += other.caught_up
        self.newly_due += other.newly_due
        self.after_review += other.after_review
        self.only_due += other.only_due
        self.reasons.update(other.reasons)
        for place, tally in other.by_place.items():
            self.by_place.setdefault(place, DoseTally()).add(tally)

    @property
    def doses(self) -> DoseTally:
        """All vaccines together."""
        whole = DoseTally()
        for tally in self.by_place.values():
            whole.add(tally)
        return whole


def sort_doses(asked: Sequence[Asked], settings: Settings) -> list[Owed]:
    """The doses of one child that were ever owed, each once: as the first check found it, else as the newest did.

    `asked`: every dose on the notices of its checks that stand, oldest first.
    """
    first = {(one.line, one.dose): one for one in asked if one.of_first_check}
    only_due = is_only_due(first.values(), settings)
    doubtful = {key for key, one in first.items() if one.part is NoticePart.VERIFY}
    later = {
        (one.line, one.dose): one
        for one in asked
        if not one.of_first_check and one.part is NoticePart.CATCH_UP and not _sure(first.get((one.line, one.dose)))
    }
    found = [
        Owed(one, Origin.NEWLY_DUE if only_due else Origin.BASELINE, _fate(one, settings))
        for one in first.values()
        if _sure(one)
    ]
    for key, one in later.items():
        found.append(Owed(one, Origin.AFTER_REVIEW if key in doubtful else Origin.NEWLY_DUE, _fate(one, settings)))
    return found


def is_only_due(asked: Iterable[Asked], settings: Settings) -> bool:
    """到龄待种: everything that the child owes is merely due, and the campaign says that this makes no debt."""
    owed = [one for one in asked if _sure(one)]
    return not settings.due_counts and bool(owed) and all(one.state_at_check == State.DUE for one in owed)


def count_baseline(children: Iterable[Sequence[Asked]], settings: Settings) -> Baseline:
    """The figures of a group; `children`: the asked doses of each child."""
    whole = Baseline()
    for asked in children:
        _count_child(whole, asked, settings)
    return whole


def _count_child(whole: Baseline, asked: Sequence[Asked], settings: Settings) -> None:
    doses = sort_doses(asked, settings)
    whole.only_due += is_only_due((one for one in asked if one.of_first_check), settings)
    whole.newly_due += sum(one.origin is Origin.NEWLY_DUE for one in doses)
    whole.after_review += sum(one.origin is Origin.AFTER_REVIEW for one in doses)
    baseline = [one for one in doses if one.origin is Origin.BASELINE]
    for one in baseline:
        tally = whole.by_place.setdefault(one.asked.place, DoseTally())
        tally.owed += one.counts
        tally.caught_up += one.fate is Fate.CAUGHT_UP
        tally.found_later += one.found_later
        tally.too_early += one.fate is Fate.TOO_EARLY
        tally.not_owed += one.fate is Fate.NOT_OWED
        if one.fate is Fate.OPEN:
            whole.reasons[one.asked.failed_because or ""] += 1
    rated = [one for one in baseline if one.counts and one.asked.line != _LEFT_OUT]
    whole.children += bool(rated)
    whole.caught_up += bool(rated) and all(one.fate is Fate.CAUGHT_UP for one in rated)


def _sure(one: Asked | None) -> bool:
    return one is not None and one.part is NoticePart.CATCH_UP


def _fate(one: Asked, settings: Settings) -> Fate:
    if one.earliest > settings.recheck_by:
        return Fate.TOO_EARLY
    if one.state is ItemState.GIVEN:
        return Fate.CAUGHT_UP
    return Fate.NOT_OWED if one.state is ItemState.NOT_OWED else Fate.OPEN
