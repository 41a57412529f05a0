"""What a check asks of the family: the parts of a notice and the doses on it. Findings in, nothing else.

A notice lists every owed dose on a line of its own. Debts of a line in review are asked about and never demanded; so is
everything when the clinic's own assessment says that nothing is owed: the clinic's word goes before ours.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.notices.models import NoticePart
from rules.vocabulary import ClinicResult, Result, Status

#: These children need no notice.
_NOTHING_ASKED = frozenset({Result.COMPLETE, Result.WAIVED})


@dataclass(frozen=True, slots=True)
class AskedDose:
    """One owed dose, as the check found it."""

    part: NoticePart
    line: str
    product: str
    dose: int
    earliest: dt.date
    state: str


@dataclass(frozen=True, slots=True)
class Demand:
    """The parts in the order of the sheet, and every dose."""

    parts: tuple[NoticePart, ...]
    doses: tuple[AskedDose, ...]


def demand(inputs: Mapping[str, Any], findings: Mapping[str, Any]) -> Demand | None:
    """What the family of a checked child is asked to do; None if nothing."""
    result = Result(findings["result"])
    if result in _NOTHING_ASKED:
        return None
    doses = tuple(_doses(findings, only_a_question=_clinic_says_complete(inputs, result)))
    wanted = {one.part for one in doses}
    if result is Result.NO_CERTIFICATE:
        wanted.add(NoticePart.CERTIFICATE)
    if result is Result.REVIEW:
        wanted.add(NoticePart.VERIFY)
    return Demand(tuple(part for part in NoticePart if part in wanted), doses)


def _doses(findings: Mapping[str, Any], *, only_a_question: bool) -> Iterator[AskedDose]:
    for line, finding in findings["lines"].items():
        sure = finding["status"] == Status.OWED and not only_a_question
        for owed in finding["owed"]:
            yield AskedDose(
                part=NoticePart.CATCH_UP if sure else NoticePart.VERIFY,
                line=line,
                product=owed["product"],
                dose=owed["dose"],
                earliest=dt.date.fromisoformat(owed["earliest"]),
                state=owed["state"],
            )


def _clinic_says_complete(inputs: Mapping[str, Any], result: Result) -> bool:
    clinic = inputs.get("clinic_assessment") or {}
    return result is Result.REVIEW and clinic.get("result") == ClinicResult.COMPLETE
