"""BCG: one dose at birth; from 3 months after a negative skin test, from the 4th birthday no more."""

from dataclasses import dataclass

from rules.ages import Day, Span
from rules.lines.forecast import CLOSED, COMPLETE, Forecast
from rules.record import Record
from rules.schedule import ProductCode, Step
from rules.vocabulary import Child


@dataclass(frozen=True, slots=True)
class GivenRule:
    """Any dose counts: there is nothing to measure it by."""

    in_force: Day
    citation: str


@dataclass(frozen=True, slots=True)
class SkinTest:
    """From this age a dose needs a condition."""

    age: Span
    condition: str
    citation: str


@dataclass(frozen=True, slots=True)
class OwedRule:
    product: ProductCode
    age: Span
    skin_test: SkinTest
    ends_at: Span
    citation: str


def judge(record: Record, child: Child, rules: tuple[GivenRule, ...]) -> None:
    """The first dose counts, any other is extra."""
    if record.judged:
        record.count(record.judged[0])


def forecast(record: Record, _state: None, child: Child, rule: OwedRule, gap: Span | None) -> Forecast:
    if record.counted:
        return COMPLETE
    if child.as_of >= rule.ends_at.after(child.birth):
        return CLOSED
    tested_from = rule.skin_test.age.after(child.birth)
    tested = child.as_of >= tested_from
    step = Step(
        rule.product,
        1,
        rule.age,
        {},
        overdue_from=tested_from,
        citation=rule.skin_test.citation if tested else rule.citation,
        condition=rule.skin_test.condition if tested else None,
        gap=gap,
    )
    return Forecast((step,), {})
