"""Reads the rule data into the law, strictly: the only place that knows YAML.

An unknown key, a missing one, a value of the wrong kind, an unknown source or overlapping versions are refused with
file, line, what was found and what to write instead. Nothing is guessed and nothing has a hidden default.
"""

import dataclasses
import datetime as dt
import difflib
import types
import typing
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from rules.ages import Span
from rules.schedule import LineCode, ProductCode, Slot, SourceId

#: A place in a file of rule data: a value that knows its line.
Node = yaml.Node


class RuleDataError(ValueError):
    """Rule data that cannot be used; the message says where, what was found and what to write."""


@dataclasses.dataclass(frozen=True, slots=True)
class Context:
    """The citation that inner values inherit: the document and clause that speak at this place."""

    file: str
    sources: frozenset[str] = frozenset()
    source: str = ""
    citation: str = ""
    #: What names may be looked up; None where they are not known yet.
    readings: frozenset[str] | None = None
    products: frozenset[str] | None = None
    lines: frozenset[str] | None = None


def read_tree(path: Path) -> yaml.Node:
    """The file as a tree of nodes that know their line."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleDataError(f"{path.name}: cannot be read as YAML in UTF-8: {error}") from error
    if node is None:
        raise RuleDataError(f"{path.name}: is empty; it must hold the rule data that its name promises")
    return node


def refuse(node: yaml.Node, context: Context, message: str) -> RuleDataError:
    return RuleDataError(f"{context.file}:{node.start_mark.line + 1}: {message}")


def mapping(node: yaml.Node, context: Context) -> dict[str, yaml.Node]:
    """The node as a mapping; a key written twice is refused."""
    if not isinstance(node, yaml.MappingNode):
        raise refuse(node, context, f"found {_shown(node)}, expected a mapping of keys to values")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value in found:
            raise refuse(key, context, f"the key {key.value!r} stands here twice; keep one")
        found[key.value] = value
    return found


def is_mapping(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode)


def names(key: str, node: yaml.Node, context: Context) -> frozenset[str]:
    """What the items of a list call themselves under `key`; a name given twice is refused."""
    found: set[str] = set()
    for item in sequence(node, context):
        one = mapping(item, context).get(key)
        if one is None:
            raise refuse(item, context, f"the key {key!r} is missing: everything here needs a name")
        if one.value in found:
            raise refuse(item, context, f"{one.value!r} stands here twice; keep one")
        found.add(one.value)
    return frozenset(found)


def sequence(node: yaml.Node, context: Context) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise refuse(node, context, f"found {_shown(node)}, expected a list")
    return list(node.value)


def inner(node: yaml.Node, context: Context) -> Context:
    """The context inside a mapping that names its own source, clause or reading."""
    found = mapping(node, context)
    source = context.source
    if "source" in found:
        source = found["source"].value
        if source not in context.sources:
            known = ", ".join(sorted(context.sources))
            raise refuse(found["source"], context, f"unknown source {source!r}; sources.yaml knows {known}")
    citation = context.citation
    if "clause" in found:
        if not source:
            raise refuse(found["clause"], context, "a clause without a source: name the document it stands in")
        citation = f"{source} {found['clause'].value}"
    if "reading" in found:
        citation = found["reading"].value
        if context.readings is not None and citation not in context.readings:
            raise refuse(found["reading"], context, f"unknown reading {citation!r}; write it down among the readings")
    return dataclasses.replace(context, source=source, citation=citation)


def merged(earlier: Node, later: Node, besides: frozenset[str]) -> Node:
    """The mapping `earlier` without the keys in `besides`, overwritten by what `later` says itself."""
    said = {key.value for key, _ in later.value}
    kept = [(key, value) for key, value in earlier.value if key.value not in said | besides]
    return yaml.MappingNode(later.tag, kept + list(later.value), later.start_mark, later.end_mark)


#: No count of the law is larger; a larger number is a day that lost its dashes.
_LARGEST = 9999
#: Keys that say where a value comes from; every dataclass with a `citation` accepts them.
CITING = frozenset({"source", "clause", "reading"})


def build(kind: Any, node: yaml.Node, context: Context, ignore: frozenset[str] = frozenset()) -> Any:
    """The node as a value of the type `kind`: dataclasses by their fields, everything else by its type."""
    if dataclasses.is_dataclass(kind) and kind is not Span:
        return _build_dataclass(kind, node, context, ignore)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null"):
            return None
        return build(next(one for one in arguments if one is not type(None)), node, context)
    if origin in (tuple, frozenset):
        return _build_list(origin, arguments[0], node, context)
    if origin is dict:
        return _build_dict(arguments, node, context)
    if origin is typing.Literal:
        if node.value not in arguments:
            raise refuse(node, context, f"found {_shown(node)}, expected one of {', '.join(arguments)}")
        return node.value
    return _build_scalar(kind, node, context)


def _build_dataclass(kind: Any, node: yaml.Node, context: Context, ignore: frozenset[str]) -> Any:
    found = mapping(node, context)
    fields = {field.name: field for field in dataclasses.fields(kind)}
    hints = typing.get_type_hints(kind)
    cites = "citation" in fields
    allowed = (set(fields) - {"citation"}) | (CITING if cites else set()) | ignore
    for key in found:
        if key not in allowed:
            close = difflib.get_close_matches(key, allowed, 1)
            remedy = f"did you mean {close[0]!r}?" if close else f"known keys are {', '.join(sorted(allowed))}"
            raise refuse(found[key], context, f"unknown key {key!r}; {remedy}")
    values: dict[str, Any] = {}
    if cites:
        context = inner(node, context)
        if not context.citation:
            raise refuse(node, context, "no clause and no reading: every value must say where it comes from")
        values["citation"] = context.citation
    for name, field in fields.items():
        if name == "citation":
            continue
        if name in found:
            values[name] = build(hints[name], found[name], context)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise refuse(node, context, f"the key {name!r} is missing; {kind.__name__} needs it")
    return kind(**values)


def _build_list(kind: Any, inner_kind: Any, node: yaml.Node, context: Context) -> Any:
    items = sequence(node, context)
    built = [build(inner_kind, item, context) for item in items]
    if inner_kind is Slot:
        for before, slot, item in zip(built, built[1:], items[1:], strict=False):
            if slot.dose != before.dose + 1:
                raise refuse(item, context, f"found dose {slot.dose} after dose {before.dose}: number them in order")
    return kind(built)


def _build_dict(kinds: tuple[Any, ...], node: yaml.Node, context: Context) -> dict[str, Any]:
    found = mapping(node, context)
    if typing.get_origin(kinds[0]) is typing.Literal:
        for key, value in found.items():
            if key not in typing.get_args(kinds[0]):
                known = ", ".join(typing.get_args(kinds[0]))
                raise refuse(value, context, f"unknown key {key!r}; known keys are {known}")
    return {key: build(kinds[1], value, context) for key, value in found.items()}


#: Names and the part of the context that knows them.
_NAMES = {SourceId: "sources", ProductCode: "products", LineCode: "lines"}


def _look_up(kind: Any, node: yaml.Node, context: Context) -> None:
    known = getattr(context, _NAMES[kind])
    if known is not None and node.value not in known:
        close = difflib.get_close_matches(node.value, known, 1)
        remedy = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(sorted(known))}"
        raise refuse(node, context, f"found {_shown(node)}, which is none of the {_NAMES[kind]}; {remedy}")


def _build_scalar(kind: Any, node: yaml.Node, context: Context) -> Any:
    if not isinstance(node, yaml.ScalarNode):
        raise refuse(node, context, f"found {_shown(node)}, expected a single value")
    text = node.value
    if kind in _NAMES:
        _look_up(kind, node, context)
    try:
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return kind(text)
        if kind is Span:
            return Span.parse(text)
        if kind is dt.date:
            return dt.date.fromisoformat(text)
        if kind is bool:
            return {"true": True, "false": False}[text]
        if kind is int:
            if node.tag.endswith(":timestamp"):  # a day, kept as its number
                return dt.date.fromisoformat(text).toordinal()
            number = int(text)
            if number > _LARGEST:
                raise ValueError("a day is written with its dashes, 2026-06-17")
            return number
    except (ValueError, KeyError) as error:
        raise refuse(node, context, f"found {text!r}, expected {kind.__name__}: {error}") from error
    return text


def _shown(node: yaml.Node) -> str:
    names: dict[type[yaml.Node], str] = {yaml.MappingNode: "a mapping", yaml.SequenceNode: "a list"}
    return names.get(type(node), f"the value {getattr(node, 'value', '')!r}")
