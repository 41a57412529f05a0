"""Children each side of every cohort, and the day before, on and after every day on which the law changes."""

import pytest

from rules.law import UnknownEditionError
from tests.rules.calendar import day
from tests.rules.childhoods import INFANT, doses, judged


@pytest.mark.parametrize(
    ("as_of", "edition"),
    [
        ("2021-03-01", "nip-2021"),
        ("2024-12-31", "nip-2021"),
        ("2025-01-01", "dtap-2025"),
        ("2026-06-16", "dtap-2025"),
        ("2026-06-17", "nip-2026"),
        ("2199-12-31", "nip-2026"),
    ],
)
def test_the_edition_of_a_day(as_of: str, edition: str) -> None:
    assert judged("2020-03-01", as_of, [])["edition"] == edition


def test_before_the_first_edition_there_is_none() -> None:
    with pytest.raises(UnknownEditionError, match="name the edition"):
        judged("2020-03-01", "2021-02-28", [])
    assert judged("2020-03-01", "2021-02-28", [], "nip-2021")["edition"] == "nip-2021"


def cohort(line: str, born: str, as_of: str, history: str, edition: str | None = None) -> tuple[str, list[str]]:
    found = judged(born, as_of, doses(born, history), edition)["lines"][line]
    return found["status"], [f"{owed['product']} {owed['dose']}" for owed in found["owed"]]


@pytest.mark.parametrize("edition", ["nip-2021", "dtap-2025", "nip-2026"])
def test_the_cohort_of_two_whole_mmr(edition: str) -> None:
    older, newer = ("complete", []), ("owed", ["MMR 2"])
    for born, expected in (("2019-09-29", older), ("2019-09-30", older), ("2019-10-01", newer), ("2019-10-02", newer)):
        assert cohort("MMR", born, "2023-09-10", "MR 8m, MMR 18m", edition) == expected


@pytest.mark.parametrize("edition", ["nip-2021", "dtap-2025"])
def test_the_cohort_of_two_doses_of_ipv(edition: str) -> None:
    older, newer = ("up_to_date", []), ("owed", ["IPV 4"])
    for born, expected in (("2019-09-29", older), ("2019-09-30", older), ("2019-10-01", newer), ("2019-10-02", newer)):
        assert cohort("Polio", born, "2022-09-10", "IPV 2m, bOPV 3m, bOPV 4m", edition) == expected


def test_from_2026_every_child_needs_two_doses_of_type_2() -> None:
    for born in ("2008-10-01", "2015-12-31", "2019-09-30", "2019-10-01", "2023-01-01"):
        assert cohort("Polio", born, "2026-09-10", "IPV 2m, bOPV 3m, bOPV 4m")[1][0] == "IPV 4"


def test_the_cohort_of_five_dtap() -> None:
    history = f"{INFANT}, DTaP 18m, DTaP-IPV 6y"
    for born in ("2017-12-31", "2018-01-01", "2018-01-02", "2018-01-03"):
        assert cohort("DTP", born, "2025-02-01", history) == ("complete", [])
    history = f"{INFANT}, DTaP 6y"
    older, newer = ("owed", ["DT 5"]), ("complete", [])
    for born, expected in (("2017-12-31", older), ("2018-01-01", older), ("2018-01-02", newer), ("2018-01-03", newer)):
        assert cohort("DTP", born, "2025-02-01", history) == expected
        assert cohort("DTP", born, "2026-09-10", history) == newer
        assert cohort("DTP", born, "2024-12-31", history) == older


def test_the_day_from_which_dtap_is_given_at_two_months() -> None:
    for given, counts in (("2024-12-30", False), ("2024-12-31", False), ("2025-01-01", True), ("2025-01-02", True)):
        born = day(given, "-75d")
        answer = judged(born, "2025-03-01", [{"product": "DTaP", "date": given}])
        assert ("DTP" in answer["doses"][0]["counts_for"]) == counts


def test_the_day_from_which_dtap_3_needs_six_months() -> None:
    for given, counts in (("2024-12-30", True), ("2024-12-31", True), ("2025-01-01", False), ("2025-01-02", False)):
        born = day(given, "-165d")
        answer = judged(born, "2025-03-01", [*doses(born, "DTaP 3m, DTaP 4m"), {"product": "DTaP", "date": given}])
        assert ("DTP" in answer["doses"][2]["counts_for"]) == counts


@pytest.mark.parametrize("product", ["tOPV", "OPV"])
def test_the_day_from_which_live_polio_holds_no_type_2(product: str) -> None:
    for given, holds in (("2016-04-29", True), ("2016-04-30", True), ("2016-05-01", False), ("2016-05-02", False)):
        born = day(given, "-300d")
        entries = [*doses(born, "IPV 2m, bOPV 4m, bOPV 5m"), {"product": product, "date": given}]
        answer = judged(born, "2026-09-10", entries)
        assert (answer["lines"]["Polio"]["status"] == "complete") == holds
        assert answer["doses"][3]["warnings"] == (["product_withdrawn"] if product == "tOPV" and not holds else [])


@pytest.mark.parametrize(("gap", "warned"), [(0, False), (1, True), (26, True), (27, True), (28, False), (29, False)])
def test_the_interval_of_live_vaccines(gap: int, warned: bool) -> None:
    for second in ("JE-L", "HepA-L", "Var", "other-live", "BCG", "MMR"):
        later = {"product": second, "date": day("2024-02-10", f"{gap}d")}
        answer = judged("2022-03-10", "2024-09-10", [{"product": "MMR", "date": "2024-02-10"}, later])
        assert answer["doses"][1]["warnings"] == (["live_interval"] if warned else [])
        assert answer["doses"][0]["warnings"] == []
