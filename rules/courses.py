"""What one line of a child still wants as the days of a plan go by: asked of the judgement itself, never guessed.

A birthday on the way may change what is asked (DTaP before seven, DT after) or end it. So a course looks at one stretch
of time after the other, between the days on which the law may turn for this child.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, NamedTuple

from rules.ages import Day, Span
from rules.assessing import outlook
from rules.law import Law, LineLaw
from rules.schedule import Edition, Slot
from rules.visits import Offer
from rules.vocabulary import Child, Dose, Doubt, Next, Owed, Status

#: Goes before all others when not everything fits (section 6).
_FIRST = frozenset({"MMR"})


class LineRules:
    """What the courses of one line of one child share."""

    def __init__(self, line: LineLaw, child: Child, edition: Edition, law: Law) -> None:
        self.line = line
        self.edition = edition
        self.law = law
        self.ends_at = law.ends_at.after(child.birth)
        rules = (line.owed_rule(edition, child.birth), *line.given_rules(child.birth))
        birthdays = {span.after(child.birth) for span in _ages(rules)} | {version.rank for version in line.given}
        #: The days after which the law may ask for something else.
        self.turns = sorted({day for day in (*birthdays, self.ends_at) if day > child.as_of})

    def owed(self, child: Child) -> tuple[Owed, ...]:
        """What the line owes on the child's day; nothing once it is complete, closed or up to date."""
        return self._project(child)[0] if child.as_of < self.ends_at else ()

    def status(self, child: Child) -> Status:
        """How the line stands on the child's day, exemptions and doubts apart."""
        owed, following, closed = self._project(child)
        if not (owed or following or closed):
            return Status.COMPLETE
        if closed or child.as_of >= self.ends_at:
            return Status.CLOSED
        return Status.OWED if owed else Status.UP_TO_DATE

    def _project(self, child: Child) -> tuple[tuple[Owed, ...], Next | None, bool]:
        forecasts, projector = outlook(child, (self.line.code,), self.edition, self.law)
        forecast = forecasts[self.line.code]
        return *projector.project(forecast.steps, forecast.anchors), forecast.closed


class _Stretch(NamedTuple):
    """`owed` may be given from `ready` on and before `until`."""

    owed: Owed
    offer: Offer


class LineCourse:
    """One line of one child after some doses of a plan. `missing`: the dose numbers owed at first and not given."""

    __slots__ = ("_after", "_ahead", "_child", "_owed", "_rules", "_stretches", "line", "missing", "owing")

    def __init__(self, child: Child, rules: LineRules, missing: frozenset[int] | None = None) -> None:
        owed = rules.owed(child)
        self._child = child
        self._rules = rules
        self._owed = owed[0] if owed else None
        self._after: dict[Day, LineCourse] = {}
        self._stretches: list[_Stretch] = []
        self._ahead = self._look_ahead()
        self.line = rules.line.code
        self.missing = frozenset(one.dose for one in owed) if missing is None else missing
        self.owing = len(self.missing)

    def offer(self, day: Day) -> Offer | None:
        """What can be given on `day`, or on the first day after it on which something can."""
        for stretch in self._stretches:
            if stretch.offer.until is None or day < stretch.offer.until:
                return stretch.offer
        found = self._stretch(day)
        return found.offer if found else None

    def owed(self, day: Day) -> Owed:
        """The owed dose behind the offer of `day`."""
        found = self._stretch(day)
        assert found is not None, "nothing is offered on that day"
        return found.owed

    def after(self, day: Day) -> "LineCourse":
        """The course once its offer of `day` was given on `day`; the same object every time."""
        return self._given(self.owed(day), day)

    def left_out(self, owed: Sequence[Owed], days: Sequence[Day]) -> list[tuple[Owed, Day, Status]]:
        """Of the doses owed at first those that are not given on `days`: the day that ends each, and how the line
        stands from then on."""
        end = self
        for day in days:
            end = end.after(day)
        found = [(one, self._ending(one, days)) for one in owed if one.dose in end.missing]
        return [(one, *ending) for one, ending in found if ending is not None]

    def _ending(self, owed: Owed, days: Sequence[Day]) -> tuple[Day, Status] | None:
        for turn in self._rules.turns:
            here = self
            for day in days:
                if day < turn:
                    here = here.after(day)
            then = replace(here._child, as_of=turn)
            if owed.dose not in {one.dose for one in self._rules.owed(then)}:
                return turn, self._rules.status(then)
        return None

    def _given(self, owed: Owed, day: Day) -> "LineCourse":
        found = self._after.get(day)
        if found is None:
            doses = (*self._child.doses, Dose(owed.product, day))
            child = replace(self._child, as_of=day, doses=doses)
            found = self._after[day] = LineCourse(child, self._rules, self.missing - {owed.dose})
        return found

    def _stretch(self, day: Day) -> _Stretch | None:
        for found in self._stretches:
            if found.offer.until is None or day < found.offer.until:
                return found
        for found in self._ahead:
            self._stretches.append(found)
            if found.offer.until is None or day < found.offer.until:
                return found
        return None

    def _look_ahead(self) -> Iterator[_Stretch]:
        start, owed, before = self._child.as_of, self._owed, None
        turns = (turn for turn in self._rules.turns if turn > self._child.as_of)
        for until in (*turns, None):
            if owed is None:
                return
            ready = max(start, owed.earliest)
            if (until is None or ready < until) and self._counts(owed, ready):
                same = before is not None and (before.product, before.dose) == (owed.product, owed.dose)
                before = self._offer(owed, before.ready if same and before else ready, until)
                yield _Stretch(owed, before)
            if until is not None:
                start = until
                later = self._rules.owed(replace(self._child, as_of=until))
                owed = later[0] if later else None

    def _counts(self, owed: Owed, day: Day) -> bool:
        """Whether the dose, given on that day, brings the line on: a later text may judge it more strictly (R7)."""
        following = self._given(owed, day)._owed
        return following is None or (following.product, following.dose) != (owed.product, owed.dose)

    def _offer(self, owed: Owed, ready: Day, until: Day | None) -> Offer:
        product = self._rules.law.products[owed.product]
        return Offer(
            owed.product,
            owed.dose,
            ready,
            until,
            injected=not product.oral,
            live=product.live_injected,
            first=self.line in _FIRST,
        )


def courses_of(child: Child, lines: Iterable[str], edition: Edition, law: Law) -> tuple[LineCourse, ...]:
    """The courses of these lines on the child's day. Doses dated after it are left aside, as everywhere."""
    return tuple(
        LineCourse(_with_what_matters(child, line.code, law), LineRules(line, child, edition, law))
        for line in law.lines
        if line.code in set(lines)
    )


def _with_what_matters(child: Child, line: str, law: Law) -> Child:
    """The child with the doses that the line looks at. A doubt on the line speaks of these, not of the plan's."""
    places = [
        index
        for index, dose in enumerate(child.doses)
        if dose.day is not None
        and child.birth <= dose.day <= child.as_of
        and (line in law.products[dose.product].feeds or law.products[dose.product].live_injected)
    ]
    doubts = tuple(
        Doubt(line, new, doubt.kind)
        for doubt in child.doubts
        if doubt.line == line
        for new, old in enumerate(places)
        if doubt.dose in (None, old)
    )
    return replace(child, doses=tuple(child.doses[index] for index in places), doubts=doubts)


def _ages(facts: Any) -> Iterator[Span]:
    """Every age among the facts of a line: at one of them the law may turn. Intervals are none."""
    if isinstance(facts, Span):
        yield facts
    elif isinstance(facts, tuple):
        for one in facts:
            yield from _ages(one)
    elif isinstance(facts, Slot):
        yield facts.age
    elif is_dataclass(facts) and not isinstance(facts, type):
        for field in fields(facts):
            yield from _ages(getattr(facts, field.name))
