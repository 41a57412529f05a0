"""Asks the rules about a child, and judges a stored check again under its own edition."""

from dataclasses import dataclass
from typing import Any

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


def judge(inputs: dict[str, Any], edition: str | None = None) -> Judgement:
    """Judge gathered inputs; under the edition of their day unless one is named."""
    case = contract.read(inputs)
    law = national()
    return Judgement(inputs, case, assess(case, law.edition(edition) if edition else None, law))
