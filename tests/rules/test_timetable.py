"""The timetable on the wall: what the desk says of a child who gets every dose on its day."""

import pytest

from rules import assess, national
from rules.ages import add_months
from rules.timetable import due_by, timetable
from rules.vocabulary import Child, Dose, Verdict

#: The official table of 2026 by hand: line → (product, age in months) in order of doses.
OFFICIAL = {
    "BCG": [("BCG", 0)],
    "HepB": [("HepB", 0), ("HepB", 1), ("HepB", 6)],
    "Polio": [("IPV", 2), ("IPV", 3), ("bOPV", 4), ("bOPV", 48)],
    "DTP": [("DTaP", 2), ("DTaP", 4), ("DTaP", 6), ("DTaP", 18), ("DTaP", 72)],
    "MMR": [("MMR", 8), ("MMR", 18)],
    "JE": [("JE-L", 8), ("JE-L", 24)],
    "Men": [("MPSV-A", 6), ("MPSV-A", 9), ("MPSV-AC", 36), ("MPSV-AC", 72)],
    "HepA": [("HepA-L", 18)],
}


def test_the_official_table_of_2026() -> None:
    found = timetable("nip-2026")
    by_line = {line: [(one.product, one.months) for one in found if one.line == line] for line in OFFICIAL}
    assert by_line == OFFICIAL
    assert len(found) == sum(map(len, OFFICIAL.values()))


def test_the_table_of_2021_differs_where_the_law_did() -> None:
    dtp = [(one.product, one.months) for one in timetable("nip-2021") if one.line == "DTP"]
    assert dtp == [("DTaP", 3), ("DTaP", 4), ("DTaP", 5), ("DTaP", 18), ("DT", 72)]


@pytest.mark.parametrize("edition", [one.id for one in national().editions])
@pytest.mark.parametrize("months", [0, 7, 24, 36, 72, 84])
def test_a_child_who_follows_it_owes_nothing(edition: str, months: int) -> None:
    birth = national().edition(edition).in_force
    given = [Dose(one.product, add_months(birth, one.months)) for one in timetable(edition) if one.months <= months]
    child = Child(birth, add_months(birth, months), tuple(given))
    assert assess(child, national().edition(edition)).verdict is Verdict.COMPLETE


def test_counts_by_age() -> None:
    entries = timetable("nip-2026")
    assert due_by(entries, 36) == {"BCG": 1, "HepB": 3, "Polio": 3, "DTP": 4, "MMR": 2, "JE": 2, "Men": 3, "HepA": 1}
    assert due_by(entries, 72)["DTP"] == 5
    assert due_by(entries, 0)["MMR"] == 0
