"""The second implementation against the worked examples, and the edges it decides."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

import judgement  # noqa: E402


def run(born, as_of, *doses, edition=None, **more):
    """Doses as "product date" strings; "product -" is undated, a dict is taken as it is."""
    entries = []
    for dose in doses:
        if isinstance(dose, str):
            product, day = dose.rsplit(" ", 1)
            dose = {"product": product, "date": None if day == "-" else day}
        entries.append(dose)
    child = {"id": "t", "birth_date": born, "as_of": as_of, "doses": entries, **more}
    return judgement.judge(child, edition)


def line(answer, name):
    return answer["lines"][name]


def owed(answer, name):
    return [(o["product"], o["dose"], o["earliest"], o["state"]) for o in line(answer, name)["owed"]]


def status(answer, name):
    return line(answer, name)["status"]


def reasons(answer, index, name):
    return answer["doses"][index]["reasons"].get(name, [])


def counts(answer, name):
    return [d["counts_for"].get(name) for d in answer["doses"]]


DTAP3 = ("DTaP 2019-06-01", "DTaP 2019-07-01", "DTaP 2019-08-01")

# ---------------------------------------------------------------- days


def test_days():
    assert judgement.months_after(date(2020, 2, 29), 12) == date(2021, 3, 1)
    assert judgement.months_after(date(2021, 8, 31), 6) == date(2022, 3, 1)
    assert judgement.months_after(date(2021, 12, 31), 2) == date(2022, 3, 1)
    assert judgement.months_after(date(2021, 10, 31), 1) == date(2021, 12, 1)
    assert judgement.readable_date("2021-2-03") is None
    assert judgement.readable_date("20210203") is None
    assert judgement.readable_date("2021-02-30") is None
    assert judgement.readable_date("2021-02-03") == date(2021, 2, 3)


# ---------------------------------------------------------------- worked examples


def test_example_1():
    given = ("IPV 2018-07-01", "bOPV 2018-08-01", "bOPV 2018-09-01", "bOPV 2022-05-10")
    now = run("2018-05-01", "2026-09-10", *given)
    assert now["edition"] == "nip-2026"
    assert owed(now, "Polio") == [("IPV", 5, "2022-06-07", "overdue")]
    before = run("2018-05-01", "2025-09-10", *given)
    assert before["edition"] == "dtap-2025"
    assert status(before, "Polio") == "complete"


def test_example_2():
    answer = run(
        "2020-01-01",
        "2026-09-10",
        "DTaP-IPV/Hib 2020-03-01",
        "DTaP-IPV/Hib 2020-04-01",
        "DTaP-IPV/Hib 2020-05-01",
        "DTaP-IPV/Hib 2021-07-01",
    )
    assert status(answer, "Polio") == "complete"
    assert owed(answer, "DTP") == [("DTaP", 5, "2026-01-01", "due")]


def test_example_3():
    answer = run(
        "2018-06-01",
        "2025-02-01",
        "DTaP 2018-09-01",
        "DTaP 2018-10-01",
        "DTaP 2018-11-01",
        "DTaP 2019-12-01",
    )
    assert owed(answer, "DTP") == [("DTaP", 5, "2024-06-01", "due")]


def test_example_4():
    answer = run(
        "2018-06-01",
        "2026-09-10",
        "DTaP 2018-09-01",
        "DTaP 2018-10-01",
        "DTaP 2018-11-01",
        "DTaP 2019-12-01",
        "DT 2024-07-01",
    )
    assert status(answer, "DTP") == "complete"


def test_example_5():
    answer = run(
        "2019-01-10",
        "2025-04-01",
        "DTaP 2019-04-10",
        "DTaP 2019-05-10",
        "DTaP 2019-06-10",
        "DTaP 2025-03-01",
    )
    assert counts(answer, "DTP") == [1, 2, 3, 4]
    assert status(answer, "DTP") == "complete"


def test_example_6():
    answer = run("2019-03-01", "2026-09-10", *DTAP3, "DTaP 2020-09-01")
    assert owed(answer, "DTP") == [("DT", 5, "2026-03-01", "overdue")]


def test_example_7():
    answer = run("2019-03-01", "2026-09-10")
    assert owed(answer, "DTP") == [
        ("DT", 1, "2026-03-01", "overdue"),
        ("DT", 2, "2026-10-10", "waiting"),
        ("DT", 3, "2027-04-10", "waiting"),
    ]


def test_example_8():
    answer = run("2014-10-01", "2026-11-15", "DTaP 2015-01-01", "DTaP 2015-02-01", "DTaP 2015-03-01")
    assert status(answer, "DTP") == "closed"


def test_example_9():
    answer = run("2018-06-01", "2026-09-10", "MR 2019-02-05", "MMR 2019-12-05")
    assert status(answer, "MMR") == "complete"


def test_example_10():
    answer = run("2019-10-01", "2026-09-10", "MR 2020-06-10", "MMR 2021-04-10")
    assert reasons(answer, 0, "MMR") == ["wrong_product"]
    assert status(answer, "MMR") == "owed"
    assert owed(answer, "MMR") == [("MMR", 2, "2021-05-08", "overdue")]


def test_example_11():
    answer = run("2024-06-01", "2026-07-05")
    assert owed(answer, "Men") == [("MPSV-AC", 3, "2026-06-01", "due")]


def test_example_12():
    answer = run(
        "2020-03-01",
        "2026-09-10",
        "MPSV-A 2020-09-01",
        "MPSV-A 2020-12-01",
        "MPSV-AC 2023-05-01",
        "MPSV-AC 2026-03-10",
    )
    assert reasons(answer, 3, "Men") == ["too_soon"]
    assert status(answer, "Men") == "review"
    assert owed(answer, "Men") == [("MPSV-AC", 4, "2029-03-10", "waiting")]


def test_example_13():
    answer = run("2022-01-01", "2025-09-01", "JE-L 2022-09-01", "JE-L 2023-08-01")
    assert reasons(answer, 1, "JE") == ["too_young", "too_soon"]
    assert status(answer, "JE") == "review"
    assert owed(answer, "JE") == [("JE-L", 2, "2024-08-01", "overdue")]


def test_example_14():
    answer = run("2023-01-01", "2026-09-01", "HepB 2023-01-01", "HepB 2023-02-01", "HepB 2023-03-20")
    assert reasons(answer, 2, "HepB") == ["too_young", "too_soon"]
    assert status(answer, "HepB") == "review"
    assert owed(answer, "HepB") == [("HepB", 3, "2023-07-01", "overdue")]


def test_example_15():
    assert status(run("2022-01-01", "2026-11-15"), "BCG") == "closed"


def test_example_16():
    answer = run("2022-01-01", "2025-09-01", "HepA-I 2023-07-10", "HepA-L 2024-02-01")
    assert status(answer, "HepA") == "complete"


def test_example_17():
    answer = run("2024-01-01", "2024-10-10", "MMR 2024-09-01", "JE-L 2024-09-28")
    assert answer["edition"] == "nip-2021"
    assert [d["warnings"] for d in answer["doses"]] == [[], ["live_interval"]]
    assert counts(answer, "MMR") == [1, None]
    assert counts(answer, "JE") == [None, 1]


# ---------------------------------------------------------------- dates and duplicates


def test_unusable_dates_are_reported_for_every_line():
    answer = run(
        "2024-01-01",
        "2026-09-01",
        "DTaP-IPV-HepB/Hib -",
        "HepAB 2023-12-31",
        "MMR 2026-09-02",
        "Var -",
    )
    assert answer["doses"][0]["reasons"] == {
        "DTP": ["undated"],
        "Polio": ["undated"],
        "HepB": ["undated"],
    }
    assert answer["doses"][1]["reasons"] == {"HepA": ["before_birth"], "HepB": ["before_birth"]}
    assert answer["doses"][2]["reasons"] == {"MMR": ["in_future"]}
    assert answer["doses"][3]["reasons"] == {}
    assert status(answer, "DTP") == "review"
    assert status(answer, "HepA") == "owed"


def test_guardian_memory_is_no_review():
    answer = run("2024-01-01", "2026-09-01", {"product": "MMR", "date": "2024", "source": "guardian"})
    assert reasons(answer, 0, "MMR") == ["undated"]
    assert status(answer, "MMR") == "owed"


def test_duplicate_winner_is_chosen_before_doubts():
    answer = run(
        "2024-01-01",
        "2026-09-01",
        "IPV 2024-03-01",
        "DTaP-IPV/Hib 2024-03-01",
        doubts=[{"line": "Polio", "dose": 1, "kind": "conflict"}],
    )
    assert reasons(answer, 0, "Polio") == ["duplicate"]
    assert reasons(answer, 1, "Polio") == ["doubted"]
    assert counts(answer, "DTP") == [None, 1]
    assert status(answer, "Polio") == "review"


def test_same_day_components_of_the_older_cohort():
    answer = run(
        "2018-06-01",
        "2026-09-10",
        "MV 2019-12-05",
        "Mu 2019-12-05",
        "MR 2019-02-05",
        "MV 2019-02-05",
    )
    assert counts(answer, "MMR") == [2, 2, 1, None]
    assert reasons(answer, 3, "MMR") == ["duplicate"]
    assert status(answer, "MMR") == "complete"


# ---------------------------------------------------------------- lines


def test_bcg():
    assert owed(run("2026-07-01", "2026-09-10"), "BCG") == [("BCG", 1, "2026-07-01", "due")]
    late = run("2026-06-10", "2026-09-10")
    assert line(late, "BCG")["owed"][0]["condition"] == "ppd_negative"
    assert owed(late, "BCG") == [("BCG", 1, "2026-06-10", "overdue")]
    assert status(run("2022-09-11", "2026-09-10"), "BCG") == "owed"
    assert status(run("2022-09-10", "2026-09-10"), "BCG") == "closed"
    live = run("2025-09-10", "2026-09-10", "MMR 2026-09-01")
    assert owed(live, "BCG") == [("BCG", 1, "2026-09-29", "waiting")]


def test_hepb_exposed():
    answer = run(
        "2026-01-01",
        "2026-09-01",
        "HepB 2026-01-01",
        "HepB 2026-02-01",
        "HepB 2026-03-01",
        hbsag_exposed_under_2000g=True,
    )
    assert counts(answer, "HepB") == [None, 1, 2]
    assert reasons(answer, 0, "HepB") == []
    assert owed(answer, "HepB") == [("HepB", 3, "2026-08-01", "due")]
    none = run("2026-08-15", "2026-09-01", hbsag_exposed_under_2000g=True)
    assert status(none, "HepB") == "up_to_date"
    assert line(none, "HepB")["next"] == {"product": "HepB", "dose": 1, "from": "2026-09-15"}


def test_hepb_first_dose_is_overdue_after_a_day():
    assert owed(run("2026-09-10", "2026-09-10"), "HepB")[0][3] == "due"
    assert owed(run("2026-09-09", "2026-09-10"), "HepB")[0][3] == "overdue"


def test_polio_editions():
    given = ("bOPV 2018-07-01", "bOPV 2018-08-01", "bOPV 2018-09-01")
    now = run("2018-05-01", "2026-09-10", *given)
    assert owed(now, "Polio") == [
        ("IPV", 4, "2018-09-29", "overdue"),
        ("IPV", 5, "2026-10-08", "waiting"),
    ]
    before = run("2018-05-01", "2025-09-10", *given)
    assert owed(before, "Polio") == [("IPV", 4, "2018-09-29", "overdue")]
    topv = run("2014-05-01", "2025-09-10", "OPV 2014-07-01")
    assert [o[0] for o in owed(topv, "Polio")] == ["bOPV"] * 3
    avoid = run("2020-05-01", "2026-09-10", *[f"IPV 2020-{m}-01" for m in ("07", "08", "09")], avoid=["live"])
    assert owed(avoid, "Polio") == [("IPV", 4, "2024-05-01", "overdue")]


def test_topv_after_withdrawal():
    answer = run("2018-05-01", "2025-09-10", "tOPV 2018-07-01")
    assert answer["doses"][0]["warnings"] == ["product_withdrawn"]
    assert [o[0] for o in owed(answer, "Polio")] == ["IPV", "bOPV", "bOPV"]


def test_dtp_between_six_and_seven():
    born = "2020-01-01"
    infancy = ("DTaP 2020-04-01", "DTaP 2020-05-01")
    # Two doses in infancy and one at 6: the fourth fits.
    fits = run(born, "2026-06-20", *infancy, "DTaP 2026-02-01")
    assert owed(fits, "DTP") == [("DTaP", 4, "2026-08-01", "waiting")]
    # Given too late in the year for a fourth: complete with three at six.
    late = run(born, "2026-09-20", *infancy, "DTaP 2026-09-01")
    assert status(late, "DTP") == "complete"
    # Two only: nothing fits after the second, the DT is announced.
    two = run(born, "2026-12-20", "DTaP 2020-04-01", "DTaP 2026-12-10")
    assert status(two, "DTP") == "up_to_date"
    assert line(two, "DTP")["next"] == {"product": "DT", "dose": 3, "from": "2027-06-10"}
    # Four, the fifth refused as too soon: not owed before 7, the DT is announced.
    refused = run(born, "2026-09-20", *infancy, "DTaP 2020-06-01", "DTaP 2025-12-01", "DTaP 2026-07-01")
    assert reasons(refused, 4, "DTP") == ["too_soon"]
    assert line(refused, "DTP") == {
        "status": "up_to_date",
        "owed": [],
        "next": {"product": "DT", "dose": 5, "from": "2027-07-01"},
    }


def test_dtp_dt_under_seven():
    answer = run("2020-01-01", "2026-06-20", "DT 2026-02-01")
    assert owed(answer, "DTP") == [
        ("DT", 2, "2026-03-01", "overdue"),
        ("DT", 3, "2026-12-20", "waiting"),
    ]
    early = run("2020-01-01", "2025-12-20", *DTAP3, "DT 2025-12-01")
    assert reasons(early, 3, "DTP") == ["too_young"]


def test_dtp_2021():
    four = ("DTaP 2018-04-01", "DTaP 2018-05-01", "DTaP 2018-06-01", "DTaP 2019-07-01")
    before = run("2018-01-01", "2023-12-31", *four)
    assert line(before, "DTP")["next"] == {"product": "DT", "dose": 5, "from": "2024-01-01"}
    assert owed(run("2018-01-01", "2024-06-01", *four), "DTP") == [("DT", 5, "2024-01-01", "due")]
    assert owed(run("2018-01-01", "2025-06-01", *four), "DTP") == [("DT", 5, "2024-01-01", "overdue")]
    at_six = run("2018-01-01", "2024-06-01", *four[:3], "DTaP 2024-01-05")
    assert owed(at_six, "DTP") == [("DT", 5, "2025-01-05", "waiting")]


def test_dtp_fifth_before_six_is_extra_but_measured():
    answer = run("2020-01-01", "2026-06-20", *DTAP3_2020, "DTaP 2021-07-01", "DTaP 2025-12-01")
    assert counts(answer, "DTP")[-1] is None
    assert reasons(answer, 4, "DTP") == []
    assert owed(answer, "DTP") == [("DTaP", 5, "2026-12-01", "waiting")]


DTAP3_2020 = ("DTaP 2020-04-01", "DTaP 2020-05-01", "DTaP 2020-06-01")


def test_mmr():
    early = run("2025-01-01", "2026-09-10", "MMR 2025-07-15")
    assert reasons(early, 0, "MMR") == ["too_young"]
    assert status(early, "MMR") == "owed"  # R15
    second = run("2025-01-01", "2026-09-10", "MMR 2025-09-01", "MMR 2025-12-01")
    assert reasons(second, 1, "MMR") == ["too_young"]
    assert status(second, "MMR") == "review"
    avoid = run("2025-01-01", "2026-09-10", "MMR 2025-09-01", avoid=["live"])
    assert line(avoid, "MMR") == {"status": "exempt", "owed": [], "next": None}


def test_je_mixed():
    base = ("JE-I 2020-10-01", "JE-I 2020-10-08")
    answer = run("2020-01-01", "2026-09-10", *base, "JE-I 2022-02-01")
    assert owed(answer, "JE") == [("JE-I", 4, "2026-01-01", "due")]
    assert status(run("2020-01-01", "2026-09-10", *base, "JE-L 2022-02-01"), "JE") == "complete"
    one = run("2020-01-01", "2026-09-10", "JE-I 2020-10-01", "JE-L 2020-10-03")
    assert counts(one, "JE") == [1, 2]
    assert owed(one, "JE") == [("JE-L", 3, "2022-01-01", "overdue")]
    avoid = run("2020-01-01", "2026-09-10", "JE-L 2020-10-01", avoid=["live"])
    assert owed(avoid, "JE") == [
        ("JE-I", 2, "2022-01-01", "overdue"),
        ("JE-I", 3, "2029-09-10", "waiting"),
    ]
    only = run("2025-12-01", "2026-09-10", "JE-I 2026-07-15")
    assert reasons(only, 0, "JE") == ["too_young"]
    assert owed(only, "JE") == [("JE-I", 1, "2026-08-12", "due"), ("JE-I", 2, "2026-09-17", "waiting")]


def test_men_before_24_months():
    none = run("2025-01-01", "2026-09-10")
    assert owed(none, "Men") == [
        ("MPSV-A", 1, "2025-07-01", "overdue"),
        ("MPSV-A", 2, "2026-12-10", "waiting"),
    ]
    late = run("2025-01-01", "2026-11-10")
    assert [o[1] for o in owed(late, "Men")] == [1]  # a second would be at 24月 or later
    one = run("2025-01-01", "2026-11-10", "MPSV-A 2026-11-01")
    assert line(one, "Men") == {
        "status": "up_to_date",
        "owed": [],
        "next": {"product": "MPSV-AC", "dose": 3, "from": "2027-02-01"},
    }


def test_men_conjugates():
    three = run("2025-01-01", "2026-09-10", "MPCV-AC 2025-04-01", "MPCV-AC 2025-05-01", "MPCV-AC 2025-06-01")
    assert counts(three, "Men") == [1, 2, 3]
    assert line(three, "Men")["next"] == {"product": "MPSV-AC", "dose": 3, "from": "2028-01-01"}
    two = run("2025-01-01", "2026-09-10", "MPCV-AC 2025-04-01", "MPCV-AC 2025-05-01")
    assert owed(two, "Men") == [("MPSV-A", 2, "2025-10-01", "due")]
    once = run("2025-01-01", "2026-09-10", "MPCV-ACYW 2026-01-01")
    assert line(once, "Men")["next"]["from"] == "2028-01-01"


def test_men_a_plus_c():
    answer = run("2022-01-01", "2026-09-10", "MPSV-A 2022-07-01", "MPSV-A 2023-11-01", "MPSV-AC 2024-06-01")
    assert counts(answer, "Men") == [1, 2, 3]
    assert answer["doses"][2]["warnings"] == ["short_interval"]
    old = run("2022-01-01", "2026-09-10", "MPSV-A 2026-08-01")
    assert reasons(old, 0, "Men") == ["too_old"]
    assert status(old, "Men") == "owed"
    assert owed(old, "Men") == [("MPSV-AC", 3, "2026-11-01", "waiting")]
    young = run("2022-01-01", "2026-09-10", "MPSV-AC 2023-06-01")
    assert reasons(young, 0, "Men") == ["too_young"]
    assert status(young, "Men") == "review"
    assert owed(young, "Men") == [("MPSV-AC", 3, "2026-06-01", "overdue")]


def test_hepa():
    assert owed(run("2025-01-01", "2026-09-10"), "HepA") == [("HepA-L", 1, "2026-07-01", "due")]
    one = run("2024-01-01", "2026-09-10", "HepA-I 2025-02-01", "HepA-L 2025-07-31")
    assert reasons(one, 1, "HepA") == ["too_soon"]
    assert owed(one, "HepA") == [("HepA-I", 2, "2026-01-31", "due")]
    avoid = run("2025-01-01", "2027-02-01", avoid=["live"])
    assert owed(avoid, "HepA") == [
        ("HepA-I", 1, "2026-07-01", "overdue"),
        ("HepA-I", 2, "2027-08-01", "waiting"),
    ]


# ---------------------------------------------------------------- verdict and result


FULL = (
    "BCG 2024-01-01",
    "HepB 2024-01-01",
    "HepB 2024-02-01",
    "HepB 2024-07-01",
    "IPV 2024-03-01",
    "IPV 2024-04-01",
    "bOPV 2024-05-01",
    "DTaP 2024-04-01",
    "DTaP 2024-05-01",
    "DTaP 2024-06-01",
    "DTaP 2025-07-01",
    "MMR 2024-09-01",
    "MMR 2025-07-01",
    "JE-L 2024-09-01",
    "JE-L 2026-01-01",
    "MPSV-A 2024-07-01",
    "MPSV-A 2024-10-01",
    "HepA-L 2025-07-01",
)


def test_verdict_and_result():
    answer = run("2024-01-01", "2026-09-10", *FULL)
    assert (answer["verdict"], answer["result"]) == ("complete", "complete")
    assert line(answer, "Polio")["next"] == {"product": "bOPV", "dose": 4, "from": "2028-01-01"}
    for certificate in ("absent", "being_replaced"):
        assert run("2024-01-01", "2026-09-10", *FULL, certificate=certificate)["result"] == "no_certificate"
    differs = run("2024-01-01", "2026-09-10", *FULL, clinic_assessment={"result": "catch_up"})
    assert (differs["verdict"], differs["result"]) == ("complete", "review")
    without = [d for d in FULL if not d.startswith("HepA")]
    waived = run("2024-01-01", "2026-09-10", *without, exempt=["HepA"], clinic_assessment={"result": "complete"})
    assert (waived["verdict"], waived["result"]) == ("waived", "waived")
    owes = run("2024-01-01", "2026-09-10", *without, clinic_assessment={"result": "none"})
    assert owes["result"] == "catch_up"


def test_everything_closes_at_eighteen():
    answer = run("2008-09-10", "2026-09-10")
    assert {found["status"] for found in answer["lines"].values()} == {"closed"}
    assert answer["verdict"] == "waived"


def test_invalid_input():
    with pytest.raises(ValueError):
        run("2020-01-01", "2021-02-28")
    assert run("2020-01-01", "2021-02-28", edition="nip-2021")["edition"] == "nip-2021"
    with pytest.raises(ValueError):
        run("2020-01-01", "2026-09-10", "Unknown 2020-02-01")


def test_command_line():
    good = json.dumps({"id": "a", "birth_date": "2024-06-01", "as_of": "2026-07-05", "doses": []})
    done = subprocess.run(
        [sys.executable, str(FOLDER / "judgement.py")],
        input=good + "\n{\n",
        capture_output=True,
        text=True,
    )
    first, second = [json.loads(text) for text in done.stdout.splitlines()]
    assert first["id"] == "a"
    assert "error" in second
    assert done.returncode == 1


def test_every_dt_is_overdue_outside_the_2021_edition():
    born, day = "2017-06-01", "2024-01-01"
    assert owed(run(born, day, edition="nip-2021"), "DTP")[0] == ("DT", 1, "2023-06-01", "due")
    assert owed(run(born, day, edition="dtap-2025"), "DTP")[0] == ("DT", 1, "2023-06-01", "overdue")


def test_wrong_product_after_two_counted_doses_is_still_wrong():
    answer = run("2020-01-01", "2026-09-10", "MMR 2020-09-01", "MMR 2021-07-01", "MR 2022-01-01")
    assert reasons(answer, 2, "MMR") == ["wrong_product"]
    assert status(answer, "MMR") == "complete"
