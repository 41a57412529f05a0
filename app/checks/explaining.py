"""The trace of a judgement as the rows of its page: line by line, dose by dose, every step with its clause."""

from dataclasses import dataclass

from app.checks.judging import Judgement
from forms import wording
from forms.wording.traces import Step
from rules import national
from rules.ages import Day, iso
from rules.explaining import DoseTrace, LineTrace, Outcome, explain
from rules.vocabulary import Reason, Status

_HURRY = {Status.OWED: 0, Status.REVIEW: 1, Status.EXEMPT: 2, Status.CLOSED: 2}


@dataclass(frozen=True, slots=True)
class WhyDose:
    """One dose: what was recorded, the steps, and what came of it. `state`: the mark of a cell of the grid."""

    day: str
    product: str
    outcome: str
    state: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class WhyOwed:
    """One dose that is owed, or that would be if the record holds."""

    vaccine: str
    dose: str
    state: str | None
    when: str | None
    steps: tuple[Step, ...]
    because: str


@dataclass(frozen=True, slots=True)
class WhyLine:
    name: str
    status: str
    why: Step
    doses: tuple[WhyDose, ...]
    owed: tuple[WhyOwed, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Everything the page says. Lines that ask for something stand first."""

    result: str
    summary: str
    said: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[WhyLine, ...]
    #: What stands behind the clauses: documents, and the text of every reading that is cited.
    sources: tuple[tuple[str, str], ...]
    readings: tuple[tuple[str, str], ...]


def explained(judgement: Judgement, written: dict[int, str]) -> Why:
    """The rows of a judgement; `written`: by record, what stands on paper where there is no day."""
    trace = explain(judgement.assessment)
    law = national()
    order = sorted(trace.lines, key=lambda line: _HURRY.get(line.finding.status, 3))
    lines = tuple(_line(line, judgement, written) for line in order)
    cited = _cited(lines)
    return Why(
        result=trace.result,
        summary=wording.summary(judgement.assessment),
        said=wording.why_result(trace, {line.code: wording.line_name(line.code) for line in law.lines}),
        facts=_facts(judgement, trace.edition.id, trace.rules_digest),
        lines=lines,
        sources=tuple(
            (source.id, source.title)
            for source in law.sources.values()
            if any(one.startswith(f"{source.id} ") for one in cited)
        ),
        readings=tuple((reading.id, reading.text) for reading in law.readings.values() if reading.id in cited),
    )


def _facts(judgement: Judgement, edition: str, digest: str) -> tuple[tuple[str, str], ...]:
    child = judgement.case
    source = national().sources[national().edition(edition).source]
    return (
        (wording.fact_word("birth"), iso(child.birth)),
        (wording.fact_word("as_of"), f"{iso(child.as_of)}（{wording.age_in_words(child.birth, child.as_of)}）"),
        (wording.fact_word("edition"), f"{source.title}（{edition}）"),
        (wording.fact_word("digest"), digest.removeprefix("sha256:")[:16]),
    )


def _line(line: LineTrace, judgement: Judgement, written: dict[int, str]) -> WhyLine:
    child, finding = judgement.case, line.finding
    review = finding.status is Status.REVIEW
    return WhyLine(
        wording.line_name(finding.line),
        wording.status_word(finding.status),
        wording.why_status(line),
        tuple(_dose(dose, line, judgement, written) for dose in line.doses),
        tuple(
            WhyOwed(
                wording.product_name(owed.product),
                wording.owed_dose(owed),
                None if review else owed.state,
                iso(owed.earliest) if owed.earliest > child.as_of else None,
                tuple(wording.steps_of_owed(owed, line, child)),
                "、".join(owed.because),
            )
            for owed in finding.owed
        ),
    )


def _dose(dose: DoseTrace, line: LineTrace, judgement: Judgement, written: dict[int, str]) -> WhyDose:
    steps = wording.steps_of_dose(dose, line, judgement.case)
    steps += [(wording.why_warned(warning), wording.warning_clause(warning)) for warning in dose.warnings]
    if dose.outcome is Outcome.REFUSED:
        state = "unreadable" if dose.faults[0].reason is Reason.UNDATED else "uncounted"
    else:
        state = "ok" if dose.outcome is Outcome.COUNTED else "not_needed"
    product = wording.product_name(dose.dose.product)
    return WhyDose(
        _day(dose.dose.day, dose.index, judgement, written), product, wording.outcome_of(dose), state, tuple(steps)
    )


def _day(day: Day | None, index: int, judgement: Judgement, written: dict[int, str]) -> str:
    if day is not None:
        return iso(day)
    return written.get(judgement.inputs["doses"][index].get("record")) or wording.no_day()


def _cited(lines: tuple[WhyLine, ...]) -> set[str]:
    steps = [line.why for line in lines]
    steps += [step for line in lines for dose in (*line.doses, *line.owed) for step in dose.steps]
    found = {clause for _said, clause in steps if clause}
    return found | {one for line in lines for owed in line.owed for one in owed.because.split("、")}
