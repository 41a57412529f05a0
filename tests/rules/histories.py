"""Children with histories that crowd the boundaries of the law, drawn by Hypothesis."""

from typing import Any

from hypothesis import strategies as st

from rules import national
from tests.rules.calendar import day

FIRST_DAY = "2021-03-01"

_BIRTHS = (
    "2008-09-10", "2013-02-28", "2015-12-31", "2016-02-29", "2017-12-31", "2018-01-02", "2018-10-31", "2019-09-30",
    "2019-10-01", "2020-02-29", "2020-08-31", "2021-01-31", "2022-06-15", "2023-03-10", "2024-02-29", "2024-10-31",
    "2025-01-31", "2026-01-01",
)  # fmt: skip
_AGES = (
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 18, 20, 23, 24, 30, 36, 48, 60,
    66, 71, 72, 73, 78, 83, 84, 96, 143, 144, 215, 216,
)  # fmt: skip
_NUDGES = (0, 0, 0, -1, 1, 6, 7, 27, 28, 29, 59, 60)
#: Every product that feeds a line, and some of them more often, for series to come about.
_PRODUCTS = (
    *(code for code, product in sorted(national().products.items()) if product.feeds),
    *("DTaP", "DTaP", "DT", "IPV", "bOPV", "HepB", "HepB", "MMR", "JE-L", "JE-I"),
    *("MPSV-A", "MPSV-AC", "HepA-I", "Var", "other-live", "IIV"),
)
_LINES = tuple(line.code for line in national().lines)

Child = dict[str, Any]


@st.composite
def children(draw: st.DrawFn, most_doses: int = 14) -> Child:
    """The contract's input. No two dated doses are alike in product and day, so that no order is left to chance."""
    born = draw(st.sampled_from(_BIRTHS))
    as_of = max(born, FIRST_DAY, day(born, f"{draw(st.sampled_from(_AGES))}m", f"{draw(st.sampled_from(_NUDGES))}d"))
    drawn = draw(st.lists(_doses(born), max_size=most_doses, unique_by=lambda dose: (dose["product"], dose["date"])))
    child: Child = {"id": "t", "birth_date": born, "as_of": as_of, "doses": drawn}
    child["hbsag_exposed_under_2000g"] = draw(st.sampled_from((False, False, False, True)))
    child["avoid"] = draw(st.sampled_from(((), (), (), ("live",))))
    child["exempt"] = draw(st.sampled_from(((), (), (), ("JE",), ("MMR", "Polio"))))
    child["avoid"], child["exempt"] = list(child["avoid"]), list(child["exempt"])
    if drawn:
        child["doubts"] = draw(st.lists(_doubts(len(drawn)), max_size=2))
    return child


@st.composite
def _doses(draw: st.DrawFn, born: str) -> dict[str, Any]:
    product = draw(st.sampled_from(_PRODUCTS))
    if draw(st.integers(0, 30)) == 0:
        source = draw(st.sampled_from(("booklet", "guardian")))
        return {"product": product, "date": None, "source": source}
    age = draw(st.sampled_from(_AGES))
    return {"product": product, "date": day(born, f"{age}m", f"{draw(st.sampled_from(_NUDGES))}d")}


def _doubts(doses: int) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"line": st.sampled_from(_LINES), "dose": st.integers(0, doses - 1), "kind": st.just("conflict")}
    )
