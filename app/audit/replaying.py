"""A stored check judged again: under its own edition it must come out the same; under another one it may not.

Pure: inputs, findings and an edition in, the comparison out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.checks.judging import Judgement, judge
from rules import contract, national
from rules.law import UnknownEditionError
from rules.vocabulary import Verdict

#: It says by which rule data was judged; the rest has to be equal whatever the data.
_NOT_COMPARED = "rules_digest"


@dataclass(frozen=True, slots=True)
class Replayed:
    """`own` None: it cannot be judged again, `why_not` says why. `differing`: the lines that came out otherwise."""

    own: Judgement | None
    equal: bool
    same_data: bool
    differing: tuple[str, ...]
    now: Judgement | None
    why_not: str = ""

    @property
    def alarm(self) -> bool:
        return not self.equal

    @property
    def move(self) -> tuple[Verdict, Verdict] | None:
        """The verdicts under its own edition and under today's, where they differ."""
        if self.own is None or self.now is None:
            return None
        before, after = self.own.assessment.verdict, self.now.assessment.verdict
        return (before, after) if before is not after else None

    @property
    def other_line(self) -> bool:
        """Some line stands otherwise today, and the verdict is the same."""
        if self.own is None or self.now is None or self.move:
            return False
        return bool(self.own.findings["lines"] != self.now.findings["lines"])


def replay(inputs: Mapping[str, Any], findings: Mapping[str, Any], edition: str, today: str) -> Replayed:
    """Judge the stored inputs again by the edition that stands in the check, and by today's."""
    try:
        own = judge(dict(inputs), edition)
        now = judge(dict(inputs), today)
    except (UnknownEditionError, contract.InputError) as error:
        return Replayed(None, equal=False, same_data=False, differing=(), now=None, why_not=str(error))
    again = own.findings
    keys = {*again, *findings} - {_NOT_COMPARED}
    equal = all(again.get(key) == findings.get(key) for key in keys)
    stored, lines = findings.get("lines") or {}, again["lines"]
    differing = tuple(line for line in {**lines, **stored} if lines.get(line) != stored.get(line))
    return Replayed(own, equal, findings.get(_NOT_COMPARED) == national().digest, differing, now)
