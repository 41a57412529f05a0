"""Polio: every dose from 2 months at 28 days or more counts; the total and the doses holding type 2 are owed apart."""

from dataclasses import dataclass

from rules.ages import Day, Span
from rules.forecasting import step_of
from rules.lines.forecast import COMPLETE, Forecast, line_anchors
from rules.record import Record, shortfalls
from rules.schedule import ProductCode, Slot
from rules.vocabulary import Child


@dataclass(frozen=True, slots=True)
class GivenRule:
    """`every` is the slot that any dose of the line is measured by."""

    in_force: Day
    every: Slot
    citation: str


@dataclass(frozen=True, slots=True)
class OwedRule:
    """`total`: the doses by number; `type2`: those that must hold type 2.

    `total_completes`: with the whole total nothing is owed, whatever it held. `waived_by`: one counted dose with this
    trait stands for all type-2 doses. `live_replaced_by`: the product for a child to whom live vaccines are not given.
    """

    total: tuple[Slot, ...]
    type2: tuple[Slot, ...]
    live_replaced_by: ProductCode
    citation: str
    total_completes: bool = False
    waived_by: str | None = None


def judge(record: Record, child: Child, rules: tuple[GivenRule, ...]) -> None:
    """There is no last slot: supplementary campaigns count as well."""
    slot = rules[-1].every
    anchors: dict[str, Day] = {}
    for dose in record.judged:
        faults = shortfalls(record, slot, dose, child.birth, anchors)
        if faults:
            record.refuse(dose, faults)
        else:
            record.count(dose)
            anchors["previous"] = dose.day


def forecast(record: Record, _state: None, child: Child, rule: OwedRule, gap: Span) -> Forecast:
    total = len(record.counted)
    held = sum(["type2" in dose.product.traits for dose in record.counted])
    if rule.waived_by and any(rule.waived_by in dose.product.traits for dose in record.counted):
        held = len(rule.type2)
    wanted = list(rule.type2[held:])
    if rule.total_completes:
        wanted = wanted[: max(len(rule.total) - total, 0)]
    others = rule.total[total + len(wanted) :]
    if not wanted and not others:
        return COMPLETE
    steps = [
        step_of(slot, child.birth, gap)._replace(dose=number, type2_dose=slot.dose)
        for number, slot in enumerate(wanted, start=total + 1)
    ]
    product = rule.live_replaced_by if child.avoid_live else None
    steps += [step_of(slot, child.birth, gap, product) for slot in others]
    return Forecast(steps, line_anchors(record))
