"""A plain series: dose after dose, each with an age and intervals. A province's further line needs nothing else."""

from dataclasses import dataclass

from rules.ages import Day, Span
from rules.forecasting import step_of
from rules.lines.forecast import Forecast, line_anchors
from rules.record import Record, shortfalls
from rules.schedule import Slot
from rules.vocabulary import Child


@dataclass(frozen=True, slots=True)
class GivenRule:
    in_force: Day
    slots: tuple[Slot, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class OwedRule:
    slots: tuple[Slot, ...]
    citation: str


def judge(record: Record, child: Child, rules: tuple[GivenRule, ...]) -> None:
    """Each dose is tried on the next open slot of the rule of its day (R7); after the last slot a dose is extra."""
    anchors: dict[str, Day] = {}
    for dose in record.judged:
        rule = next((rule for rule in reversed(rules) if rule.in_force <= dose.day), rules[0])
        number = len(record.counted)
        if number >= len(rule.slots):
            continue
        faults = shortfalls(record, rule.slots[number], dose, child.birth, anchors)
        if faults:
            record.refuse(dose, faults)
            continue
        record.count(dose)
        anchors["previous"] = dose.day
        anchors.setdefault("first", dose.day)


def forecast(record: Record, _state: None, child: Child, rule: OwedRule, gap: Span) -> Forecast:
    anchors = line_anchors(record)
    if record.counted:
        anchors["first"] = record.counted[0].day
    return Forecast([step_of(slot, child.birth, gap) for slot in rule.slots[len(record.counted) :]], anchors)
