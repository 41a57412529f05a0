"""A dose the day before, on and after every age and every interval of its slot.

The numbers are written down here a second time, from the texts and not from the rule data, so that a slip in either
shows.
"""

from dataclasses import dataclass

import pytest

from tests.rules.calendar import day
from tests.rules.childhoods import (
    ANY,
    BEFORE_2025,
    DAYS,
    FROM_2025,
    NO_SHORT_MONTHS,
    OLDER_MMR,
    doses,
    floor_day,
    judged,
)


@dataclass(frozen=True)
class Given:
    """A dose that counts as `number` from the day of its `floor` on, and not before."""

    line: str
    number: int
    product: str
    floor: str
    history: str = ""
    births: tuple[str, ...] = ANY
    under_2000g: bool = False

    @property
    def name(self) -> str:
        return f"{self.product} {self.number} {self.floor} after [{self.history}] born {self.births[0]}"


GIVEN = [
    Given("HepB", 2, "HepB", "age 1m", "HepB 0d"),
    Given("HepB", 2, "HepB", "28d after 1", "HepB 3m"),
    Given("HepB", 3, "HepB", "age 6m", "HepB 0d, HepB 1m"),
    Given("HepB", 3, "HepB", "60d after 2", "HepB 0d, HepB 8m"),
    Given("HepB", 3, "HepB", "4m after 1", "HepB 8m, HepB 9m"),
    Given("HepB", 2, "HepAB", "28d after 1", "HepB 13m"),
    Given("HepB", 1, "HepB", "age 1m", "HepB 0d", under_2000g=True),
    Given("HepB", 2, "HepB", "age 2m", "HepB 0d, HepB 1m", under_2000g=True),
    Given("HepB", 2, "HepB", "28d after 2", "HepB 0d, HepB 4m", under_2000g=True),
    Given("HepB", 3, "HepB", "age 7m", "HepB 0d, HepB 1m, HepB 2m", under_2000g=True),
    Given("HepB", 3, "HepB", "60d after 3", "HepB 0d, HepB 1m, HepB 8m", under_2000g=True),
    Given("HepB", 3, "HepB", "4m after 2", "HepB 0d, HepB 8m, HepB 9m", under_2000g=True),
    *[
        Given("Polio", 1, product, "age 2m")
        for product in ("IPV", "bOPV", "tOPV", "OPV", "DTaP-IPV/Hib", "DTaP-IPV", "DTaP-IPV-HepB/Hib")
    ],
    Given("Polio", 2, "IPV", "28d after 1", "IPV 2m"),
    Given("Polio", 3, "bOPV", "28d after 2", "IPV 2m, IPV 4m"),
    Given("Polio", 4, "bOPV", "28d after 3", "IPV 2m, IPV 4m, bOPV 6m"),
    Given("Polio", 5, "bOPV", "28d after 4", "IPV 2m, IPV 4m, bOPV 6m, bOPV 4y"),
    *[Given("DTP", 1, product, "age 3m", "", BEFORE_2025) for product in ("DTaP", "DTwP", "DTaP-Hib")],
    Given("DTP", 2, "DTaP", "age 4m", "DTaP 3m", BEFORE_2025),
    Given("DTP", 2, "DTaP", "28d after 1", "DTaP 6m", BEFORE_2025),
    Given("DTP", 3, "DTaP", "age 5m", "DTaP-IPV 2m, DTaP 4m", BEFORE_2025),
    Given("DTP", 3, "DTaP", "28d after 2", "DTaP 3m, DTaP 6m", BEFORE_2025),
    Given("DTP", 4, "DTaP", "age 18m", "DTaP 3m, DTaP 4m, DTaP 6m", BEFORE_2025),
    Given("DTP", 4, "DTaP", "6m after 3", "DTaP 3m, DTaP 4m, DTaP 20m", BEFORE_2025),
    *[Given("DTP", 1, product, "age 2m", "", FROM_2025) for product in ("DTaP", "DTwP", "DTaP-Hib")],
    Given("DTP", 2, "DTaP", "age 4m", "DTaP 2m", FROM_2025),
    Given("DTP", 2, "DTaP", "28d after 1", "DTaP 6m", FROM_2025),
    Given("DTP", 3, "DTaP", "age 6m", "DTaP 2m, DTaP 4m", FROM_2025),
    Given("DTP", 3, "DTaP", "28d after 2", "DTaP 3m, DTaP 7m", FROM_2025),
    Given("DTP", 4, "DTaP", "age 18m", "DTaP 2m, DTaP 4m, DTaP 6m", FROM_2025),
    Given("DTP", 4, "DTaP", "6m after 3", "DTaP 2m, DTaP 4m, DTaP 20m", FROM_2025),
    *[
        Given("DTP", number, product, f"age {age}", history, births)
        for births in (BEFORE_2025, FROM_2025)
        for product in ("DTaP-IPV/Hib", "DTaP-IPV", "DTaP-IPV-HepB/Hib")
        for number, age, history in (
            (1, "2m", ""),
            (2, "3m", f"{product} 2m"),
            (3, "4m", f"{product} 2m, {product} 3m"),
            (4, "18m", f"{product} 2m, {product} 3m, {product} 4m"),
        )
    ],
    *[
        Given("DTP", number, product, floor, history, births)
        for births in (BEFORE_2025, FROM_2025)
        for product in ("DTaP-IPV/Hib", "DTaP-IPV", "DTaP-IPV-HepB/Hib")
        for number, floor, history in (
            (2, "28d after 1", "DTaP-IPV 7m"),
            (3, "28d after 2", "DTaP-IPV 2m, DTaP-IPV 7m"),
            (4, "6m after 3", "DTaP-IPV 2m, DTaP-IPV 3m, DTaP-IPV 20m"),
            (5, "12m after 4", "DTaP-IPV 2m, DTaP-IPV 3m, DTaP-IPV 4m, DTaP-IPV 66m"),
        )
    ],
    Given("DTP", 5, "DTaP", "12m after 4", "DTaP 3m, DTaP 4m, DTaP 6m, DTaP 66m"),
    Given("DTP", 2, "DTaP", "28d after 1", "DTaP 6y"),
    Given("DTP", 3, "DTaP", "28d after 2", "DTaP 6y, DTaP 74m"),
    Given("DTP", 4, "DTaP", "6m after 3", "DTaP 3m, DTaP 4m, DTaP 6y"),
    Given("DTP", 1, "DT", "age 6y"),
    Given("DTP", 5, "DT", "age 6y", "DTaP 3m, DTaP 4m, DTaP 6m, DTaP 18m"),
    Given("DTP", 2, "DT", "28d after 1", "DT 6y"),
    Given("DTP", 5, "DT", "28d after 4", "DTaP 3m, DTaP 4m, DTaP 6m, DTaP 6y"),
    Given("DTP", 4, "DTaP", "6m after 3", "DTaP 3m, DTaP 4m, DT 6y"),
    *[Given("MMR", 1, product, "age 8m") for product in ("MMR", "MMRV")],
    Given("MMR", 2, "MMR", "age 18m", "MMR 8m"),
    Given("MMR", 2, "MMR", "28d after 1", "MMR 18m"),
    *[
        Given("MMR", 1, product, "age 8m", "", OLDER_MMR)
        for product in ("MMR", "MMRV", "MR", "MM", "MV", "RV-rubella", "Mu")
    ],
    Given("MMR", 2, "MMR", "28d after 1", "MV 8m", OLDER_MMR),
    Given("MMR", 3, "Mu", "28d after 2", "MV 8m, MR 10m", OLDER_MMR),
    *[Given("JE", 1, product, "age 8m") for product in ("JE-L", "JE-I")],
    Given("JE", 2, "JE-L", "age 2y", "JE-L 8m"),
    Given("JE", 2, "JE-L", "12m after 1", "JE-L 20m"),
    Given("JE", 2, "JE-I", "7d after 1", "JE-I 8m"),
    Given("JE", 3, "JE-I", "age 2y", "JE-I 8m, JE-I 9m"),
    Given("JE", 3, "JE-I", "1m after 2", "JE-I 2y, JE-I 25m"),
    Given("JE", 4, "JE-I", "age 6y", "JE-I 8m, JE-I 9m, JE-I 2y"),
    Given("JE", 4, "JE-I", "3y after 3", "JE-I 8m, JE-I 9m, JE-I 4y"),
    Given("JE", 2, "JE-I", "age 2y", "JE-L 8m"),
    Given("JE", 2, "JE-I", "1m after 1", "JE-L 2y"),
    Given("JE", 3, "JE-L", "age 2y", "JE-I 8m, JE-I 9m"),
    Given("JE", 3, "JE-L", "1m after 2", "JE-I 2y, JE-I 25m"),
    Given("JE", 3, "JE-L", "age 2y", "JE-I 8m, JE-L 9m"),
    Given("JE", 3, "JE-L", "12m after 2", "JE-I 8m, JE-L 20m"),
    Given("JE", 3, "JE-I", "1m after 2", "JE-I 2y, JE-L 25m"),
    Given("JE", 3, "JE-L", "1m after 2", "JE-L 8m, JE-I 2y"),
    Given("JE", 3, "JE-I", "age 6y", "JE-L 8m, JE-I 2y"),
    Given("JE", 3, "JE-I", "3y after 2", "JE-L 8m, JE-I 4y"),
    Given("JE", 4, "JE-L", "1m after 3", "JE-I 8m, JE-I 9m, JE-I 2y"),
    Given("Men", 1, "MPSV-A", "age 6m"),
    *[Given("Men", 1, product, "age 3m") for product in ("MPCV-AC", "MPCV-AC/Hib", "MPCV-ACYW")],
    Given("Men", 2, "MPSV-A", "3m after 1", "MPSV-A 6m"),
    Given("Men", 2, "MPCV-AC", "3m after 1", "MPSV-A 6m"),
    Given("Men", 2, "MPSV-A", "3m after 1", "MPCV-AC 6m"),
    Given("Men", 2, "MPCV-AC", "28d after 1", "MPCV-ACYW 3m"),
    Given("Men", 3, "MPCV-AC", "28d after 2", "MPCV-AC 3m, MPCV-AC 5m"),
    *[Given("Men", 3, product, "age 24m") for product in ("MPSV-AC", "MPSV-ACYW")],
    *[Given("Men", 4, product, "3y after 1", "MPSV-AC 3y") for product in ("MPSV-AC", "MPCV-AC", "MPCV-AC/Hib")],
    Given("Men", 4, "MPCV-ACYW", "3y after 1", "MPCV-ACYW 24m"),
    Given("Men", 4, "MPSV-ACYW", "3y after 3", "MPSV-A 6m, MPSV-A 10m, MPSV-AC 3y"),
    Given("HepA", 1, "HepA-L", "age 18m"),
    *[Given("HepA", 1, product, "age 12m") for product in ("HepA-I", "HepAB")],
    Given("HepA", 2, "HepA-I", "6m after 1", "HepA-I 12m"),
    Given("HepA", 2, "HepAB", "6m after 1", "HepA-I 2y"),
    Given("HepA", 2, "HepA-L", "6m after 1", "HepA-I 14m"),
    Given("HepA", 2, "HepA-L", "age 18m", "HepA-I 12m", NO_SHORT_MONTHS),
]


@pytest.mark.parametrize("row", GIVEN, ids=lambda row: row.name)
def test_a_dose_counts_from_that_day_on(row: Given) -> None:
    for born in row.births:
        given = doses(born, row.history)
        first = floor_day(row.floor, born, given)
        for offset in DAYS:
            dose = {"product": row.product, "date": day(first, f"{offset}d")}
            as_of = max(dose["date"], "2021-03-01")
            answer = judged(born, as_of, [*given, dose], hbsag_exposed_under_2000g=row.under_2000g)
            fate = answer["doses"][-1]
            if offset >= 0:
                assert fate["counts_for"].get(row.line) == row.number, (born, dose, fate)
                assert row.line not in fate["reasons"]
            else:
                assert row.line not in fate["counts_for"], (born, dose, fate)
                assert ("too_young" if row.floor.startswith("age") else "too_soon") in fate["reasons"][row.line]
