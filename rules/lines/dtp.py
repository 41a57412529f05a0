"""DTP: DTaP in infancy and at six, DT for those who come late; the line closes with the 12th birthday."""

from dataclasses import dataclass
from typing import Literal

from rules.ages import Day, Span
from rules.forecasting import step_of
from rules.lines.forecast import CLOSED, COMPLETE, Forecast, line_anchors
from rules.record import Given, Record, shortfalls
from rules.schedule import Slot, Step
from rules.vocabulary import Child


@dataclass(frozen=True, slots=True)
class GivenRule:
    """`slots` by number; combinations with IPV have ages of their own. From `any_age_from` on a DTaP fits any slot."""

    in_force: Day
    slots: tuple[Slot, ...]
    combination_slots: tuple[Slot, ...]
    any_age_from: Span
    dt: Slot
    citation: str


@dataclass(frozen=True, slots=True)
class OwedRule:
    """`plan` names the thinking: DTaP at six, or DT at six.

    `dt` are the doses for those who come late, by their number in the line; `dt_age_at_six` their age for a child who
    had a DT at six and is not yet as old as `dt` says.
    """

    plan: Literal["five_doses", "four_and_dt"]
    slots: tuple[Slot, ...]
    six: Span
    dt: tuple[Slot, ...]
    dt_age_at_six: Span
    dt_always_overdue: bool
    ends_at: Span
    enough: int
    citation: str


def judge(record: Record, child: Child, rules: tuple[GivenRule, ...]) -> None:
    anchors: dict[str, Day] = {}
    for dose in record.judged:
        # R7: the ages in force on the day the dose was given; before the first edition those of the first (R24).
        rule = next((rule for rule in reversed(rules) if rule.in_force <= dose.day), rules[0])
        slot, age = _slot(record, dose, child, rule)
        if slot is None:
            continue
        faults = shortfalls(record, slot, dose, child.birth, anchors, age)
        if faults:
            record.refuse(dose, faults)
        else:
            record.count(dose)
            anchors["previous"] = dose.day


def _slot(record: Record, dose: Given, child: Child, rule: GivenRule) -> tuple[Slot | None, Span | None]:
    """The slot that the dose is tried on, None for an extra dose; and its age where that is not the slot's."""
    number = len(record.counted)
    if number == len(rule.slots):
        return None, None
    if "DT" in dose.product.traits:
        return rule.dt, None
    slots = rule.combination_slots if "IPV" in dose.product.traits else rule.slots
    slot = slots[number]
    if dose.day + slot.grace >= rule.any_age_from.after(child.birth):
        return slot, rule.any_age_from
    # A fifth DTaP before six is extra: no reason, no review.
    return (None if number == len(slots) - 1 else slot), None


def forecast(record: Record, _state: None, child: Child, rule: OwedRule, gap: Span) -> Forecast:
    number = len(record.counted)
    had_dt = any("DT" in dose.product.traits for dose in record.counted)
    at_six = had_dt or (number > 0 and record.counted[-1].day >= rule.six.after(child.birth))
    settled = had_dt if rule.plan == "four_and_dt" else at_six
    done = number == len(rule.dt) or (number >= rule.enough and settled)
    if child.as_of >= rule.ends_at.after(child.birth):
        return COMPLETE if done else CLOSED
    if number == len(rule.dt) or (number >= rule.enough and had_dt):
        return COMPLETE
    if child.as_of >= rule.dt[0].age.after(child.birth):
        steps = [] if done else _late(number, child, rule, gap)
    elif rule.plan == "four_and_dt":
        steps = [step_of(slot, child.birth, gap) for slot in rule.slots[number:]]
        steps += _late(max(number, len(rule.slots)), child, rule, gap)
    else:
        steps = _before_seven(number, child, rule, gap, had_dt=had_dt, done=done)
    return Forecast(steps, line_anchors(record))


def _late(number: int, child: Child, rule: OwedRule, gap: Span, age: Span | None = None) -> list[Step]:
    """DT until the line has enough doses, or one DT after enough of them; from 2025 on always overdue."""
    slots = rule.dt[number : max(rule.enough, number + 1)]
    steps = []
    for slot in slots:
        step = step_of(slot, child.birth, gap)._replace(age=age or slot.age)
        if rule.dt_always_overdue:
            step = step._replace(overdue_from=step.age.after(child.birth))
        steps.append(step)
    return steps


def _before_seven(number: int, child: Child, rule: OwedRule, gap: Span, *, had_dt: bool, done: bool) -> list[Step]:
    if had_dt:
        return _late(number, child, rule, gap, age=rule.dt_age_at_six)
    steps = [step_of(slot, child.birth, gap) for slot in rule.slots[number:]]
    if child.as_of < rule.six.after(child.birth):
        return steps
    # From six on a DTaP that does not fit before seven is not owed; the DT of the 7th birthday is announced (R31).
    seventh_birthday = rule.dt[0].age.after(child.birth)
    steps = [step._replace(until=seventh_birthday) for step in steps]
    return steps if done else steps + _late(number, child, rule, gap)[:1]
