"""What an owed dose waits for, and the ages at which a line ends: the day before, on and after.

The numbers are written down here a second time, from the texts and not from the rule data, so that a slip in either
shows.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.rules.calendar import day
from tests.rules.childhoods import (
    ANY,
    BEFORE_2025,
    DAYS,
    EVERY,
    FIVE,
    INFANT,
    NEW,
    OLD,
    OLDER_MMR,
    doses,
    floor_day,
    judged,
)


@dataclass(frozen=True)
class Ends:
    """From the age `at` on the line with this history has another status."""

    line: str
    at: str
    before: str
    after: str
    history: str = ""
    editions: tuple[str, ...] = EVERY
    births: tuple[str, ...] = BEFORE_2025

    @property
    def name(self) -> str:
        return f"{self.line} {self.after} at {self.at} after [{self.history}] {self.editions[-1]}"


ENDS = [
    Ends("BCG", "4y", "owed", "closed"),
    Ends("DTP", "12y", "owed", "closed"),
    Ends("DTP", "12y", "owed", "closed", INFANT),
    Ends("DTP", "12y", "owed", "closed", f"{INFANT}, DTaP 6y", OLD),
    Ends("DTP", "12y", "complete", "complete", f"{INFANT}, DTaP 6y", NEW),
    Ends("DTP", "12y", "complete", "complete", f"{INFANT}, DT 6y"),
    *[Ends(line, "18y", "owed", "closed") for line in ("HepB", "Polio", "MMR", "JE", "Men", "HepA")],
    Ends("HepA", "18y", "complete", "complete", "HepA-L 18m"),
    Ends("JE", "18y", "owed", "closed", "JE-L 8m"),
]


@pytest.mark.parametrize("row", ENDS, ids=lambda row: row.name)
def test_a_line_ends_at_that_age(row: Ends) -> None:
    for born, edition in ((born, edition) for born in row.births for edition in row.editions):
        for offset in DAYS:
            as_of = day(born, row.at, f"{offset}d")
            line = judged(born, as_of, doses(born, row.history), edition)["lines"][row.line]
            assert line["status"] == (row.after if offset >= 0 else row.before), (born, edition, as_of, line)


@dataclass(frozen=True)
class Waits:
    """On the day of the last dose of the history the owed dose waits for its `floor`."""

    line: str
    owed: str
    floor: str
    history: str
    editions: tuple[str, ...] = EVERY
    births: tuple[str, ...] = ANY
    more: tuple[tuple[str, Any], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.owed} {self.floor} after [{self.history}] {self.editions[-1]} {dict(self.more) or ''}"


DOUBTED = (("doubts", [{"line": "JE", "kind": "conflict"}]),)
LIVE = (("avoid", ["live"]),)
WAITS = [
    Waits("HepB", "HepB 2", "28d after 1", "HepB 13m"),
    Waits("HepB", "HepB 3", "60d after 2", "HepB 0d, HepB 13m"),
    Waits("HepB", "HepB 3", "4m after 1", "HepB 13m, HepB 14m"),
    Waits("HepB", "HepB 3", "60d after 3", "HepB 0d, HepB 13m, HepB 13m+20d"),
    Waits("Polio", "IPV 2", "28d after 1", "IPV 13m"),
    Waits("Polio", "IPV 2", "28d after 2", "IPV 13m, IPV 13m+10d"),
    Waits("DTP", "DTaP 2", "28d after 1", "DTaP 13m"),
    Waits("DTP", "DTaP 3", "28d after 2", "DTaP 3m, DTaP 13m"),
    Waits("DTP", "DTaP 4", "6m after 3", "DTaP 3m, DTaP 4m, DTaP 20m"),
    Waits("DTP", "DT 5", "12m after 4", f"{INFANT}, DTaP 6y", OLD, BEFORE_2025),
    Waits("DTP", "DT 4", "6m after 3", "DTaP 3m, DTaP 4m, DTaP 6y", OLD, BEFORE_2025),
    Waits("DTP", "DT 3", "6m after 2", "DTaP 3m, DTaP 6y", OLD, BEFORE_2025),
    Waits("DTP", "DT 2", "1m after 1", "DTaP 6y", OLD, BEFORE_2025),
    Waits("DTP", "DTaP 4", "6m after 3", "DTaP 3m, DTaP 4m, DTaP 6y", FIVE),
    Waits("DTP", "DT 2", "1m after 1", "DT 6y", FIVE),
    Waits("DTP", "DT 3", "6m after 2", "DTaP 3m, DT 6y", FIVE),
    Waits("DTP", "DT 2", "1m after 1", "DTaP 7y", FIVE),
    Waits("DTP", "DT 3", "6m after 2", "DTaP 3m, DTaP 7y", FIVE),
    Waits("MMR", "MMR 2", "28d after 1", "MMR 20m"),
    Waits("MMR", "MMR 1", "28d after 1", "MR 20m"),
    Waits("MMR", "MMR 2", "28d after 1", "MV 20m", births=OLDER_MMR),
    Waits("JE", "JE-L 2", "12m after 1", "JE-L 30m"),
    Waits("JE", "JE-I 2", "7d after 1", "JE-I 30m"),
    Waits("JE", "JE-I 3", "1m after 2", "JE-I 30m, JE-I 31m"),
    Waits("JE", "JE-I 4", "3y after 3", "JE-I 30m, JE-I 31m, JE-I 7y"),
    Waits("JE", "JE-L 3", "1m after 3", "JE-I 8m, JE-I 25m, JE-L 25m+10d"),
    Waits("JE", "JE-L 3", "12m after 2", "JE-I 8m, JE-L 30m"),
    Waits("JE", "JE-L 1", "28d after 1", "JE-L 30m", more=DOUBTED),
    Waits("JE", "JE-I 1", "28d after 1", "JE-I 30m", more=DOUBTED),
    Waits("JE", "JE-I 2", "12m after 1", "JE-L 30m", more=LIVE),
    Waits("Men", "MPSV-A 2", "3m after 1", "MPSV-A 12m"),
    Waits("Men", "MPSV-A 2", "3m after 1", "MPCV-AC 9m"),
    Waits("Men", "MPSV-A 2", "3m after 2", "MPSV-A 9m, MPSV-A 11m"),
    Waits("Men", "MPSV-AC 3", "3m after 1", "MPSV-A 30m"),
    Waits("Men", "MPSV-A 1", "28d after 1", "MPSV-AC 12m"),
    Waits("Men", "MPSV-AC 4", "3y after 1", "MPSV-AC 7y"),
    Waits("Men", "MPSV-AC 4", "3y after 2", "MPSV-AC 5y, MPSV-AC 7y"),
    Waits("HepA", "HepA-I 2", "6m after 1", "HepA-I 30m"),
    Waits("HepA", "HepA-I 2", "6m after 2", "HepA-I 30m, HepA-I 33m"),
    Waits("HepA", "HepA-L 1", "28d after 1", "Var 30m"),
    Waits("MMR", "MMR 1", "28d after 1", "other-live 30m"),
    Waits("JE", "JE-L 1", "28d after 1", "BCG 30m"),
    Waits("BCG", "BCG 1", "28d after 1", "JE-L 30m"),
]


@pytest.mark.parametrize("row", WAITS, ids=lambda row: row.name)
def test_an_owed_dose_waits_for_its_interval(row: Waits) -> None:
    for born, edition in ((born, edition) for born in row.births for edition in row.editions):
        given = doses(born, row.history)
        first = floor_day(row.floor, born, given)
        for as_of, state in ((given[-1]["date"], "waiting"), (day(first, "-1d"), "waiting"), (first, None)):
            line = judged(born, as_of, given, edition, **dict(row.more))["lines"][row.line]
            owed = {f"{owed['product']} {owed['dose']}": owed for owed in line["owed"]}
            assert row.owed in owed, (born, edition, as_of, line)
            assert owed[row.owed]["earliest"] == first, (born, edition, as_of, line)
            if state:
                assert owed[row.owed]["state"] == state
            else:
                assert owed[row.owed]["state"] != "waiting"
