"""Why a judgement is as it is: a tree of data that leads from the verdict to single days and clauses.

The doses are judged once more with every comparison kept; what comes out is the same judgement, told in full.
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.ages import Day
from rules.assessing import fates_of, sort_doses, walk
from rules.compiling import national
from rules.law import Law, LineLaw
from rules.record import Record
from rules.schedule import Edition
from rules.vocabulary import (
    Assessment,
    Comparison,
    Dose,
    DoseFate,
    DoseWarning,
    DoubtKind,
    Fault,
    LineFinding,
    Reason,
    Result,
    Status,
    Verdict,
)


class Outcome(StrEnum):
    """What became of a dose on its line."""

    COUNTED = "counted"
    REFUSED = "refused"
    #: Nothing is left for it to fill, or it stands outside the series; no reason speaks against it.
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Taken:
    """A recorded product that is taken for another one on its day (R5, R22)."""

    product: str
    citation: str


@dataclass(frozen=True, slots=True)
class DoseTrace:
    """One dose on one line: what it was weighed by, and the result.

    `number`: the place that it fills. `twin`: of a duplicate, the dose that counts for the day.
    """

    index: int
    dose: Dose
    outcome: Outcome
    number: int | None
    comparisons: tuple[Comparison, ...]
    faults: tuple[Fault, ...]
    doubts: tuple[DoubtKind, ...]
    taken_for: Taken | None
    twin: int | None
    warnings: tuple[DoseWarning, ...]


@dataclass(frozen=True, slots=True)
class LineTrace:
    """One line: its doses in order of day, and the clauses by which it counts and asks.

    `holding`: of a line in review, the doses that keep it from being decided. `live_avoided`: it is exempt because the
    child is to have no live vaccine.
    """

    finding: LineFinding
    doses: tuple[DoseTrace, ...]
    counts_by: str
    asks_by: str
    holding: tuple[int, ...]
    live_avoided: bool

    @property
    def counted(self) -> int:
        return sum(dose.outcome is Outcome.COUNTED for dose in self.doses)


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole tree. `decisive`: the lines that make the verdict; empty where nothing stands against `complete`."""

    edition: Edition
    rules_digest: str
    verdict: Verdict
    result: Result
    decisive: tuple[str, ...]
    lines: tuple[LineTrace, ...]
    #: Doses that feed no line: kept and shown, never asked for.
    others: tuple[int, ...]


_DECIDES = {
    Verdict.CATCH_UP: frozenset({Status.OWED}),
    Verdict.REVIEW: frozenset({Status.REVIEW}),
    Verdict.WAIVED: frozenset({Status.EXEMPT, Status.CLOSED}),
    Verdict.COMPLETE: frozenset[Status](),
}
_WITHOUT_PLACE: Day = 10**7


def explain(assessment: Assessment, law: Law | None = None) -> Trace:
    """The tree of an assessment made by this law (the national one)."""
    law = law or national()
    if law.digest != assessment.rules_digest:
        raise ValueError("this assessment was made by other rule data: judge the child again, then explain")
    child = assessment.child
    edition = law.edition(assessment.edition)
    fates = fates_of(child)
    entries, _undated, _live = sort_doses(child, law, fates)
    by_code = {line.code: line for line in law.lines}
    lines = []
    for finding in assessment.lines:
        line = by_code[finding.line]
        record, _progress = walk(line, child, entries.get(line.code), fates, told=True)
        lines.append(_line(line, finding, assessment, record, edition, law))
    return Trace(
        edition,
        assessment.rules_digest,
        assessment.verdict,
        assessment.result,
        tuple(finding.line for finding in assessment.lines if finding.status in _DECIDES[assessment.verdict]),
        tuple(lines),
        tuple(index for index, dose in enumerate(child.doses) if not law.products[dose.product].feeds),
    )


def _line(
    line: LineLaw, finding: LineFinding, assessment: Assessment, record: Record, edition: Edition, law: Law
) -> LineTrace:
    child = assessment.child
    mine = [fate for fate in assessment.doses if line.code in law.products[child.doses[fate.index].product].feeds]
    mine.sort(key=lambda fate: (child.doses[fate.index].day or _WITHOUT_PLACE, fate.index))
    doses = tuple(_dose(line.code, fate, assessment, record, law) for fate in mine)
    suspects = (Reason.TOO_YOUNG, Reason.TOO_SOON, Reason.UNDATED, Reason.DOUBTED)
    return LineTrace(
        finding,
        doses,
        line.given_rules(child.birth)[-1].citation,
        line.owed_rule(edition, child.birth).citation,
        tuple(dose.index for dose in doses if dose.faults and dose.faults[0].reason in suspects)
        if finding.status is Status.REVIEW
        else (),
        finding.status is Status.EXEMPT and line.code not in child.exempt,
    )


def _dose(code: str, fate: DoseFate, assessment: Assessment, record: Record, law: Law) -> DoseTrace:
    child = assessment.child
    dose = child.doses[fate.index]
    number, faults = fate.counts_for.get(code), fate.faults.get(code, ())
    doubts = tuple(
        doubt.kind for doubt in child.doubts if doubt.line == code and doubt.dose in (None, fate.index) and faults
    )
    twin = None
    if faults and faults[0].reason is Reason.DUPLICATE:
        twin = next((one.index for one in record.given if one.day == dose.day), None)
    outcome = Outcome.COUNTED if number is not None else Outcome.REFUSED if faults else Outcome.EXTRA
    return DoseTrace(
        fate.index,
        dose,
        outcome,
        number,
        tuple((record.told or {}).get(fate.index, ())),
        faults,
        doubts if faults and faults[0].reason is Reason.DOUBTED else (),
        _taken_for(dose, law),
        twin,
        tuple(fate.warnings),
    )


def _taken_for(dose: Dose, law: Law) -> Taken | None:
    if dose.day is None:
        return None
    for reading in law.products[dose.product].read_as:
        if (reading.from_day is None or dose.day >= reading.from_day) and (
            reading.before is None or dose.day < reading.before
        ):
            return Taken(reading.product, reading.citation)
    return None
