"""Reads the cases, strictly: what a doctor wrote down about a child, and what the law says of it.

A key that nobody knows, a product that does not exist or a citation of nowhere is refused with file and line, so that
no case can pass because something in it was not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rules import national
from tests.rules.calendar import day
from tests.rules.citations import citations

CASES = Path(__file__).parent / "cases"
LINES = ("BCG", "HepB", "Polio", "DTP", "MMR", "JE", "Men", "HepA")

#: The doses of a child who was never late, by age; `in_time` of a case takes them line by line.
IN_TIME = {
    "BCG": (("BCG", "0d"),),
    "HepB": (("HepB", "0d"), ("HepB", "1m"), ("HepB", "6m")),
    "Polio": (("IPV", "2m"), ("IPV", "3m"), ("bOPV", "4m"), ("bOPV", "4y")),
    "DTP": (("DTaP", "3m"), ("DTaP", "4m"), ("DTaP", "6m"), ("DTaP", "18m"), ("DTaP", "6y")),
    "MMR": (("MMR", "8m"), ("MMR", "18m")),
    "JE": (("JE-L", "8m"), ("JE-L", "2y")),
    "Men": (("MPSV-A", "6m"), ("MPSV-A", "9m"), ("MPSV-AC", "3y"), ("MPSV-AC", "6y")),
    "HepA": (("HepA-L", "18m"),),
}

REQUIRED = {"title", "covers", "born", "as_of", "expect"}
CHILD = {"edition", "certificate", "clinic", "under_2000g", "avoid", "exempt", "doubts", "given", "also", "in_time"}
LINE_KEYS = {"status", "owed", "next", "counts", "refused", "extra"}
EXPECT_KEYS = {*LINES, "verdict", "result", "edition", "warnings"}
STATUSES = {"complete", "up_to_date", "owed", "review", "closed", "exempt"}


class CaseError(ValueError):
    """A case that cannot be read as it was meant."""


class _Text(yaml.SafeLoader):
    """Every value is text, as it was written; a key written twice is refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key) for key, _ in node.value]
        if len(set(keys)) < len(keys):
            raise CaseError(f"{node.start_mark.name}:{node.start_mark.line + 1}: a key stands twice in {keys}")
        found = super().construct_mapping(node, deep=True)
        found.update({"(line)": node.start_mark.line + 1} if "title" in found else {})
        return found


_Text.yaml_implicit_resolvers = {}


@dataclass(frozen=True)
class Case:
    """One child, one day, and what must be said of it."""

    file: str
    title: str
    covers: tuple[str, ...]
    edition: str | None
    child: dict[str, Any]
    expect: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.file}：{self.title}"


@dataclass
class _Doses:
    """The doses of a case in the order of the contract, each with the words that name it in the case."""

    entries: list[dict[str, Any]] = field(default_factory=list)

    def add(self, product: str, written: str, source: str | None = None) -> None:
        entry: dict[str, Any] = {"product": product, "date": None if written == "undated" else written}
        self.entries.append(entry | ({"source": source} if source else {}))


def all_cases(folder: Path = CASES) -> list[Case]:
    return [case for path in sorted(folder.glob("*.yaml")) for case in cases_of(path)]


def cases_of(path: Path) -> Iterator[Case]:
    """The cases of one file, in order."""
    written = yaml.load(path.read_text(encoding="utf-8"), _Text)
    if not isinstance(written, list):
        raise CaseError(f"{path.name}: holds no list of cases")
    titles: set[str] = set()
    for one in written:
        place = f"{path.name}:{one.pop('(line)', '?')}" if isinstance(one, dict) else path.name
        case = _case(path.stem, one, place)
        if case.title in titles:
            raise CaseError(f"{place}: the title {case.title!r} stands twice")
        titles.add(case.title)
        yield case


def _case(file: str, one: Any, place: str) -> Case:
    if not isinstance(one, dict):
        raise CaseError(f"{place}: found {one!r}, expected a case with {', '.join(sorted(REQUIRED))}")
    _only(one, REQUIRED | CHILD, place)
    for key in sorted(REQUIRED - set(one)):
        raise CaseError(f"{place}: {key!r} is missing")
    for citation in one["covers"]:
        if citation not in citations():
            raise CaseError(f"{place}: covers {citation!r}, which neither the rule data nor the readings hold")
    _check_expectation(one["expect"], place)
    doses = _doses(one, place)
    child = {"id": one["title"], "birth_date": one["born"], "as_of": one["as_of"], "doses": doses.entries}
    child |= {key: one[key] for key in ("certificate", "exempt", "avoid") if key in one}
    if "clinic" in one:
        child["clinic_assessment"] = {"result": one["clinic"]}
    if "under_2000g" in one:
        child["hbsag_exposed_under_2000g"] = {"true": True, "false": False}[one["under_2000g"]]
    if "doubts" in one:
        child["doubts"] = [_doubt(doubt, doses.entries, place) for doubt in one["doubts"]]
    return Case(file, one["title"], tuple(one["covers"]), one.get("edition"), child, one["expect"])


def _doses(one: dict[str, Any], place: str) -> _Doses:
    doses = _Doses()
    for product, days in one.get("given", {}).items():
        for written in days:
            doses.add(product, written)
    for entry in one.get("also", ()):
        _only(entry, {"product", "date", "source"}, place)
        doses.add(entry["product"], entry["date"], entry.get("source"))
    for line in _in_time(one.get("in_time", ()), place):
        for product, age in IN_TIME[line]:
            given = day(one["born"], age)
            if given <= one["as_of"]:
                doses.add(product, given)
    return doses


def _in_time(wanted: Any, place: str) -> list[str]:
    if wanted == "all":
        return list(LINES)
    if isinstance(wanted, dict):
        _only(wanted, {"all_but"}, place)
        _only(dict.fromkeys(wanted["all_but"]), set(LINES), place)
        return [line for line in LINES if line not in wanted["all_but"]]
    _only(dict.fromkeys(wanted), set(LINES), place)
    return list(wanted)


def _doubt(doubt: dict[str, Any], entries: list[dict[str, Any]], place: str) -> dict[str, Any]:
    _only(doubt, {"line", "dose", "kind"}, place)
    found = dict(doubt)
    if "dose" in doubt:
        found["dose"] = index_of(doubt["dose"], entries, None)
    return found


def index_of(words: str, entries: list[dict[str, Any]], line: str | None) -> int:
    """Which dose is meant by `2020-03-01`, `IPV 2020-03-01`, `IPV undated` or, of two alike, `IPV 2020-03-01 #2`."""
    match = re.fullmatch(r"(.+?)(?: #(\d))?", words)
    assert match
    wanted, turn = match[1], int(match[2] or 0)
    products = national().products
    found = []
    for index, entry in enumerate(entries):
        written = entry["date"] or "undated"
        product = products.get(entry["product"])
        feeds = line is None or product is None or line in product.feeds
        if wanted == f"{entry['product']} {written}" or (wanted == written and feeds):
            found.append(index)
    if not found or (len(found) > 1 and not turn) or turn > len(found):
        raise CaseError(f"{words!r} names {len(found)} doses of {entries}")
    return found[turn - 1 if turn else 0]


def _check_expectation(expect: Any, place: str) -> None:
    _only(expect, EXPECT_KEYS, place)
    if not expect:
        raise CaseError(f"{place}: expects nothing")
    for line in LINES:
        wanted = expect.get(line, {})
        if isinstance(wanted, str):
            expect[line] = wanted = {"status": wanted}
        _only(wanted, LINE_KEYS, place)
        if "status" in wanted and wanted["status"] not in STATUSES:
            raise CaseError(f"{place}: {line} has the status {wanted['status']!r}; there are {sorted(STATUSES)}")


def _only(found: Any, known: set[str], place: str) -> None:
    if not isinstance(found, dict):
        raise CaseError(f"{place}: found {found!r}, expected keys out of {sorted(known)}")
    for key in found:
        if key not in known:
            raise CaseError(f"{place}: unknown key {key!r}; known are {', '.join(sorted(known))}")
