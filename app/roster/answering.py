"""From a posted page to answers: which rows the person saw, and what was said of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.roster.deciding import LEAVE, TAKE

_ROW = re.compile(r"row-(\d{1,7})")
_CLASS = re.compile(r"class-(.{1,80})")


@dataclass(frozen=True, slots=True)
class Answers:
    """Row → (how it compared on the page, what was said); new class → make or leave."""

    rows: dict[int, tuple[str, str]]
    classes: dict[str, str]
    #: Every new class that nobody has said anything about yet is made.
    make_all: bool = False
    #: This is no file of last year.
    this_year: bool = False


def read_answers(posted: Mapping[str, str]) -> Answers:
    """`stamp-12` says that row 12 stood on the page; `row-12` is its answer, `tick-12` its box, which may be empty."""
    rows = {}
    for name, stamp in posted.items():
        if not name.startswith("stamp-") or not (found := _ROW.fullmatch("row-" + name.removeprefix("stamp-"))):
            continue
        number = found[1]
        said = posted.get(f"row-{number}")
        if f"box-{number}" in posted:
            said = TAKE if f"tick-{number}" in posted else LEAVE
        if said:
            rows[int(number)] = (stamp[:32], said[:32])
    classes = {found[1]: said for name, said in posted.items() if (found := _CLASS.fullmatch(name))}
    return Answers(rows, classes, make_all="make-all" in posted, this_year="this-year" in posted)
