"""JE: a primary stage (one live or two inactivated doses), a booster from two years, for inactivated one at six."""

from dataclasses import dataclass
from enum import Enum, auto

from rules.ages import Day, Span
from rules.lines.forecast import COMPLETE, Forecast, line_anchors
from rules.record import Given, Record, shortfalls
from rules.schedule import ProductCode, Slot, Step
from rules.vocabulary import Child


@dataclass(frozen=True, slots=True)
class GivenRule:
    """The stages as slots; `booster_after_live` is a live booster's distance from a live dose."""

    in_force: Day
    primary: Slot
    primary_second: Slot
    booster: Slot
    booster_after_live: Slot
    last_live: Slot
    last_inactivated: Slot
    citation: str


@dataclass(frozen=True, slots=True)
class OwedRule:
    """The same stages as they are asked for; `booster` follows an inactivated primary stage."""

    live: ProductCode
    inactivated: ProductCode
    unvaccinated: ProductCode
    primary: Slot
    primary_second: Slot
    second_gap: Span
    booster: Slot
    booster_after_live: Slot
    last_inactivated: Slot
    citation: str


class Stage(Enum):
    """How far the line has come."""

    NONE = auto()
    ONE_INACTIVATED = auto()
    PRIMARY = auto()
    BOOSTED_INACTIVATED = auto()
    DONE = auto()


@dataclass(slots=True)
class Progress:
    stage: Stage = Stage.NONE
    live_primary: bool = False


def judge(record: Record, child: Child, rules: tuple[GivenRule, ...]) -> Progress:
    rule = rules[-1]
    progress = Progress()
    anchors: dict[str, Day] = {}
    for dose in record.judged:
        if progress.stage is Stage.DONE:
            break
        slot = _slot(progress, dose, rule)
        faults = shortfalls(record, slot, dose, child.birth, anchors)
        if faults:
            record.refuse(dose, faults)
            continue
        record.count(dose)
        anchors["previous"] = dose.day
        _advance(progress, live="live" in dose.product.traits)
    return progress


def _slot(progress: Progress, dose: Given, rule: GivenRule) -> Slot:
    live = "live" in dose.product.traits
    match progress.stage:
        case Stage.NONE:
            return rule.primary
        case Stage.ONE_INACTIVATED:
            # One inactivated dose followed by a live one: the live one is the primary stage, at any interval.
            return rule.primary if live else rule.primary_second
        case Stage.PRIMARY:
            return rule.booster_after_live if live and progress.live_primary else rule.booster
        case _:
            return rule.last_live if live else rule.last_inactivated


def _advance(progress: Progress, *, live: bool) -> None:
    match progress.stage:
        case Stage.NONE:
            progress.stage = Stage.PRIMARY if live else Stage.ONE_INACTIVATED
            progress.live_primary = live
        case Stage.ONE_INACTIVATED:
            progress.stage = Stage.PRIMARY
            progress.live_primary = live
        case Stage.PRIMARY:
            progress.stage = Stage.DONE if live else Stage.BOOSTED_INACTIVATED
        case _:
            progress.stage = Stage.DONE


def forecast(record: Record, progress: Progress, child: Child, rule: OwedRule, gap: Span) -> Forecast:
    if progress.stage is Stage.DONE:
        return COMPLETE
    only_inactivated = bool(record.given) and all("live" not in dose.product.traits for dose in record.given)
    if child.avoid_live or only_inactivated:
        product = rule.inactivated
    else:
        product = rule.live if record.given else rule.unvaccinated
    slots = _wanted(progress, rule, live=product == rule.live)
    steps = []
    for dose, slot in enumerate(slots, start=len(record.counted) + 1):
        second = slot is rule.primary_second
        last = slot is rule.last_inactivated
        steps.append(
            Step(
                product=rule.inactivated if last else product,
                dose=dose,
                age=slot.age,
                after=slot.after,
                overdue_from=slot.complete_by.after(child.birth) if slot.complete_by else None,
                citation=slot.citation,
                gap=rule.second_gap if second else gap,
            )
        )
    return Forecast(steps, line_anchors(record))


def _wanted(progress: Progress, rule: OwedRule, *, live: bool) -> list[Slot]:
    """The slots still open when the rest is given with one kind of product."""
    stage, live_primary = progress.stage, progress.live_primary
    slots: list[Slot] = []
    if stage is Stage.NONE:
        slots = [rule.primary] if live else [rule.primary, rule.primary_second]
    elif stage is Stage.ONE_INACTIVATED:
        slots = [rule.primary] if live else [rule.primary_second]
    if stage in (Stage.NONE, Stage.ONE_INACTIVATED):
        live_primary = live
    if stage in (Stage.NONE, Stage.ONE_INACTIVATED, Stage.PRIMARY):
        slots.append(rule.booster_after_live if live_primary else rule.booster)
        if not live:
            slots.append(rule.last_inactivated)
    elif stage is Stage.BOOSTED_INACTIVATED:
        slots.append(rule.last_inactivated)
    return slots
