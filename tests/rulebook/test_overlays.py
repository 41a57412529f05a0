"""What a province's overlay changes, and that it changes nothing else."""

import datetime as dt
import random
import shutil
from pathlib import Path

import pytest

from rules import national
from rules.ages import iso
from rules.assessing import assess
from rules.compiling import DATA, load
from rules.contract import InputError, read
from rules.law import Law
from rules.planning import plan
from tests.rulebook.provinces import SAMPLE, judge, owed, province
from tests.rules.casebook import all_cases
from tests.rules.comparing import judge as judge_nationally


@pytest.fixture(scope="module")
def sample() -> Law:
    return load(DATA, SAMPLE)


def test_the_sample_is_off_until_it_is_named(sample: Law) -> None:
    assert (national().name, national().overlay) == ("national", None)
    assert load(DATA).digest == national().digest
    assert sample.name == "sample-province"
    assert "Var" not in judge(national(), "2022-03-10", "2026-09-10")["lines"]


def test_an_overlay_has_a_digest_of_its_own_and_moves_with_the_law_below(sample: Law, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    (tmp_path / "other-name.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "changed.yaml").write_text(text.replace("days: 4", "days: 3"), encoding="utf-8")
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    men = folder / "lines" / "men.yaml"
    men.write_text(men.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")

    assert load(DATA, tmp_path / "other-name.yaml").digest == sample.digest
    others = {national().digest, load(DATA, tmp_path / "changed.yaml").digest, load(folder, SAMPLE).digest}
    assert len(others | {sample.digest}) == 4


def test_a_file_beside_the_law_is_no_part_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "overlays" / "another.yaml").write_text("name: another\n", encoding="utf-8")
    assert load(folder).digest == national().digest


def test_an_overlay_without_any_part_judges_as_the_nation(tmp_path: Path) -> None:
    law = province("", tmp_path)
    for case in all_cases():
        here = judge_nationally(case.child, case.edition, law) | {"rules_digest": ""}
        assert here == judge_nationally(case.child, case.edition) | {"rules_digest": ""}, case.name


def test_an_unvaccinated_child_is_asked_for_the_inactivated_vaccine(sample: Law) -> None:
    answer = judge(sample, "2023-03-10", "2026-09-10")
    assert owed(answer, "JE") == [
        ("JE-I", 1, "2023-11-10"),
        ("JE-I", 2, "2026-09-17"),
        ("JE-I", 3, "2026-10-17"),
    ]
    assert answer["lines"]["JE"]["owed"][0]["because"] == ["sample-2025 第二条"]
    assert owed(judge(sample, "2023-03-10", "2026-09-10", "JE-L 2023-11-10"), "JE") == [("JE-L", 2, "2025-03-10")]


@pytest.mark.parametrize(("born", "doses"), [("2019-12-31", 1), ("2020-01-01", 2)])
def test_the_cohort_of_two_ipv_begins_on_another_day(sample: Law, born: str, doses: int) -> None:
    given = ("bOPV 2021-03-01", "bOPV 2021-04-01")
    asked = [one for one in owed(judge(sample, born, "2025-09-01", *given), "Polio") if one[0] == "IPV"]
    nationally = [one for one in owed(judge(national(), born, "2025-09-01", *given), "Polio") if one[0] == "IPV"]
    assert (len(asked), len(nationally)) == (doses, 2)


FOUR = ("DTaP 2019-06-10", "DTaP 2019-07-10", "DTaP 2019-08-10", "DTaP 2020-09-10")
GRACE = [
    ("HepB", "2022-03-10", ("HepB 2022-03-10",), "HepB", "2022-04-10"),
    ("HepB", "2022-03-10", ("HepB 2022-03-10", "HepB 2022-08-01"), "HepB", "2022-09-30"),
    ("Polio", "2022-03-10", ("IPV 2022-06-01",), "IPV", "2022-06-29"),
    ("MMR", "2022-03-10", (), "MMR", "2022-11-10"),
    ("DTP", "2022-03-10", (), "DTaP", "2022-06-10"),
    ("DTP", "2019-03-10", FOUR, "DT", "2025-03-10"),
    ("DTP", "2019-03-10", FOUR, "DTaP", "2025-03-10"),
    ("JE", "2022-03-10", (), "JE-L", "2022-11-10"),
    ("JE", "2022-03-10", ("JE-I 2022-11-10",), "JE-I", "2022-11-17"),
    ("Men", "2022-03-10", (), "MPSV-A", "2022-09-10"),
    ("Men", "2022-03-10", (), "MPCV-AC", "2022-06-10"),
    ("Men", "2022-03-10", ("MPSV-A 2022-09-10",), "MPSV-A", "2022-12-10"),
    ("Men", "2022-03-10", (), "MPSV-AC", "2024-03-10"),
    ("Men", "2022-03-10", ("MPSV-AC 2024-03-10",), "MPCV-AC", "2027-03-10"),
    ("HepA", "2022-03-10", (), "HepA-L", "2023-09-10"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "born", "before", "product", "due"), GRACE)
def test_four_days_of_grace_and_not_five(
    line: str, born: str, before: tuple[str, ...], product: str, due: str, sample: Law
) -> None:
    def counts(law: Law, days: int) -> bool:
        given = dt.date.fromisoformat(due) - dt.timedelta(days=days)
        answer = judge(law, born, "2027-06-01", *before, f"{product} {given}")
        return line in answer["doses"][-1]["counts_for"]

    assert [counts(sample, days) for days in (0, 4, 5)] == [True, True, False]
    assert [counts(national(), days) for days in (0, 1)] == [True, False]


def test_grace_forgives_but_does_not_advise(sample: Law) -> None:
    """An owed dose is asked for at its full age and interval."""
    assert owed(judge(sample, "2026-01-10", "2026-09-06"), "MMR") == []
    answer = judge(sample, "2026-01-10", "2026-09-06")
    assert answer["lines"]["MMR"]["next"] == {"product": "MMR", "dose": 1, "from": "2026-09-10"}


def test_grace_of_named_lines_only(tmp_path: Path) -> None:
    law = province("grace: {days: 2, lines: [HepA], source: local, clause: 一}\n", tmp_path)
    assert judge(law, "2022-03-10", "2026-09-10", "HepA-L 2023-09-08")["lines"]["HepA"]["status"] == "complete"
    assert judge(law, "2022-03-10", "2026-09-10", "MMR 2022-11-09")["doses"][0]["counts_for"] == {}


def test_a_further_line_is_judged_like_the_others(sample: Law) -> None:
    def line(as_of: str, *doses: str, **more: object) -> dict[str, object]:
        found: dict[str, object] = judge(sample, "2022-03-10", as_of, *doses, **more)["lines"]["Var"]
        return found

    assert line("2023-03-09")["status"] == "up_to_date"
    assert line("2023-03-09")["next"] == {"product": "Var", "dose": 1, "from": "2023-03-10"}
    assert line("2023-03-10")["status"] == "owed"
    assert line("2025-09-10", "Var 2023-03-10")["status"] == "up_to_date"
    assert line("2026-09-10", "Var 2023-03-10", "Var 2026-03-10")["status"] == "complete"
    assert line("2026-09-10", "Var 2023-03-10", "MMRV 2026-03-10")["status"] == "complete"
    assert line("2026-09-10", "Var 2023-03-05")["status"] == "review"
    assert line("2026-09-10", exempt=["Var"])["status"] == "exempt"
    assert line("2026-09-10", avoid=["live"])["status"] == "exempt"
    assert line("2026-09-10", "Var 2023-03-10", doubts=[{"line": "Var", "kind": "untrue"}])["status"] == "review"


def test_a_further_live_line_keeps_its_distance(sample: Law) -> None:
    answer = judge(sample, "2022-03-10", "2026-09-10", "MMR 2022-11-10", "MMR 2026-09-01")
    assert owed(answer, "Var")[0] == ("Var", 1, "2026-09-29")


def test_what_only_the_province_knows_is_unknown_to_the_nation(sample: Law) -> None:
    child = {"id": "x", "birth_date": "2022-03-10", "as_of": "2026-09-10", "doses": [], "exempt": ["Var"]}
    assert read(child, sample).exempt == {"Var"}
    with pytest.raises(InputError, match="expected any of BCG, HepB"):
        read(child)


def test_a_product_that_only_the_province_has(tmp_path: Path) -> None:
    body = """\
products:
  - {code: MMR-X, name: 样例麻腮风疫苗, feeds: [MMR], live_injected: true, components: [M, R, Mu], traits: [whole], source: local, clause: 一}
changes:
  - {line: MMR, of: line, source: local, clause: 一, set: {same_day: [MMRV, MMR, MMR-X, MR, MM, MV, RV-rubella, Mu]}}
"""  # noqa: E501
    law = province(body, tmp_path)
    for name in ("MMR-X", "样例麻腮风"):
        answer = judge(law, "2022-03-10", "2026-09-10", f"{name} 2022-11-10", "JE-L 2022-11-20")
        assert answer["doses"][0]["counts_for"] == {"MMR": 1}
        assert answer["doses"][1]["warnings"] == ["live_interval"]
    with pytest.raises(InputError):
        read({"id": "x", "birth_date": "2022-03-10", "as_of": "2026-09-10", "doses": [{"product": "MMR-X"}]})


def test_one_dose_of_a_series_by_its_number(tmp_path: Path) -> None:
    body = "changes:\n  - {line: MMR, of: owed, source: local, clause: 一, set: {slots: {2: {age: 24m}}}}\n"
    law = province(body, tmp_path)
    answer = judge(law, "2022-03-10", "2024-03-10", "MMR 2022-11-10")["lines"]["MMR"]["owed"][0]
    assert (answer["dose"], answer["earliest"], answer["because"]) == (2, "2024-03-10", ["local 一"])
    assert judge(law, "2022-03-10", "2024-03-09", "MMR 2022-11-10")["lines"]["MMR"]["status"] == "up_to_date"
    assert judge(law, "2022-03-10", "2023-03-10")["lines"]["MMR"]["owed"][0]["because"] != ["local 一"]


def test_a_plan_under_an_overlay_is_judged_valid(sample: Law) -> None:
    rng = random.Random(7)
    for _ in range(40):
        born = f"202{rng.randint(1, 4)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}"
        child = read({"id": "x", "birth_date": born, "as_of": "2026-09-10", "doses": []}, sample)
        given, last = [], {}
        for visit in plan(child, law=sample):
            given += [f"{dose.product} {iso(visit.day)}" for dose in visit.doses]
            last |= {dose.line: (iso(visit.day), list(given)) for dose in visit.doses}
        assert "Var" in last
        for line, (day, doses) in last.items():
            assert not judge(sample, born, day, *doses)["lines"][line]["owed"], (born, line)
        for fate in judge(sample, born, "2030-01-01", *given)["doses"]:
            assert fate["counts_for"]
            assert not fate["reasons"]


def test_the_overlay_says_what_it_changed(sample: Law) -> None:
    assert sample.overlay is not None
    assert (sample.overlay.title, sample.overlay.grace_days, sample.overlay.grace_citation) == (
        "样例省",
        4,
        "sample-2025 第五条",
    )
    changed = {(change.place.line, change.place.version, *change.path) for change in sample.overlay.changes}
    assert {("JE", "nip-2026", "unvaccinated"), ("", "Var", "feeds"), ("Polio", "nip-2021", "born_from")} <= changed
    assert sample.readings["R4"].text != national().readings["R4"].text


def test_judging_under_an_overlay_leaves_the_nation_alone(sample: Law) -> None:
    child = read({"id": "x", "birth_date": "2022-03-10", "as_of": "2026-09-10", "doses": [{"product": "MMRV"}]})
    before = assess(child)
    assess(child, law=sample)
    assert assess(child) == before
