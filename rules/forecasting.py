"""From the steps that a line still wants to owed doses with their earliest days, or to the next dose."""

from collections.abc import Callable, Iterable

from rules.ages import Day, Span
from rules.schedule import Slot, Step
from rules.vocabulary import Floor, Next, Owed, State

#: The day of the latest injected live dose of another product than the given code, or None.
LatestLive = Callable[[str], Day | None]


class Projector:
    """Projects the steps of every line of one child (sections 4 and 6)."""

    __slots__ = ("as_of", "birth", "latest_live", "live_citation", "live_codes", "live_span")

    def __init__(
        self,
        birth: Day,
        as_of: Day,
        live_codes: frozenset[str],
        latest_live: LatestLive,
        live_span: Span,
        live_citation: str,
    ) -> None:
        self.birth = birth
        self.as_of = as_of
        self.live_codes = live_codes
        self.latest_live = latest_live
        self.live_span = live_span
        self.live_citation = live_citation

    def project(self, steps: Iterable[Step], anchors: dict[str, Day]) -> tuple[tuple[Owed, ...], Next | None]:
        """The owed doses among `steps` (in order), or the next dose when none is owed; neither means complete.

        `anchors` names the days that intervals are measured from; a step that is owed moves them to the day on which
        it is expected, `max(as_of, earliest)`.
        """
        owed: list[Owed] = []
        for step in steps:
            scheduled = step.age.after(self.birth)
            if scheduled > self.as_of and owed:
                break
            floors = self.floors(step, scheduled, anchors)
            earliest = max([floor.day for floor in floors])
            if step.until is not None and earliest >= step.until:
                continue
            if scheduled > self.as_of:
                return (), Next(step.product, step.dose, earliest)
            owed.append(self._owed(step, scheduled, earliest, floors))
            give(step, max(self.as_of, earliest), anchors)
        return tuple(owed), None

    def floors(self, step: Step, scheduled: Day, anchors: dict[str, Day]) -> list[Floor]:
        """Everything the step waits for; its earliest day is the latest of them."""
        floors = [Floor("age", step.age, self.birth, scheduled, step.citation)]
        for anchor, span in step.after.items():
            since = anchors.get(anchor)
            if since is not None:
                floors.append(Floor(anchor, span, since, span.after(since), step.citation))
        line = anchors.get("line")
        if step.gap is not None and line is not None:
            floors.append(Floor("line", step.gap, line, step.gap.after(line), "R9"))
        if step.product in self.live_codes:
            since = self.latest_live(step.product)
            if since is not None:
                floors.append(Floor("live", self.live_span, since, self.live_span.after(since), self.live_citation))
        return floors

    def _owed(self, step: Step, scheduled: Day, earliest: Day, floors: list[Floor]) -> Owed:
        if earliest > self.as_of:
            state = State.WAITING
        elif step.overdue_from is not None and self.as_of >= step.overdue_from:
            state = State.OVERDUE
        else:
            state = State.DUE
        because = [step.citation]
        for floor in floors:
            if floor.day == earliest and floor.citation not in because:
                because.append(floor.citation)
        return Owed(
            step.product,
            step.dose,
            earliest,
            state,
            step.condition,
            tuple(because),
            scheduled,
            step.age,
            tuple(floors),
            step.type2_dose,
            step.overdue_from,
        )


def give(step: Step, day: Day, anchors: dict[str, Day]) -> None:
    """Move the anchors as if the step were given on `day`."""
    for anchor in ("line", "previous", *step.moves):
        anchors[anchor] = day


def step_of(slot: Slot, birth: Day, gap: Span, product: str | None = None) -> Step:
    """The step that fills a slot of a plain series."""
    return Step(
        product=product or slot.product,
        dose=slot.dose,
        age=slot.age,
        after=slot.after,
        overdue_from=slot.complete_by.after(birth) if slot.complete_by else None,
        citation=slot.citation,
        gap=gap,
        moves=("first",) if slot.dose == 1 else (),
    )
