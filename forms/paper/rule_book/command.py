"""scripts/rule-book: prints the book as text, as a page and on paper, or keeps the repository's copies."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from forms.paper.fonts import FontMissing
from forms.paper.printing import press
from forms.paper.rule_book.composing import compose
from forms.paper.rule_book.printing import page, print_book
from forms.paper.rule_book.text import markdown
from rules.ages import Day, parse_day
from rules.compiling import DATA, load, national
from rules.law import UnknownEditionError
from rules.loading import RuleDataError
from rules.rulebook import book

ROOT = Path(__file__).resolve().parents[3]
#: The repository's copies: one of each edition, and the sample of a province.
COPIES = ROOT / "docs" / "rule-book"
#: Where scripts/setup puts the cut fonts.
_FONTS = ROOT / "build" / "fonts"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/rule-book", description="The schedule in force on a day, every value with its clause."
    )
    parser.add_argument("--edition", help="this edition (else the one in force on --on, else the newest)")
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day of the check (else the edition's first day)")
    parser.add_argument("--born", type=_day, metavar="DATE", help="for the children born that day (else every cohort)")
    parser.add_argument("--overlay", type=Path, metavar="FILE", help="a province's overlay on the national law")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="write the print")
    parser.add_argument("--keep", action="store_true", help="write the copies in docs/rule-book again")
    chosen = parser.parse_args(arguments)
    if chosen.keep:
        for name, text in copies().items():
            (COPIES / name).write_text(text, encoding="utf-8")
        return 0
    try:
        law = load(DATA, chosen.overlay) if chosen.overlay else national()
        sheet = compose(book(chosen.edition, chosen.on, chosen.born, law))
        if chosen.html:
            chosen.html.write_text(page(sheet), encoding="utf-8")
        if chosen.pdf:
            chosen.pdf.write_bytes(print_book(press(_FONTS), sheet))
    except (UnknownEditionError, RuleDataError, FontMissing, OSError) as error:
        parser.exit(2, f"scripts/rule-book: {error}\n")
    if not (chosen.html or chosen.pdf):
        sys.stdout.write(markdown(sheet))
    return 0


def copies() -> dict[str, str]:
    """What docs/rule-book must hold, by file name."""
    found = {f"{edition.id}.md": markdown(compose(book(edition.id))) for edition in national().editions}
    sample = load(DATA, DATA / "overlays" / "sample-province.yaml")
    return found | {f"{sample.name}.md": markdown(compose(book(law=sample)))}


def _day(text: str) -> Day:
    day = parse_day(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a calendar date: write YYYY-MM-DD")
    return day


if __name__ == "__main__":
    sys.exit(main())
