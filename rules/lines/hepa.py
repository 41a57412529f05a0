"""HepA: one live dose, or two inactivated ones half a year apart, or one inactivated and then a live one."""

from dataclasses import dataclass

from rules.ages import Day, Span
from rules.forecasting import step_of
from rules.lines.forecast import COMPLETE, Forecast, line_anchors
from rules.record import Record, shortfalls
from rules.schedule import Slot
from rules.vocabulary import Child


@dataclass(frozen=True, slots=True)
class GivenRule:
    in_force: Day
    live: Slot
    inactivated: Slot
    citation: str


@dataclass(frozen=True, slots=True)
class OwedRule:
    live: Slot
    inactivated: tuple[Slot, ...]
    citation: str


def judge(record: Record, child: Child, rules: tuple[GivenRule, ...]) -> bool:
    """Returns whether the line is done."""
    rule = rules[-1]
    anchors: dict[str, Day] = {}
    for dose in record.judged:
        live = "live" in dose.product.traits
        faults = shortfalls(record, rule.live if live else rule.inactivated, dose, child.birth, anchors)
        if faults:
            record.refuse(dose, faults)
            continue
        record.count(dose)
        anchors["previous"] = dose.day
        if live or len(record.counted) == 2:
            return True
    return False


def forecast(record: Record, done: bool, child: Child, rule: OwedRule, gap: Span) -> Forecast:
    if done:
        return COMPLETE
    slots = rule.inactivated[len(record.counted) :] if record.counted or child.avoid_live else (rule.live,)
    return Forecast([step_of(slot, child.birth, gap) for slot in slots], line_anchors(record))
