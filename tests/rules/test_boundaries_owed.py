"""The day before, on and after every age from which a dose is owed or overdue.

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
    NO_SHORT_MONTHS,
    OLD,
    OLDER_MMR,
    doses,
    judged,
)


@dataclass(frozen=True)
class Owed:
    """A dose that is owed from the age `at` on, and overdue from `late` on (empty: always; None: never or later)."""

    line: str
    owed: str
    at: str
    late: str | None
    history: str = ""
    editions: tuple[str, ...] = EVERY
    births: tuple[str, ...] = ANY
    more: str = ""

    @property
    def name(self) -> str:
        return f"{self.owed} at {self.at}, late {self.late} after [{self.history}] {self.more}{self.editions[-1]}"

    def extras(self) -> dict[str, Any]:
        return {"": {}, "live ": {"avoid": ["live"]}, "2000g ": {"hbsag_exposed_under_2000g": True}}[self.more]


OWED = [
    Owed("BCG", "BCG 1", "0d", "3m"),
    Owed("HepB", "HepB 1", "0d", "1d"),
    Owed("HepB", "HepB 2", "1m", "12m", "HepB 0d"),
    Owed("HepB", "HepB 3", "6m", "12m", "HepB 0d, HepB 1m"),
    Owed("HepB", "HepB 1", "1m", "12m", "", more="2000g "),
    Owed("HepB", "HepB 2", "2m", "12m", "HepB 0d, HepB 1m", more="2000g "),
    Owed("HepB", "HepB 3", "7m", "12m", "HepB 0d, HepB 1m, HepB 2m", more="2000g "),
    Owed("Polio", "IPV 1", "2m", "12m"),
    Owed("Polio", "IPV 2", "3m", "12m", "IPV 2m"),
    Owed("Polio", "bOPV 3", "4m", "12m", "IPV 2m, IPV 3m"),
    Owed("Polio", "bOPV 4", "4y", "5y", "IPV 2m, IPV 3m, bOPV 4m"),
    Owed("Polio", "IPV 3", "4m", "12m", "IPV 2m, IPV 3m", more="live "),
    Owed("Polio", "IPV 4", "4y", "5y", "IPV 2m, IPV 3m, IPV 4m", more="live "),
    Owed("Polio", "IPV 1", "2m", "12m", "", OLD, BEFORE_2025),
    Owed("Polio", "bOPV 2", "3m", "12m", "IPV 2m", OLD, BEFORE_2025),
    Owed("Polio", "bOPV 3", "4m", "12m", "IPV 2m, bOPV 3m", OLD, BEFORE_2025),
    Owed("Polio", "bOPV 4", "4y", "5y", "IPV 2m, bOPV 3m, bOPV 4m", OLD, BEFORE_2025),
    Owed("Polio", "IPV 2", "3m", "12m", "IPV 2m", NEW, BEFORE_2025),
    Owed("DTP", "DTaP 1", "2m", "12m", "", FIVE),
    Owed("DTP", "DTaP 2", "4m", "12m", "DTaP 3m", FIVE),
    Owed("DTP", "DTaP 3", "6m", "12m", "DTaP 3m, DTaP 4m", FIVE),
    Owed("DTP", "DTaP 4", "18m", "24m", INFANT, FIVE),
    Owed("DTP", "DTaP 5", "6y", None, f"{INFANT}, DTaP 18m", FIVE),
    Owed("DTP", "DT 5", "7y", "", f"{INFANT}, DTaP 18m", FIVE),
    Owed("DTP", "DT 4", "7y", "", INFANT, FIVE),
    Owed("DTP", "DT 3", "7y", "", "DTaP 3m, DTaP 4m", FIVE),
    Owed("DTP", "DT 2", "7y", "", "DTaP 3m", FIVE),
    Owed("DTP", "DT 1", "7y", "", "", FIVE),
    Owed("DTP", "DTaP 1", "3m", "12m", "", OLD, BEFORE_2025),
    Owed("DTP", "DTaP 2", "4m", "12m", "DTaP 3m", OLD, BEFORE_2025),
    Owed("DTP", "DTaP 3", "5m", "12m", "DTaP 3m, DTaP 4m", OLD, BEFORE_2025),
    Owed("DTP", "DTaP 4", "18m", "24m", INFANT, OLD, BEFORE_2025),
    Owed("DTP", "DT 5", "6y", "7y", f"{INFANT}, DTaP 18m", OLD, BEFORE_2025),
    Owed("DTP", "DT 4", "6y", "7y", INFANT, OLD, BEFORE_2025),
    Owed("DTP", "DT 3", "6y", "7y", "DTaP 3m, DTaP 4m", OLD, BEFORE_2025),
    Owed("DTP", "DT 2", "6y", "7y", "DTaP 3m", OLD, BEFORE_2025),
    Owed("DTP", "DT 1", "6y", "7y", "", OLD, BEFORE_2025),
    Owed("MMR", "MMR 1", "8m", "12m"),
    Owed("MMR", "MMR 2", "18m", "24m", "MMR 8m"),
    Owed("MMR", "MMR 1", "8m", "12m", "", births=OLDER_MMR),
    Owed("MMR", "MMR 2", "18m", "24m", "MV 8m", births=OLDER_MMR),
    Owed("JE", "JE-L 1", "8m", "12m"),
    Owed("JE", "JE-L 2", "2y", "3y", "JE-L 8m"),
    Owed("JE", "JE-I 3", "2y", "3y", "JE-I 8m, JE-I 9m"),
    Owed("JE", "JE-I 4", "6y", "7y", "JE-I 8m, JE-I 9m, JE-I 2y"),
    Owed("JE", "JE-I 3", "6y", "7y", "JE-L 8m, JE-I 2y"),
    Owed("JE", "JE-I 1", "8m", "12m", more="live "),
    Owed("JE", "JE-I 2", "2y", "3y", "JE-L 8m", more="live "),
    Owed("Men", "MPSV-A 1", "6m", "12m", "", NEW),
    Owed("Men", "MPSV-A 2", "9m", None, "MPSV-A 6m", NEW, NO_SHORT_MONTHS),
    Owed("Men", "MPSV-A 1", "6m", "18m", "", ("nip-2021", "dtap-2025")),
    Owed("Men", "MPSV-A 2", "9m", "18m", "MPSV-A 6m", ("nip-2021", "dtap-2025"), NO_SHORT_MONTHS),
    Owed("Men", "MPSV-A 2", "9m", None, "MPCV-AC 3m", NEW),
    Owed("Men", "MPSV-AC 3", "3y", "4y", "MPSV-A 6m, MPSV-A 10m"),
    Owed("Men", "MPSV-AC 3", "3y", "4y", "MPCV-AC 12m"),
    Owed("Men", "MPSV-AC 3", "24m", "4y", "MPSV-A 20m+15d"),
    Owed("Men", "MPSV-AC 4", "6y", "7y", "MPSV-A 6m, MPSV-A 10m, MPSV-AC 3y"),
    Owed("HepA", "HepA-L 1", "18m", "24m"),
    Owed("HepA", "HepA-I 2", "24m", "3y", "HepA-I 12m"),
    Owed("HepA", "HepA-I 1", "18m", "24m", more="live "),
]


@pytest.mark.parametrize("row", OWED, ids=lambda row: row.name)
def test_a_dose_is_owed_from_that_age_on(row: Owed) -> None:
    for born, edition in ((born, edition) for born in row.births for edition in row.editions):
        given, first = doses(born, row.history), day(born, row.at)
        for offset in DAYS:
            as_of = day(first, f"{offset}d")
            if as_of < born:
                continue
            line = judged(born, as_of, given, edition, **row.extras())["lines"][row.line]
            owed = [f"{owed['product']} {owed['dose']}" for owed in line["owed"]]
            assert (row.owed in owed) == (offset >= 0), (born, edition, as_of, line)
            if offset >= 0:
                assert line["owed"][owed.index(row.owed)]["earliest"] == first, (born, edition, as_of, line)
            if line["next"] and offset < 0:
                assert f"{line['next']['product']} {line['next']['dose']}" == row.owed
                assert line["next"]["from"] == first


#: Doses whose scheduled age is the day of the dose before them.
LATE = [*(row for row in OWED if row.late is not None), Owed("JE", "JE-I 2", "8m", "12m", "JE-I 8m")]


@pytest.mark.parametrize("row", LATE, ids=lambda row: row.name)
def test_a_dose_is_overdue_from_that_age_on(row: Owed) -> None:
    for born, edition in ((born, edition) for born in row.births for edition in row.editions):
        given, late = doses(born, row.history), day(born, row.late or row.at)
        for offset in DAYS:
            if offset < 0 and not row.late:
                continue
            as_of = day(late, f"{offset}d")
            line = judged(born, as_of, given, edition, **row.extras())["lines"][row.line]
            (state,) = [owed["state"] for owed in line["owed"] if f"{owed['product']} {owed['dose']}" == row.owed]
            assert state == ("overdue" if offset >= 0 else "due"), (born, edition, as_of, line)
