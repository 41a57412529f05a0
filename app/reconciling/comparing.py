"""Up to three sides' doses, put beside each other: first what agrees, then what may be one dose told differently. Pure.

Only the registry claims to be whole, and only up to its last day: what it lacks before that is a difference. A booklet
that was typed after a registry's file was read holds no more than what was new in it, and a clinic tells its own doses.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from app.reconciling.guessing import cause_of, is_part_of
from app.reconciling.telling import CONTRADICTIONS, Cause, Kind, Row, Side, Told

#: What may tie a dose to one that two others agree on: nothing that may be chance.
_SAFE = frozenset({Cause.COMBINED, Cause.PRODUCT_NAME, Cause.NEIGHBOUR, Cause.MONTH_ONLY})
Group = list[Told]


def compare(told: Iterable[Told], settlements: Iterable[Collection[str]] = ()) -> list[Row]:
    """A row for every dose, in order of days. `settlements`: the marks of what was decided on earlier."""
    everything = list(told)
    groups = _agreeing(everything)
    causes: dict[int, Cause] = {}
    _combined(groups, causes)
    for cause in Cause:
        _tie(groups, causes, cause)
    whole_until = max((one.day for one in everything if one.side is Side.REGISTRY and one.day), default=None)
    decided = [frozenset(one) for one in settlements]
    rows = [_row(group, causes.get(id(group)), whole_until) for group in groups]
    rows = [replace(row, settled=any(row.marks <= one for one in decided)) for row in rows]
    return sorted(rows, key=lambda row: (row.day is None, row.day or dt.date.min, row.told[0].product))


def contradicted_lines(rows: Iterable[Row], lines_of: Callable[[Iterable[str]], set[str]]) -> set[str]:
    """The lines about whose doses the sides contradict each other, and nobody has settled it."""
    found: set[str] = set()
    for row in rows:
        if row.kind in CONTRADICTIONS and row.open:
            found |= lines_of(one.product for one in row.told)
    return found


def _agreeing(told: Sequence[Told]) -> list[Group]:
    """The same product on the same day, whoever tells it."""
    groups: dict[tuple[object, ...], Group] = {}
    alone: list[Group] = []
    for one in told:
        if one.day is None:
            alone.append([one])
            continue
        group = groups.setdefault((one.product, one.as_written, one.day), [])
        if any(other.side is one.side for other in group):
            # Twice in one side: the record that holds it speaks for both.
            group[:] = [one if other.side is one.side and other.record is None else other for other in group]
        else:
            group.append(one)
    return [*groups.values(), *alone]


def _combined(groups: list[Group], causes: dict[int, Cause]) -> None:
    """One side writes a combined vaccine, another each of its parts, on the same day."""
    for whole in [group for group in groups if len(group) == 1]:
        dose = whole[0]
        parts = [
            group
            for group in groups
            if len(group) == 1
            and group[0].side is not dose.side
            and dose.day
            and group[0].day == dose.day
            and is_part_of(group[0].product, dose.product)
        ]
        sides = [group[0].side for group in parts]
        side = max(set(sides), key=sides.count, default=None)
        for group in [group for group in parts if group[0].side is side]:
            whole.extend(group)
            groups[:] = [one for one in groups if one is not group]
            causes[id(whole)] = Cause.COMBINED


def _tie(groups: list[Group], causes: dict[int, Cause], wanted: Cause) -> None:
    """Bring groups together that may be one dose for this cause; the closest in time first."""
    while True:
        pairs = [
            (_apart(one, other), place, one, other)
            for place, (one, other) in enumerate(combinations(groups, 2))
            if _fits(one, other, wanted)
        ]
        if not pairs:
            return
        _days, _place, one, other = min(pairs, key=lambda pair: pair[:2])
        one.extend(other)
        groups[:] = [group for group in groups if group is not other]
        causes.setdefault(id(one), causes.pop(id(other), wanted))


def _fits(one: Group, other: Group, wanted: Cause) -> bool:
    if {told.side for told in one} & {told.side for told in other}:
        return False
    if max(len(one), len(other)) > 1 and wanted not in _SAFE:
        return False
    return any(cause_of(a, b) is wanted for a in one for b in other)


def _apart(one: Group, other: Group) -> int:
    days = [abs((a.day - b.day).days) for a in one for b in other if a.day and b.day]
    return min(days, default=0)


def _row(group: Group, cause: Cause | None, whole_until: dt.date | None) -> Row:
    told = tuple(sorted(group, key=lambda one: (list(Side).index(one.side), one.product)))
    sides = {one.side for one in told}
    if cause is not None:
        days = {one.day for one in told}
        return Row(told, Kind.OTHER_PRODUCT if len(days) == 1 else Kind.OTHER_DATE, cause)
    if len(sides) > 1:
        return Row(told, Kind.SAME)
    day = told[0].day
    if Side.REGISTRY not in sides and whole_until and day and day <= whole_until:
        return Row(told, Kind.NOT_IN_REGISTRY)
    return Row(told, Kind.ALONE)
