"""Every case that a doctor wrote down is judged as the text says; every clause and every reading has a case."""

from pathlib import Path

import pytest

from rules import national
from tests.rules.casebook import Case, CaseError, all_cases, cases_of
from tests.rules.citations import citations
from tests.rules.comparing import differences, judge

CASES = all_cases()

#: Readings that say nothing about how a child is judged; what they are about is tested elsewhere.
NOT_JUDGED = {
    "R2": "HPV stands outside the entry check",
    "R21": "the deadline of the school's check",
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    found = differences(case)
    assert not found, "\n".join([case.name, *found])


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 250


def test_titles_are_told_apart() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_clause_and_reading_has_a_case() -> None:
    covered = {citation for case in CASES for citation in case.covers}
    assert sorted(citations() - covered - set(NOT_JUDGED)) == []


def test_what_is_not_judged_is_a_reading_without_a_case() -> None:
    covered = {citation for case in CASES for citation in case.covers}
    assert set(NOT_JUDGED) <= set(national().readings)
    assert covered.isdisjoint(NOT_JUDGED)


def test_every_edition_is_covered() -> None:
    judged = {judge(case.child)["edition"] for case in CASES if not case.edition}
    assert judged == {edition.id for edition in national().editions}


GOOD = """
- title: 满2月龄该种第1剂
  covers: [R8]
  born: 2026-07-10
  as_of: 2026-09-10
  expect: {Polio: {status: owed}}
"""


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("  born:", "  birth:", "unknown key 'birth'"),
        ("  born: 2026-07-10\n", "", "'born' is missing"),
        ("[R8]", "[R99]", "covers 'R99'"),
        ("{status: owed}", "{state: owed}", "unknown key 'state'"),
        ("{status: owed}", "{status: owes}", "has the status 'owes'"),
        ("{Polio: {status: owed}}", "{Poilo: {status: owed}}", "unknown key 'Poilo'"),
        ("{Polio: {status: owed}}", "{}", "expects nothing"),
        ("  as_of:", "  born: 2026-07-11\n  as_of:", "a key stands twice"),
        ("  expect:", "  in_time: {all: [DTP]}\n  expect:", "unknown key 'all'"),
        ("  expect:", "  in_time: [DTaP]\n  expect:", "unknown key 'DTaP'"),
        ("  expect:", "  also: [{product: IPV, day: 2026-09-10}]\n  expect:", "unknown key 'day'"),
        ("  expect:", "  doubts: [{line: Polio, dose: 2026-09-10, kind: untrue}]\n  expect:", "names 0 doses"),
    ],
)
def test_a_careless_case_is_refused(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "polio.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CaseError, match=complaint):
        list(cases_of(path))


@pytest.mark.parametrize(
    "expectation",
    [
        "{Polio: complete}",
        "{Polio: {owed: [IPV 2]}}",
        "{Polio: {owed: [IPV 1 overdue]}}",
        "{Polio: {owed: [IPV 1 2026-09-11]}}",
        "{Polio: {owed: [IPV 1 if ppd_negative]}}",
        "{Polio: {owed: [IPV 1 by R30]}}",
        "{Polio: {owed: []}}",
        "{MMR: {next: none}}",
        "{MMR: {next: MMR 2}}",
        "{BCG: {owed: [BCG 1 if ppd_negative]}, HepB: {counts: {2026-07-10: 2}}}",
        "{HepB: {refused: {2026-07-10: too_young}}}",
        "{HepB: {extra: [2026-07-10]}}",
        "{warnings: {2026-07-10: live_interval}}",
        "{verdict: complete}",
        "{result: review}",
        "{edition: nip-2021}",
    ],
)
def test_a_wrong_expectation_is_found(expectation: str, tmp_path: Path) -> None:
    path = tmp_path / "polio.yaml"
    text = GOOD.replace("{Polio: {status: owed}}", expectation).replace(
        "  expect", "  given: {HepB: [2026-07-10]}\n  expect"
    )
    path.write_text(text, encoding="utf-8")
    (case,) = cases_of(path)
    assert differences(case)
