"""Replaces single values inside frozen rules, by their types, and remembers what stood there before."""

import dataclasses
import difflib
import typing
from collections.abc import Iterable
from typing import Any

from rules import loading
from rules.ages import Span
from rules.law import Change, Place
from rules.loading import CITING, Context, Node

#: Facts that tell versions apart or are told by other keys: nothing sets them.
_FIXED = frozenset({"citation", "in_force", "code"})


class Changes:
    """Values replaced at one place of the law under one citation; `found` is what was replaced so far."""

    def __init__(self, place: Place, context: Context) -> None:
        self.place = place
        self.context = context
        self.found: list[Change] = []

    def of_rule(self, rule: Any, values: dict[str, Node]) -> Any:
        """The rule with other values. Its own citation stays: it speaks for the values that are not replaced."""
        return self._within(rule, values, self.context, (), own_citation=True)

    def of_value(self, name: str, value: Any, kind: Any, node: Node) -> Any:
        """One value that stands by itself."""
        return self._replaced(value, kind, node, self.context, (name,))

    def _within(
        self, thing: Any, values: dict[str, Node], context: Context, path: tuple[str, ...], *, own_citation: bool
    ) -> Any:
        kinds = typing.get_type_hints(type(thing))
        known = [field.name for field in dataclasses.fields(thing) if field.name not in _FIXED]
        laid: dict[str, Any] = {}
        for name, node in values.items():
            if name in CITING and not own_citation:
                continue
            refuse_unknown(name, known, node, context)
            laid[name] = self._replaced(getattr(thing, name), kinds[name], node, context, (*path, name))
        if not own_citation and "citation" in kinds:
            laid["citation"] = context.citation
        return dataclasses.replace(thing, **laid)

    def _replaced(self, value: Any, kind: Any, node: Node, context: Context, path: tuple[str, ...]) -> Any:
        if loading.is_mapping(node) and dataclasses.is_dataclass(value) and not isinstance(value, Span):
            inner = loading.inner(node, context)
            return self._within(value, loading.mapping(node, context), inner, path, own_citation=False)
        if loading.is_mapping(node) and isinstance(value, tuple):
            return self._by_number(value, node, context, path)
        after = loading.build(kind, node, context)
        self.found.append(Change(self.place, path, value, after, context.citation))
        return after

    def _by_number(self, slots: tuple[Any, ...], node: Node, context: Context, path: tuple[str, ...]) -> Any:
        """Of a list of doses only those that are named by their number: `slots: {2: {age: 9m}}`."""
        wanted = loading.mapping(node, context)
        known = [str(getattr(slot, "dose", "")) for slot in slots]
        for number in wanted:
            refuse_unknown(number, known, wanted[number], context)
        return tuple(
            self._replaced(slot, type(slot), wanted[number], context, (*path, number)) if number in wanted else slot
            for number, slot in zip(known, slots, strict=True)
        )


def with_grace(thing: Any, days: int) -> Any:
    """The rule with `days` of grace wherever it takes any."""
    if isinstance(thing, tuple):
        return tuple(with_grace(one, days) for one in thing)
    if not dataclasses.is_dataclass(thing) or isinstance(thing, Span | type):
        return thing
    laid: dict[str, Any] = {}
    for field in dataclasses.fields(thing):
        value = getattr(thing, field.name)
        laid[field.name] = days if field.name == "grace" else with_grace(value, days)
    return dataclasses.replace(thing, **laid)


def refuse_unknown(name: str, known: Iterable[str], node: Node, context: Context) -> None:
    """Refuse a name that is none of the known ones, with the nearest of them."""
    known = list(known)
    if name not in known:
        close = difflib.get_close_matches(name, known, 1)
        remedy = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(known) or 'none'}"
        raise loading.refuse(node, context, f"nothing here is called {name!r}; {remedy}")
