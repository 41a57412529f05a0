"""HepB: three doses; a child under 2000 g of an HBsAg-positive mother has a birth dose outside the series."""

from dataclasses import dataclass

from rules.ages import Day, Span
from rules.forecasting import step_of
from rules.lines.forecast import COMPLETE, Forecast, line_anchors
from rules.record import Record, fill
from rules.schedule import Slot
from rules.vocabulary import Child


@dataclass(frozen=True, slots=True)
class Exposed:
    """The series of a child under 2000 g whose mother is HBsAg-positive or untested."""

    birth_dose_before: Span
    slots: tuple[Slot, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class GivenRule:
    in_force: Day
    slots: tuple[Slot, ...]
    exposed: Exposed
    citation: str


@dataclass(frozen=True, slots=True)
class OwedRule:
    slots: tuple[Slot, ...]
    exposed: Exposed
    citation: str


def judge(record: Record, child: Child, rules: tuple[GivenRule, ...]) -> None:
    rule = rules[-1]
    doses = record.judged
    if not child.hbsag_exposed_under_2000g:
        fill(record, doses, rule.slots, child.birth)
        return
    if doses and doses[0].day < rule.exposed.birth_dose_before.after(child.birth):
        doses = doses[1:]
    fill(record, doses, rule.exposed.slots, child.birth)


def forecast(record: Record, _state: None, child: Child, rule: OwedRule, gap: Span) -> Forecast:
    slots = rule.exposed.slots if child.hbsag_exposed_under_2000g else rule.slots
    if len(record.counted) == len(slots):
        return COMPLETE
    anchors = line_anchors(record)
    if record.counted:
        # d1–d3 is the one interval of the line that is measured from the counted dose it names.
        anchors["first"] = record.counted[0].day
    return Forecast([step_of(slot, child.birth, gap) for slot in slots[len(record.counted) :]], anchors)
