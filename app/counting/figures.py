"""Everything that is counted of a group of children; groups add up to larger ones. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.checks.counting import RESULTS
from app.counting.baseline import Baseline


@dataclass(slots=True)
class Figures:
    """A class, a school, a township or a district in numbers."""

    #: By the check that stands; together everybody expected.
    by_result: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RESULTS, 0))
    #: 无证: without certificate at the first check, and how many of these have one by now.
    without_certificate: int = 0
    replaced: int = 0
    baseline: Baseline = field(default_factory=Baseline)
    #: By line: checked children that owe a dose of it today, or of whom it is not known.
    behind: Counter[str] = field(default_factory=Counter)
    #: By line: checked children to whom the clinic decided not to give it; in no coverage.
    exempt: Counter[str] = field(default_factory=Counter)
    #: 应查验学校数 and 实查验学校数: counted apart, so that a school that did nothing is seen.
    schools: int = 0
    schools_begun: int = 0

    @property
    def expected(self) -> int:
        return sum(self.by_result.values())

    @property
    def not_checked(self) -> int:
        return self.by_result["not_checked"]

    @property
    def checked(self) -> int:
        return self.expected - self.not_checked

    @property
    def complete(self) -> int:
        return self.by_result["complete"]

    @property
    def with_certificate(self) -> int:
        """有证, at the first check."""
        return self.checked - self.without_certificate

    def add(self, other: "Figures") -> None:
        for result, number in other.by_result.items():
            self.by_result[result] += number
        self.without_certificate += other.without_certificate
        self.replaced += other.replaced
        self.baseline.add(other.baseline)
        self.behind.update(other.behind)
        self.exempt.update(other.exempt)
        self.schools += other.schools
        self.schools_begun += other.schools_begun


def sum_of(parts: Iterable[Figures]) -> Figures:
    whole = Figures()
    for part in parts:
        whole.add(part)
    return whole
