"""Lays a province's overlay on the national law: other values, days of grace, other products, further plain lines.

An overlay replaces single values and says for each which local text it comes from; everything it does not name stays
national. It is read as strictly as the law itself.
"""

import dataclasses
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from rules import loading
from rules.ages import Day, Span, iso
from rules.changing import Changes, refuse_unknown, with_grace
from rules.compiling_lines import build_line, check_apart, check_whole
from rules.law import Change, Law, LineLaw, Overlay, Place, Version
from rules.lines import series
from rules.loading import CITING, Context, Node
from rules.schedule import Product, ProductCode, Reading, Source


@dataclass(frozen=True, slots=True)
class Head:
    """What an overlay says of itself; its other parts are laid one after the other."""

    name: str
    title: str
    sources: tuple[Source, ...]
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Grace:
    """Doses count up to `days` days before their minimum age or interval, in the named lines or in all."""

    days: int
    citation: str
    lines: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The versions of a line that a change is for; what is not named is not asked for."""

    line: str
    of: Literal["line", "given", "owed"]
    citation: str
    edition: str | None = None
    in_force: Day | None = None
    born_from: Day | None = None
    born_before: Day | None = None


_PARTS = frozenset({"grace", "products", "changes", "lines"})
_OF_LINE: dict[str, Any] = {
    "title": str,
    "same_day": tuple[ProductCode, ...],
    "gap": Span | None,
    "exempt_when_live_avoided": bool,
}
_COHORT = ("born_from", "born_before")
_LONGEST_GRACE = 27


def lay(path: Path, law: Law) -> Law:
    """The law with the overlay of the file on it, a law of its own; RuleDataError says what to mend in the file."""
    top, bare = loading.read_tree(path), Context(path.name)
    head: Head = loading.build(Head, top, bare, _PARTS)
    parts = loading.mapping(top, bare)
    ids = loading.names("id", parts["sources"], bare)
    for clash in sorted(ids & set(law.sources)):
        raise loading.refuse(parts["sources"], bare, f"{clash!r} is a national document: choose another id")
    readings = law.readings | {reading.id: reading for reading in head.readings}
    laying = _Laying(law, Context(path.name, ids | set(law.sources), readings=frozenset(readings)), parts)
    return dataclasses.replace(
        law,
        sources=law.sources | {source.id: source for source in head.sources},
        readings=readings,
        overlay=laying.all(head),
        products=laying.products,
        lines=tuple(laying.lines.values()),
        digest=_digest(law, path),
    )


class _Laying:
    """One overlay on its way onto one law."""

    def __init__(self, law: Law, context: Context, parts: dict[str, Node]) -> None:
        self.parts = parts
        self.changes: list[Change] = []
        self.products = dict(law.products)
        self.lines = {line.code: line for line in law.lines}
        self.editions = {edition.rank: edition.id for edition in law.editions}
        self.ranks = {edition.id: edition.rank for edition in law.editions}
        self.context = dataclasses.replace(
            context,
            products=frozenset(law.products) | self._names("code", "products", context),
            lines=frozenset(self.lines) | self._names("line", "lines", context),
        )

    def all(self, head: Head) -> Overlay:
        for item in self._items("products"):
            self._lay_product(item)
        for item in self._items("changes"):
            self._lay_change(item)
        for item in self._items("lines"):
            self._add_line(item)
        self._check_places()
        grace = self._lay_grace()
        return Overlay(head.name, head.title, tuple(self.changes), grace.days, grace.citation)

    def _names(self, key: str, part: str, context: Context) -> frozenset[str]:
        return loading.names(key, self.parts[part], context) if part in self.parts else frozenset()

    def _items(self, part: str) -> list[Node]:
        return loading.sequence(self.parts[part], self.context) if part in self.parts else []

    def _cited(self, item: Node) -> Context:
        context = loading.inner(item, self.context)
        if not context.citation:
            raise loading.refuse(item, context, "no clause and no reading: every value must say where it comes from")
        return context

    def _lay_product(self, item: Node) -> None:
        context, found = self._cited(item), loading.mapping(item, self.context)
        code = loading.build(str, found["code"], context)
        place = Place("", "products", code)
        if code not in self.products:
            self.products[code] = loading.build(Product, item, context, CITING)
            self.changes.append(Change(place, (), None, self.products[code], context.citation))
            return
        changes = Changes(place, context)
        values = {key: node for key, node in found.items() if key not in CITING | {"code"}}
        self.products[code] = changes.of_rule(self.products[code], values)
        self.changes += changes.found

    def _lay_change(self, item: Node) -> None:
        target: Target = loading.build(Target, item, self.context, frozenset({"set"}))
        found, context = loading.mapping(item, self.context), self._cited(item)
        refuse_unknown(target.line, self.lines, found["line"], context)
        if "set" not in found:
            raise loading.refuse(item, context, "the key 'set' is missing: it holds the values that replace others")
        line, values = self.lines[target.line], loading.mapping(found["set"], context)
        if target.of == "line":
            self.lines[line.code] = self._changed_line(line, values, context)
            return
        before = getattr(line, target.of)
        meant = [self._is_meant(target, version, item) for version in before]
        versions = [
            self._changed_version(target, version, values, context) if is_meant else version
            for version, is_meant in zip(before, meant, strict=True)
        ]
        if not any(meant):
            raise loading.refuse(item, context, f"no {target.of!r} version of {line.code} is of this edition or cohort")
        laid: dict[str, Any] = {target.of: tuple(versions)}
        self.lines[line.code] = dataclasses.replace(line, **laid)

    def _is_meant(self, target: Target, version: Version, item: Node) -> bool:
        if target.of == "given" and target.edition is not None:
            raise loading.refuse(item, self.context, "given versions are told apart by in_force, not by edition")
        if target.of == "owed" and target.in_force is not None:
            raise loading.refuse(item, self.context, "owed versions are told apart by edition, not by in_force")
        if target.edition is not None:
            refuse_unknown(target.edition, self.ranks, item, self.context)
        asked = {
            "rank": target.in_force if target.edition is None else self.ranks[target.edition],
            "born_from": target.born_from,
            "born_before": target.born_before,
        }
        return all(value is None or getattr(version, name) == value for name, value in asked.items())

    def _changed_version(self, target: Target, version: Version, values: dict[str, Node], context: Context) -> Version:
        name = self.editions[version.rank] if target.of == "owed" else iso(version.rank)
        changes = Changes(Place(target.line, target.of, name, version.born_from, version.born_before), context)
        limits = {
            limit: changes.of_value(limit, getattr(version, limit), Day | None, values[limit])
            for limit in _COHORT
            if limit in values
        }
        rule = changes.of_rule(version.rule, {key: node for key, node in values.items() if key not in limits})
        self.changes += changes.found
        return dataclasses.replace(version, rule=rule, **limits)

    def _changed_line(self, line: LineLaw, values: dict[str, Node], context: Context) -> LineLaw:
        changes = Changes(Place(line.code, "line"), context)
        laid: dict[str, Any] = {}
        for name, node in values.items():
            refuse_unknown(name, _OF_LINE, node, context)
            before = tuple(line.ranks) if name == "same_day" else getattr(line, name)
            laid[name] = changes.of_value(name, before, _OF_LINE[name], node)
        if "same_day" in laid:
            laid["ranks"] = {product: rank for rank, product in enumerate(laid.pop("same_day"))}
        self.changes += changes.found
        return dataclasses.replace(line, **laid)

    def _add_line(self, item: Node) -> None:
        code = loading.build(str, loading.mapping(item, self.context)["line"], self.context)
        if code in self.lines:
            raise loading.refuse(item, self.context, f"{code} is a national line: its values are replaced by 'changes'")
        line = build_line(code, series, item, self.context, self.ranks, self._feeding(code))
        self.lines[code] = line
        self.changes.append(Change(Place(code, "line"), (), None, line.title, line.owed[0].rule.citation))

    def _lay_grace(self) -> Grace:
        if "grace" not in self.parts:
            return Grace(0, "")
        node = self.parts["grace"]
        grace: Grace = loading.build(Grace, node, self.context)
        if not 1 <= grace.days <= _LONGEST_GRACE:
            raise loading.refuse(node, self.context, f"found {grace.days} days, expected 1 to {_LONGEST_GRACE}")
        for code in self.lines if grace.lines is None else grace.lines:
            refuse_unknown(code, self.lines, node, self.context)
            line = self.lines[code]
            given = tuple(dataclasses.replace(one, rule=with_grace(one.rule, grace.days)) for one in line.given)
            self.lines[code] = dataclasses.replace(line, given=given)
        return grace

    def _feeding(self, code: str) -> frozenset[str]:
        return frozenset(product.code for product in self.products.values() if code in product.feeds)

    def _check_places(self) -> None:
        """Once everything is laid: versions stand apart and leave nobody out, and every product has its place."""
        for item in self._items("changes"):
            line = self.lines[loading.mapping(item, self.context)["line"].value]
            for versions in (line.given, line.owed):
                check_apart(versions, item, self.context)
                check_whole(versions, item, self.context)
        for line in self.lines.values():
            missing = self._feeding(line.code) ^ set(line.ranks)
            if missing:
                what = f"same_day of {line.code} and the products that feed it differ in {', '.join(sorted(missing))}"
                part = self.parts.get("products") or self.parts["changes"]
                raise loading.refuse(part, self.context, f"{what}: set same_day of the line, or feeds of the product")


def _digest(law: Law, path: Path) -> str:
    """The fingerprint of the law underneath and of the overlay, whatever its file is called."""
    total = hashlib.sha256(law.digest.encode() + path.read_bytes())
    return f"sha256:{total.hexdigest()}"
