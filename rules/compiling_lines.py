"""Builds one vaccine line from its rule data: what makes a dose count, what a child owes, by cohort and by edition."""

from collections.abc import Sequence
from itertools import combinations
from types import ModuleType
from typing import Any

from rules import loading
from rules.ages import Day, Span, iso
from rules.law import LineLaw, Version
from rules.loading import Context, Node
from rules.schedule import ProductCode

_LINE_KEYS = ("line", "title", "same_day", "gap", "exempt_when_live_avoided", "given", "owed")


def build_line(
    code: str, thinking: ModuleType, top: Node, context: Context, ranks: dict[str, int], feeding: frozenset[str]
) -> LineLaw:
    """The line `code` from its mapping; `ranks` orders the editions that a version may name, `feeding` are the products
    that count for it.
    """
    found = loading.mapping(top, context)
    for key in _LINE_KEYS:
        if key not in found:
            raise loading.refuse(top, context, f"the key {key!r} is missing")
    for key in found:
        if key not in _LINE_KEYS:
            raise loading.refuse(found[key], context, f"unknown key {key!r}; known keys are {', '.join(_LINE_KEYS)}")
    if loading.build(str, found["line"], context) != code:
        raise loading.refuse(found["line"], context, f"this file must hold the line {code!r}")
    order = loading.build(tuple[ProductCode, ...], found["same_day"], context)
    if len(set(order)) < len(order) or set(order) != feeding:
        what = f"same_day must hold each product that feeds {code}, once: {', '.join(sorted(feeding))}"
        raise loading.refuse(found["same_day"], context, what)
    return LineLaw(
        code,
        loading.build(str, found["title"], context),
        thinking,
        {product: rank for rank, product in enumerate(order)},
        loading.build(Span | None, found["gap"], context),
        loading.build(bool, found["exempt_when_live_avoided"], context),
        _given(thinking.GivenRule, found["given"], context),
        _owed(thinking.OwedRule, found["owed"], context, ranks),
    )


_COHORT = frozenset({"born_from", "born_before"})
_HEAD = _COHORT | {"edition", "name", "restates"}


def _given(kind: Any, node: Node, context: Context) -> tuple[Version, ...]:
    """What makes a dose count, by the day from which that holds."""
    versions: list[Version] = []
    for item in loading.sequence(node, context):
        rule = loading.build(kind, item, context, _COHORT)
        _add(versions, rule.in_force, rule, item, context)
    check_whole(versions, node, context)
    return tuple(versions)


def _owed(kind: Any, node: Node, context: Context, ranks: dict[str, int]) -> tuple[Version, ...]:
    """What a child owes, by edition. A version may restate the facts of an earlier one under its own citation."""
    versions: list[Version] = []
    named: dict[str, Node] = {}
    for item in loading.sequence(node, context):
        head = loading.mapping(item, context)
        edition = loading.build(str, head["edition"], context) if "edition" in head else None
        if edition not in ranks:
            raise loading.refuse(item, context, f"found edition {edition!r}; there are {', '.join(ranks)}")
        facts = item
        if "restates" in head:
            earlier = named.get(loading.build(str, head["restates"], context))
            if earlier is None:
                raise loading.refuse(item, context, "restates a version that does not stand above it by that name")
            facts = loading.merged(earlier, item, _HEAD)
        named[loading.build(str, head["name"], context) if "name" in head else edition] = facts
        _add(versions, ranks[edition], loading.build(kind, facts, context, _HEAD), item, context)
    if not versions or versions[0].rank > 0:
        raise loading.refuse(node, context, f"no version for {next(iter(ranks))}: the first edition needs one")
    check_whole(versions, node, context)
    return tuple(versions)


def _add(versions: list[Version], rank: int, rule: Any, item: Node, context: Context) -> None:
    """Append a version; the file must stand in order of time, and one cohort has one version at a time."""
    limits = loading.mapping(item, context)
    version = Version(
        rank,
        rule,
        *(
            loading.build(Day | None, limits[key], context) if key in limits else None
            for key in ("born_from", "born_before")
        ),
    )
    if versions and version.rank < versions[-1].rank:
        raise loading.refuse(item, context, "an older version stands below a newer one; write the oldest first")
    versions.append(version)
    check_apart(versions, item, context)


def check_apart(versions: Sequence[Version], item: Node, context: Context) -> None:
    """Refuse two versions for one child at one time."""
    for one, other in combinations(versions, 2):
        if one.rank == other.rank and one.overlaps(other):
            raise loading.refuse(
                item, context, "two versions hold for one cohort at one time; set born_from/born_before"
            )


def check_whole(versions: Sequence[Version], node: Node, context: Context) -> None:
    """Refuse a cohort that the oldest versions leave without a rule."""
    if not versions:
        raise loading.refuse(node, context, "the list is empty; it needs a version for everybody")
    oldest = [version for version in versions if version.rank == versions[0].rank]
    held_until: Day | None = 0
    for version in sorted(oldest, key=lambda version: version.born_from or 0):
        if held_until is not None and (version.born_from or 0) <= held_until:
            held_until = version.born_before
    if held_until is not None:
        who = f"born from {iso(held_until)} on" if held_until else "born first"
        raise loading.refuse(node, context, f"no version holds for a child {who}: the oldest must hold for everybody")
