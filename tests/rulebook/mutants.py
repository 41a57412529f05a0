"""Slips of one step in the rule data: a number one off, a day earlier or later, another product, a flag turned.

What only tells where a value comes from (titles, clauses, documents that no edition rests on) changes no judgement and
is left alone.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from rules import national
from rules.compiling import DATA

_SPAN = re.compile(r"(\d+)([dmy])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Keys whose values are words about a value, or names of things in the file itself.
WORDS = frozenset(
    {"id", "title", "number", "note", "text", "source", "clause", "reading", "edition", "name", "restates", "line"}
    | {"code", "aliases", "label", "registry", "condition", "warning", "same", "beside"}
)
#: Told by the plan alone, which no case looks at; the catalogue's own test writes it down a second time.
UNSEEN = frozenset({"oral"})
_OTHER_CHOICE = {"five_doses": "four_and_dt", "four_and_dt": "five_doses"}


@dataclass(frozen=True)
class Mutant:
    """One slip: where `old` stands in the file, at every one of `starts`, stands `new` instead."""

    file: str
    line: int
    path: str
    old: str
    new: str
    starts: tuple[int, ...]

    @property
    def name(self) -> str:
        return f"{self.file}:{self.line} {self.path}: {self.slip}"

    @property
    def place(self) -> str:
        return f"{self.file} {self.path}"

    @property
    def slip(self) -> str:
        return f"{self.old or 'nothing'} → {self.new.strip() or 'nothing'}"

    def written(self, text: str) -> str:
        for start in sorted(self.starts, reverse=True):
            text = text[:start] + self.new + text[start + len(self.old) :]
        return text


def all_mutants(folder: Path = DATA) -> list[Mutant]:
    files = [folder / "sources.yaml", folder / "products.yaml", *sorted((folder / "lines").glob("*.yaml"))]
    return [mutant for path in files for mutant in mutants_of(path, folder)]


def mutants_of(path: Path, folder: Path = DATA) -> Iterator[Mutant]:
    text = path.read_text(encoding="utf-8")
    top = yaml.compose(text, Loader=yaml.SafeLoader)
    file = path.relative_to(folder).as_posix()
    seen: set[int] = set()
    for keys, node in _places(top, (), seen):
        if file == "sources.yaml" and not _is_judged_by(keys, top):
            continue
        for old, new, start in _slips(keys, node, text):
            yield Mutant(file, node.start_mark.line + 1, ".".join(keys), old, new, (start,))
    yield from _moved_cohorts(file, top)


def _moved_cohorts(file: str, top: yaml.Node) -> Iterator[Mutant]:
    """A cohort's day moved everywhere at once: the loader sees no hole then, a case has to."""
    days: dict[str, list[yaml.Node]] = {}
    for keys, node in _places(top, (), set()):
        if keys[-1:] in (("born_from",), ("born_before",)):
            days.setdefault(node.value, []).append(node)
    for day, nodes in days.items():
        starts = tuple(node.end_mark.index - len(day) for node in nodes)
        for new in _others((), day):
            yield Mutant(file, nodes[0].start_mark.line + 1, "every cohort", day, new, starts)


def _places(node: yaml.Node, keys: tuple[str, ...], seen: set[int]) -> Iterator[tuple[tuple[str, ...], yaml.Node]]:
    """Every value and every list with the keys that lead to it; what stands under an anchor is met once."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in WORDS | UNSEEN:
                yield from _places(value, (*keys, key.value), seen)
        yield (*keys, "{}"), node
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _places(item, (*keys, _called(item) or str(number + 1)), seen)
        yield keys, node
    else:
        yield keys, node


def _called(item: yaml.Node) -> str:
    """What an item of a list calls itself."""
    if isinstance(item, yaml.MappingNode):
        for key, value in item.value:
            if key.value in ("id", "code"):
                return str(value.value)
    return ""


def _is_judged_by(keys: Sequence[str], top: yaml.Node) -> bool:
    """Of the documents only those that an edition rests on."""
    return keys[0] != "sources" or (len(keys) > 1 and keys[1] in {edition.source for edition in national().editions})


_Slip = tuple[str, str, int]


def _slips(keys: tuple[str, ...], node: yaml.Node, text: str) -> Iterator[_Slip]:
    if isinstance(node, yaml.ScalarNode):
        for new in _others(keys, node.value):
            yield node.value, new, node.end_mark.index - len(node.value)  # an anchor before the value stays
    elif isinstance(node, yaml.SequenceNode) and keys[-1] == "same_day":
        for one, other in zip(node.value, node.value[1:], strict=False):
            start, end = one.start_mark.index, other.end_mark.index
            yield text[start:end], f"{other.value}, {one.value}", start
    elif isinstance(node, yaml.SequenceNode) and keys[-1] in ("traits", "components", "feeds"):
        for gone in node.value:
            rest = ", ".join(item.value for item in node.value if item is not gone)
            start, end = node.start_mark.index, node.end_mark.index
            yield text[start:end], f"[{rest}]", start
    elif isinstance(node, yaml.MappingNode) and len(keys) == 3 and keys[0] == "products":
        yield from _turned_on(node, text)


def _turned_on(product: yaml.MappingNode, text: str) -> Iterator[_Slip]:
    """A product that is no injected live one, said to be one."""
    if all(key.value != "live_injected" for key, _ in product.value):
        feeds = next(value for key, value in product.value if key.value == "feeds")
        end = feeds.end_mark.index
        separator = ", " if product.flow_style else "\n    "
        yield "", f"{separator}live_injected: true", end


def _others(keys: tuple[str, ...], value: str) -> Iterator[str]:
    """What might stand there by a slip of one step."""
    if keys[-2:-1] in (("same_day",), ("traits",), ("components",), ("feeds",)):
        return
    span = _SPAN.fullmatch(value)
    if span:
        number = int(span[1])
        yield from (f"{other}{span[2]}" for other in (number - 1, number + 1) if other >= 0)
    elif _DAY.fullmatch(value):
        day = dt.date.fromisoformat(value)
        yield from ((day + dt.timedelta(days=step)).isoformat() for step in (-1, 1))
    elif value.isdigit():
        yield from (str(other) for other in (int(value) - 1, int(value) + 1) if other >= 0)
    elif value in ("true", "false"):
        yield "false" if value == "true" else "true"
    elif value in _OTHER_CHOICE:
        yield _OTHER_CHOICE[value]
    elif value in national().products:
        yield _neighbour(value)


def _neighbour(code: str) -> str:
    """Another product of the same line, or of another where the line has only one."""
    for line in national().lines:
        order = list(line.ranks)
        if code in order and len(order) > 1:
            return order[(order.index(code) + 1) % len(order)]
    return "HepB"
