"""Counts what is in the demo, for docs/demo.md:  python -m app.demo.counting"""

from collections import Counter
from collections.abc import Iterable

from app.demo.checking import checked_seats
from app.demo.children import MadeUpChild, population
from app.demo.days import TODAY
from app.demo.judging import judge
from app.demo.places import CENTERS, SCHOOLS
from app.demo.records import digest
from app.demo.seats import places
from app.demo.stories import STORIES, Group
from rules.vocabulary import Result

_CENTERS = {center.short: center.name for center in CENTERS}
_GROUPS = {Group.THREE: "小班", Group.SIX: "一年级", Group.MIDDLE: "中大班插班", Group.OLDER: "二至六年级转入"}


def main() -> None:
    print("\n".join(figures()))


def figures() -> list[str]:
    """Every figure, as the lines of a Markdown section."""
    children = population()
    return [
        *_schools(children),
        *_results(children),
        *_stories(children),
        *_births_and_numbers(children),
        *_products(children),
        "",
        f"Digest of all histories: `{digest(child.record for child in children)[:16]}`",
    ]


def _schools(children: Iterable[MadeUpChild]) -> list[str]:
    seen = checked_seats()
    rows = []
    for school in SCHOOLS:
        here = [child for child in children if child.school is school]
        entrants = sum(child.school_class.entrants for child in here)
        checked = sum(child.seat in seen for child in here)
        roster = "in the tables" if school.roster_loaded else "two files"
        rows.append((school.name, _CENTERS[school.center], entrants, len(here) - entrants, roster, checked))
    return _table(("school", "health center", "entrants", "newcomers", "roster", "checked"), rows, "### Schools")


def _results(children: Iterable[MadeUpChild]) -> list[str]:
    group_of = {place.seat: place.group for place in places()}
    counted = Counter((judge(child).result, group_of[child.seat]) for child in children)
    whole = sum(counted.values())
    rows = []
    for result in (Result.COMPLETE, Result.CATCH_UP, Result.REVIEW, Result.NO_CERTIFICATE, Result.WAIVED):
        each = [counted[result, group] for group in _GROUPS]
        rows.append((f"`{result}`", *each, sum(each), f"{100 * sum(each) / whole:.1f} %"))
    rows.append(("all", *(sum(counted[result, group] for result in Result) for group in _GROUPS), whole, "100 %"))
    title = f"### Results, when every dose and paper is known ({TODAY})"
    return _table(("result", *_GROUPS.values(), "children", "share"), rows, title)


def _stories(children: Iterable[MadeUpChild]) -> list[str]:
    counted = Counter(child.story.name for child in children)
    rows = [(one.words, f"`{one.ends}`", counted[one.name]) for one in STORIES.values()]
    return _table(("story", "ends", "children"), rows, "### Stories")


def _births_and_numbers(children: Iterable[MadeUpChild]) -> list[str]:
    counts: Counter[str] = Counter()
    for child in children:
        counts[f"born in {child.birth.year}"] += 1
        counts[f"origin {child.origin}"] += 1
        counts[f"came by {child.source}"] += 1
        counts.update(f"with a {number.kind}" for number in child.identity.identifiers)
        counts["without any number"] += not child.identity.identifiers
        counts["looked after by the other health center"] += child.home_center is not None
    return _table(("what", "children"), sorted(counts.items()), "### Births, origin, numbers")


def _products(children: Iterable[MadeUpChild]) -> list[str]:
    doses = [dose for child in children for dose in child.record.doses]
    counted = Counter(dose.product for dose in doses)
    undated = sum(dose.day is None for dose in doses)
    told = "、".join(f"{product} {count}" for product, count in sorted(counted.items()))
    warned = Counter(warning for child in children for fate in judge(child).doses for warning in fate.warnings)
    warnings = "、".join(f"`{warning}` {count}" for warning, count in sorted(warned.items()))
    return ["", "### Doses", "", f"{len(doses)} doses, {undated} without a day. Warnings: {warnings}.", "", f"{told}."]


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]], title: str) -> list[str]:
    names = list(heads)
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    return ["", title, "", f"| {' | '.join(names)} |", f"|{'---|' * len(names)}", *lines]


if __name__ == "__main__":
    main()
