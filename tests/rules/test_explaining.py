"""What is told of a judgement is the judgement: every reason has its comparison, every counted dose met its own."""

from dataclasses import replace

import pytest

from forms import wording
from rules import assess, contract, national
from rules.ages import iso
from rules.explaining import DoseTrace, Outcome, Trace, explain
from rules.vocabulary import Comparison, Reason, Status, Verdict
from tests.rules.casebook import Case, all_cases

MEASURED = frozenset({Reason.TOO_YOUNG, Reason.TOO_SOON, Reason.TOO_OLD})


def told(case: Case) -> Trace:
    law = national()
    child = contract.read(case.child, law)
    return explain(assess(child, law.edition(case.edition) if case.edition else None, law))


@pytest.mark.parametrize("case", all_cases())
def test_a_trace_is_the_judgement(case: Case) -> None:
    law = national()
    child = contract.read(case.child, law)
    assessment = assess(child, law.edition(case.edition) if case.edition else None, law)
    trace = explain(assessment, law)
    assert (trace.verdict, trace.result) == (assessment.verdict, assessment.result)
    assert tuple(line.finding for line in trace.lines) == assessment.lines
    for line in trace.lines:
        for dose in line.doses:
            fate = assessment.doses[dose.index]
            assert dose.number == fate.counts_for.get(line.finding.line)
            assert dose.faults == fate.faults.get(line.finding.line, ())
            assert [fault_of(one) for one in dose.comparisons if not one.met] == [
                (fault.reason, fault.slot, fault.since, fault.from_day, fault.citation)
                for fault in dose.faults
                if fault.reason in MEASURED
            ]
            assert dose.outcome is not Outcome.COUNTED or all(one.met for one in dose.comparisons)
            assert all(said.strip() and "%(" not in said for said, _clause in wording.steps_of_dose(dose, line, child))
        for owed in line.finding.owed:
            steps = wording.steps_of_owed(owed, line, child)
            assert len(steps) >= len(owed.floors)
            assert any(iso(owed.earliest) in said or owed.earliest == child.birth for said, _clause in steps)
        assert wording.why_status(line)[0]
        assert bool(line.holding) <= (line.finding.status is Status.REVIEW)
    assert bool(trace.decisive) == (trace.verdict is not Verdict.COMPLETE)


def fault_of(one: Comparison) -> tuple[Reason, int | None, int, int, str]:
    return (one.reason, one.slot, one.since, one.ready, one.citation)


def trace_of(born: str, as_of: str, doses: list[tuple[str, str | None]], **more: object) -> Trace:
    given = [{"product": product, "date": day} for product, day in doses]
    return explain(assess(contract.read({"id": 1, "birth_date": born, "as_of": as_of, "doses": given, **more})))


def dose_of(trace: Trace, line: str, index: int) -> DoseTrace:
    (found,) = (dose for one in trace.lines if one.finding.line == line for dose in one.doses if dose.index == index)
    return found


def sentences(trace: Trace, line: str, index: int, born: str, as_of: str) -> list[str]:
    (found,) = (one for one in trace.lines if one.finding.line == line)
    child = contract.read({"id": 1, "birth_date": born, "as_of": as_of, "doses": []})
    child = replace(child, doses=tuple(dose.dose for dose in sorted(found.doses, key=lambda one: one.index)))
    return [said + clause for said, clause in wording.steps_of_dose(dose_of(trace, line, index), found, child)]


def test_one_day_too_soon_says_so_with_numbers() -> None:
    born, as_of = "2024-01-01", "2026-09-10"
    trace = trace_of(born, as_of, [("DTaP", "2024-04-01"), ("DTaP", "2024-04-28")])
    assert sentences(trace, "DTP", 1, born, as_of) == [
        "接种时 3 月龄又 27 天，不满 4 月龄（2024-05-01 才满）。nip-2021 二·四(三)1",
        "第 2 剂与第 1 剂间隔 27 天，少于 28 天。nip-2021 二·四(三)1",
    ]
    assert dose_of(trace, "DTP", 0).number == 1


def test_months_name_the_day_that_would_have_done() -> None:
    born, as_of = "2020-03-01", "2026-09-10"
    trace = trace_of(born, as_of, [("MPSV-AC", "2023-05-01"), ("MPSV-AC", "2026-03-10")])
    assert sentences(trace, "Men", 1, born, as_of) == [
        "第 4 剂与第 3 剂间隔 1044 天，少于 3 年（2026-05-01 才够）。nip-2021 二·八(三)"
    ]


def test_a_counted_dose_says_what_it_met() -> None:
    born, as_of = "2022-01-01", "2026-09-10"
    trace = trace_of(born, as_of, [("MMR", "2022-09-01"), ("MMR", "2023-07-01")])
    assert sentences(trace, "MMR", 1, born, as_of) == [
        "接种时 18 月龄，已满 18 月龄。nip-2021 二·五(三)1",
        "第 2 剂与第 1 剂间隔 303 天，不少于 28 天。nip-2021 二·五(三)1",
    ]


def test_a_duplicate_names_its_twin_and_a_reread_product_its_reading() -> None:
    trace = trace_of("2022-01-01", "2026-09-10", [("IPV", "2022-03-01"), ("bOPV", "2022-03-01"), ("OPV", "2022-04-01")])
    assert dose_of(trace, "Polio", 1).twin == 0
    taken = dose_of(trace, "Polio", 2).taken_for
    assert taken is not None
    assert (taken.product, taken.citation) == ("bOPV", "R5")


def test_doses_of_no_line_stand_apart() -> None:
    trace = trace_of("2022-01-01", "2026-09-10", [("Var", "2023-03-01")])
    assert trace.others == (0,)
    assert not any(line.doses for line in trace.lines)


def test_an_assessment_of_other_rule_data_is_refused() -> None:
    child = contract.read({"id": 1, "birth_date": "2022-01-01", "as_of": "2026-09-10", "doses": []})
    with pytest.raises(ValueError, match="other rule data"):
        explain(replace(assess(child), rules_digest="sha256:0"))
