"""MMR: two doses of MMR, or for the older cohort enough of each component from whatever was given."""

from dataclasses import dataclass

from rules.ages import Day, Span
from rules.forecasting import step_of
from rules.lines.forecast import COMPLETE, Forecast, line_anchors
from rules.record import Record, fill, shortfalls
from rules.schedule import Slot
from rules.vocabulary import Child, Fault, Reason

_WRONG = (Fault(Reason.WRONG_PRODUCT, citation="R14"),)


@dataclass(frozen=True, slots=True)
class GivenRule:
    """`by_component`: the older cohort. A refused dose before `outbreak_before` is no reason for a review (R15)."""

    in_force: Day
    slots: tuple[Slot, ...]
    outbreak_before: Span
    citation: str
    by_component: bool = False


@dataclass(frozen=True, slots=True)
class OwedRule:
    """`needed`: doses of each component; empty where whole doses are counted."""

    slots: tuple[Slot, ...]
    citation: str
    needed: dict[str, int] | None = None


def shares_a_day(rules: tuple[GivenRule, ...]) -> bool:
    """Whether a second product on one day counts for the components that it adds."""
    return rules[-1].by_component


def judge(record: Record, child: Child, rules: tuple[GivenRule, ...]) -> None:
    rule = rules[-1]
    innocent_before = rule.outbreak_before.after(child.birth)
    if rule.by_component:
        _judge_components(record, child, rule.slots[0], innocent_before)
        return
    whole = []
    for dose in record.judged:
        if "whole" in dose.product.traits:
            whole.append(dose)
        else:
            record.refuse(dose, _WRONG, suspicious=False)
    fill(record, whole, rule.slots, child.birth, innocent_before=innocent_before)


def _judge_components(record: Record, child: Child, every: Slot, innocent_before: Day) -> None:
    """Every component dose counts from 8 months at 28 days; there is no last slot."""
    anchors: dict[str, Day] = {}
    days = 0
    for dose in record.judged:
        # Two products of one day count once: the second is measured as the first was and bears its number.
        shares = anchors.get("previous") == dose.day
        faults = () if shares else shortfalls(record, every, dose, child.birth, anchors)
        if faults:
            record.refuse(dose, faults, suspicious=dose.day >= innocent_before)
            continue
        days += not shares
        record.count(dose, days)
        anchors["previous"] = dose.day


def forecast(record: Record, _state: None, child: Child, rule: OwedRule, gap: Span) -> Forecast:
    if rule.needed is None:
        missing = len(rule.slots) - len(record.counted)
    else:
        missing = max(
            needed - sum(component in dose.adds for dose in record.counted) for component, needed in rule.needed.items()
        )
    if missing <= 0:
        return COMPLETE
    # The missing doses are the last ones of the series: a child who lacks one dose lacks its second.
    slots = rule.slots[len(rule.slots) - missing :]
    return Forecast([step_of(slot, child.birth, gap) for slot in slots], line_anchors(record))
