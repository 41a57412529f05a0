"""The rows of a booklet as the keypad grid shows them: which products a row is for, and which one needs no question.

A row without `usual` is printed in the booklet more than once (减毒, 灭活): which it was is asked, never guessed.
"""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _

from rules.ages import Span


@dataclass(frozen=True, slots=True)
class BookletRow:
    """One row. `places`: cells that Enter leads through; `most`: with the spare ones."""

    key: str
    line: str
    offers: tuple[str, ...]
    places: int
    most: int
    usual: str | None = None
    #: The usual product goes without asking only from this day, or only before this age.
    usual_from: dt.date | None = None
    usual_before: Span | None = None

    def product_on(self, day: dt.date, birth: dt.date) -> str | None:
        """The product that a bare date in this row means; None: ask."""
        if self.usual_from is not None and day < self.usual_from:
            return None
        if self.usual_before is not None and day.toordinal() >= self.usual_before.after(birth.toordinal()):
            return None
        return self.usual


#: Measles-rubella gave way to measles-mumps-rubella as the dose at 8 months in June 2020.
_MMR_ALONE = dt.date(2020, 7, 1)

ROWS = (
    BookletRow("BCG", "BCG", ("BCG",), 1, 2, usual="BCG"),
    BookletRow("HepB", "HepB", ("HepB", "HepAB", "DTaP-IPV-HepB/Hib"), 3, 5, usual="HepB"),
    BookletRow("Polio", "Polio", ("IPV", "bOPV", "OPV", "tOPV", "DTaP-IPV/Hib"), 4, 5),
    BookletRow(
        "DTP",
        "DTP",
        ("DTaP", "DT", "DTaP-IPV/Hib", "DTaP-Hib", "DTaP-IPV", "DTwP"),
        5,
        5,
        usual="DTaP",
        usual_before=Span(months=72),
    ),
    BookletRow("MMR", "MMR", ("MMR", "MR", "MM", "MV", "MMRV"), 2, 5, usual="MMR", usual_from=_MMR_ALONE),
    BookletRow("JE", "JE", ("JE-L", "JE-I"), 2, 5),
    BookletRow("MenA", "Men", ("MPSV-A", "MPCV-AC", "MPCV-AC/Hib", "MPCV-ACYW"), 2, 4, usual="MPSV-A"),
    BookletRow("MenAC", "Men", ("MPSV-AC", "MPCV-AC", "MPSV-ACYW", "MPCV-ACYW"), 2, 4, usual="MPSV-AC"),
    BookletRow("HepA", "HepA", ("HepA-L", "HepA-I", "HepAB"), 1, 3),
)
BY_KEY = {row.key: row for row in ROWS}


def row_name(key: str) -> str:
    """As the booklet heads it."""
    names = {
        "BCG": _("卡介苗"),
        "HepB": _("乙肝"),
        "Polio": _("脊灰"),
        "DTP": _("百白破"),
        "MMR": _("麻腮风"),
        "JE": _("乙脑"),
        "MenA": _("A群流脑"),
        "MenAC": _("A＋C 流脑"),
        "HepA": _("甲肝"),
    }
    return str(names[key])


def row_of(product: str, feeds: tuple[str, ...], months: int | None) -> list[str]:
    """The rows in which a dose on record stands: one of each line that it feeds. Men by product, else by age."""
    found = []
    for line in feeds:
        rows = [row for row in ROWS if row.line == line]
        fitting = [row for row in rows if product in row.offers] or rows
        # A conjugate is an A dose for a baby and an A+C dose for whoever is two.
        late = len(fitting) > 1 and months is not None and months >= _TWO_YEARS
        found += [fitting[-1 if late else 0].key] if fitting else []
    return found


_TWO_YEARS = 24
