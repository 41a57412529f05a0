"""Asks the rules about a child, and judges a stored check again under its own edition."""

from dataclasses import dataclass
from typing import Any

from app.checks.models import Check
from rules import assess, contract, national
from rules.vocabulary import Assessment
from rules.vocabulary import Child as Case


@dataclass(frozen=True, slots=True)
class Judgement:
    """What went in, as data and as the rules read it, and what came out."""

    inputs: dict[str, Any]
    case: Case
    assessment: Assessment

    @property
    def findings(self) -> dict[str, Any]:
        """The answer in the contract's form: what a check keeps."""
        return contract.write(self.assessment, self.inputs["id"])

    def is_kept_by(self, check: Check) -> bool:
        """Does this check say exactly that: the same facts on the same day, by the same edition?"""
        same = check.inputs == self.inputs and check.edition == self.assessment.edition
        return same and not check.withdrawn


def judge(inputs: dict[str, Any], edition: str | None = None) -> Judgement:
    """Judge gathered inputs; under the edition of their day unless one is named."""
    case = contract.read(inputs)
    law = national()
    return Judgement(inputs, case, assess(case, law.edition(edition) if edition else None, law))
