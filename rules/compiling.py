"""Compiles a folder of rule data into the law."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rules import loading
from rules.ages import Day, Span
from rules.law import THINKING, Law, LineLaw, Version
from rules.loading import Context, Node, RuleDataError
from rules.schedule import Edition, Product, Reading, Source

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class _Sources:
    """The shape of `sources.yaml`."""

    sources: tuple[Source, ...]
    readings: tuple[Reading, ...]
    editions: tuple["_Edition", ...]
    live_interval: "_Cited"
    ends_at: "_Cited"


@dataclass(frozen=True, slots=True)
class _Edition:
    id: str
    source: str


@dataclass(frozen=True, slots=True)
class _Cited:
    span: Span
    citation: str


@dataclass(frozen=True, slots=True)
class _Products:
    """The shape of `products.yaml`."""

    products: tuple[Product, ...]


@cache
def national() -> Law:
    """The national law, from the package's own data."""
    return load(DATA)


def load(folder: Path) -> Law:
    """Read a folder of rule data; RuleDataError says what to mend."""
    names = Context("sources.yaml", frozenset(_source_ids(folder)))
    facts: _Sources = loading.build(_Sources, loading.read_tree(folder / "sources.yaml"), names)
    sources = {source.id: source for source in facts.sources}
    readings = {reading.id: reading for reading in facts.readings}
    editions = tuple(
        Edition(edition.id, edition.source, sources[edition.source].in_force, rank)
        for rank, edition in enumerate(facts.editions)
    )
    context = Context("products.yaml", frozenset(sources))
    catalogue: _Products = loading.build(_Products, loading.read_tree(folder / "products.yaml"), context)
    products = {product.code: product for product in catalogue.products}
    lines = tuple(
        _line(folder / "lines" / f"{code.lower()}.yaml", code, editions, frozenset(sources)) for code in THINKING
    )
    return Law(
        sources,
        readings,
        editions,
        products,
        lines,
        facts.live_interval.span,
        facts.live_interval.citation,
        facts.ends_at.span,
        _digest(folder),
    )


def _source_ids(folder: Path) -> list[str]:
    context = Context("sources.yaml")
    top = loading.mapping(loading.read_tree(folder / "sources.yaml"), context)
    if "sources" not in top:
        raise RuleDataError("sources.yaml: the key 'sources' is missing; list the documents first")
    return [loading.mapping(node, context)["id"].value for node in loading.sequence(top["sources"], context)]


_LINE_KEYS = ("line", "title", "same_day", "gap", "exempt_when_live_avoided", "given", "owed")


def _line(path: Path, code: str, editions: Sequence[Edition], sources: frozenset[str]) -> LineLaw:
    context = Context(f"lines/{path.name}", sources)
    top = loading.read_tree(path)
    found = loading.mapping(top, context)
    for key in _LINE_KEYS:
        if key not in found:
            raise loading.refuse(top, context, f"the key {key!r} is missing")
    for key in found:
        if key not in _LINE_KEYS:
            raise loading.refuse(found[key], context, f"unknown key {key!r}; known keys are {', '.join(_LINE_KEYS)}")
    if loading.build(str, found["line"], context) != code:
        raise loading.refuse(found["line"], context, f"this file must hold the line {code!r}")
    thinking = THINKING[code]
    order = loading.build(tuple[str, ...], found["same_day"], context)
    return LineLaw(
        code,
        loading.build(str, found["title"], context),
        thinking,
        {product: rank for rank, product in enumerate(order)},
        loading.build(Span | None, found["gap"], context),
        loading.build(bool, found["exempt_when_live_avoided"], context),
        _given(thinking.GivenRule, found["given"], context),
        _owed(thinking.OwedRule, found["owed"], context, {edition.id: edition.rank for edition in editions}),
    )


_COHORT = frozenset({"born_from", "born_before"})
_HEAD = _COHORT | {"edition", "name", "restates"}


def _given(kind: Any, node: Node, context: Context) -> tuple[Version, ...]:
    """What makes a dose count, by the day from which that holds."""
    versions: list[Version] = []
    for item in loading.sequence(node, context):
        rule = loading.build(kind, item, context, _COHORT)
        _add(versions, rule.in_force, rule, item, context)
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
    for other in versions:
        if other.rank == version.rank and other.overlaps(version):
            raise loading.refuse(
                item, context, "two versions hold for one cohort at one time; set born_from/born_before"
            )
    versions.append(version)


def _digest(folder: Path) -> str:
    """The fingerprint of the rule data: the same data gives the same digest on every machine."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"sha256:{total.hexdigest()}"
