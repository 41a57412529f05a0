"""What another edition would say of the children who were checked: a count of every result that changes, no name.

Every check keeps its inputs, so it can be judged again without asking anybody anything. Nothing is written.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import taking_part
from app.checks.judging import judge
from app.checks.models import Check
from app.checks.queries import stands
from app.children.models import Enrolment
from rules.vocabulary import Status

#: Checks are read in portions: a district's inputs do not fit into memory at once.
_PORTION = 500


@dataclass(frozen=True, slots=True)
class Comparison:
    """`results`: (as it was, as it would be) → children, those that stay the same among them."""

    edition: str
    checked: int
    results: Counter[tuple[str, str]]
    #: (line, product) → how many doses more (or less) would be owed.
    doses: Counter[tuple[str, str]]

    @property
    def changed(self) -> list[tuple[str, str, int]]:
        """The results that change, most first."""
        found = [(before, after, number) for (before, after), number in self.results.items() if before != after]
        return sorted(found, key=lambda one: (-one[2], one[0], one[1]))

    @property
    def children_changed(self) -> int:
        return sum(number for _before, _after, number in self.changed)


def compare(session: Session, campaign: Campaign, edition: str) -> Comparison:
    """Judge the checks that stand once more, on their own day, by `edition`."""
    results: Counter[tuple[str, str]] = Counter()
    doses: Counter[tuple[str, str]] = Counter()
    enrolments = taking_part(campaign).with_only_columns(Enrolment.id)
    wanted = (
        select(Check.enrolment_id, Check.inputs, Check.findings)
        .where(Check.enrolment_id.in_(enrolments), stands())
        .order_by(Check.enrolment_id, Check.number)
        .execution_options(yield_per=_PORTION)
    )
    pending = None
    for row in session.execute(wanted):
        # Ordered by number: the last row of an enrolment is the one that stands.
        if pending is not None and pending.enrolment_id != row.enrolment_id:
            _add(pending.inputs, pending.findings, edition, results, doses)
        pending = row
    if pending is not None:
        _add(pending.inputs, pending.findings, edition, results, doses)
    doses = Counter({what: number for what, number in doses.items() if number})
    return Comparison(edition, sum(results.values()), results, doses)


def _add(
    inputs: dict[str, Any],
    findings: dict[str, Any],
    edition: str,
    results: Counter[tuple[str, str]],
    doses: Counter[tuple[str, str]],
) -> None:
    after = judge(inputs, edition).findings
    results[str(findings["result"]), str(after["result"])] += 1
    doses.update(_owed(after))
    doses.subtract(_owed(findings))


def _owed(findings: dict[str, Any]) -> Counter[tuple[str, str]]:
    return Counter(
        (line, dose["product"])
        for line, found in findings["lines"].items()
        if found["status"] == Status.OWED
        for dose in found["owed"]
    )
