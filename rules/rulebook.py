"""The rule book as plain data: every value of the schedule in force on a day, with the clause or reading it rests on.

Nothing is chosen by hand: the facts are read off the compiled law, so what the engine judges by is what the book says.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rules.ages import Day, Span
from rules.compiling import national
from rules.law import Law, LineLaw, Version
from rules.schedule import Edition, Product, Slot


@dataclass(frozen=True, slots=True)
class Fact:
    """One value. `path` leads to it inside its rule; the doses of a series stand under their number."""

    path: tuple[str, ...]
    value: Any
    citation: str


@dataclass(frozen=True, slots=True)
class Part:
    """What holds for a birth cohort: from a day on (doses given), or under an edition (doses owed)."""

    since: Day
    edition: str | None
    born_from: Day | None
    born_before: Day | None
    citation: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line. `products` in the order in which they are taken when several stand on one day; `thinking` names how the
    facts are used.
    """

    code: str
    thinking: str
    title: str
    products: tuple[Product, ...]
    gap: Span | None
    exempt_when_live_avoided: bool
    given: tuple[Part, ...]
    owed: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The schedule on a day, for the children born on one day or for everybody."""

    law: Law
    edition: Edition
    on: Day
    born: Day | None
    lines: tuple[BookLine, ...]


def book(edition: str | None = None, on: Day | None = None, born: Day | None = None, law: Law | None = None) -> Book:
    """The book of an edition on a day: without a day the edition's first one, without an edition that of the day, and
    with neither the newest. UnknownEditionError names the editions there are.
    """
    law = law or national()
    chosen = law.edition(edition) if edition is not None else law.editions[-1]
    if edition is None and on is not None:
        chosen = law.edition_on(on)
    day = chosen.in_force if on is None else on
    lines = tuple(_line(line, law, chosen, day, born) for line in law.lines)
    return Book(law, chosen, day, born, lines)


def _line(line: LineLaw, law: Law, edition: Edition, on: Day, born: Day | None) -> BookLine:
    oldest = line.given[0].rank
    given = [version for version in line.given if version.rank <= max(on, oldest)]
    return BookLine(
        line.code,
        line.thinking.__name__.rpartition(".")[2],
        line.title,
        tuple(law.products[code] for code in line.ranks),
        line.gap,
        line.exempt_when_live_avoided,
        tuple(
            _part(version, version.rank, None, (version.born_from, version.born_before))
            for version in given
            if born is None or version.applies(born)
        ),
        tuple(
            _part(version, law.editions[version.rank].in_force, law.editions[version.rank].id, cohort)
            for cohort, version in _in_force(line.owed, edition.rank)
            if born is None or version.applies(born) and _holds(cohort, born)
        ),
    )


_Cohort = tuple[Day | None, Day | None]


def _in_force(versions: tuple[Version, ...], rank: int) -> list[tuple[_Cohort, Version]]:
    """The newest version of every cohort up to an edition, the cohorts in order of birth."""
    found: list[tuple[_Cohort, Version]] = []
    open_cohorts: list[_Cohort] = [(None, None)]
    for version in reversed([version for version in versions if version.rank <= rank]):
        rest: list[_Cohort] = []
        for cohort in open_cohorts:
            shared = _shared(cohort, (version.born_from, version.born_before))
            if shared is None:
                rest.append(cohort)
                continue
            found.append((shared, version))
            if shared[0] != cohort[0]:
                rest.append((cohort[0], shared[0]))
            if shared[1] != cohort[1]:
                rest.append((shared[1], cohort[1]))
        open_cohorts = rest
    return sorted(found, key=lambda one: one[0][0] or 0)


def _shared(one: _Cohort, other: _Cohort) -> _Cohort | None:
    begin = max(one[0] or 0, other[0] or 0) or None
    ends = [end for end in (one[1], other[1]) if end is not None]
    end = min(ends, default=None)
    return None if end is not None and (begin or 0) >= end else (begin, end)


def _holds(cohort: _Cohort, born: Day) -> bool:
    return (cohort[0] is None or born >= cohort[0]) and (cohort[1] is None or born < cohort[1])


def _part(version: Version, since: Day, edition: str | None, cohort: _Cohort) -> Part:
    return Part(since, edition, *cohort, version.rule.citation, tuple(_facts(version.rule, version.rule.citation, ())))


#: Told by the part that holds the facts, or by the overlay as a whole.
_ELSEWHERE = frozenset({"citation", "in_force", "grace"})


def _facts(thing: Any, citation: str, path: tuple[str, ...]) -> Iterator[Fact]:
    """Every value of a rule, one after the other."""
    for field in dataclasses.fields(thing):
        if field.name in _ELSEWHERE:
            continue
        value, here = getattr(thing, field.name), (*path, field.name)
        if isinstance(value, tuple):
            for number, one in enumerate(value, start=1):
                name = str(one.dose) if isinstance(one, Slot) else str(number)
                yield Fact((*here, name), one, getattr(one, "citation", citation))
        elif isinstance(value, Slot):
            yield Fact(here, value, value.citation)
        elif dataclasses.is_dataclass(value) and not isinstance(value, Span):
            yield from _facts(value, getattr(value, "citation", citation), here)
        elif value is not None:
            yield Fact(here, value, citation)
