"""The indicators of the check, each with its numerator and denominator. A rate without a denominator is —. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.counting.columns import dose_word, places_with, vaccine_word
from app.counting.figures import Figures
from forms.translating import translate as _
from forms.wording import line_name

#: The lines that a child is checked for, in the order of the official table.
LINES = ("BCG", "HepB", "Polio", "DTP", "MMR", "JE", "Men", "HepA")
#: Stands where nothing is divided by nothing.
NONE = "—"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One rate. `code` is for programs, `label` for people, `target` in per cent."""

    code: str
    label: str
    numerator: int
    denominator: int
    target: int | None = None

    @property
    def rate(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> str:
        """With one decimal, cut and not rounded: 99.96 % is no 100 %."""
        if not self.denominator:
            return NONE
        whole, tenth = divmod(1000 * self.numerator // self.denominator, 10)
        return f"{whole}.{tenth}%"

    @property
    def reached(self) -> bool | None:
        """Whether the target was reached; None without a target or a denominator."""
        if self.target is None or not self.denominator:
            return None
        return 100 * self.numerator >= self.target * self.denominator


@dataclass(frozen=True, slots=True)
class Reported:
    """Of the schools that are due a list: how many gave one, how many in time."""

    due: int
    reported: int
    in_time: int


def indicators_of(figures: Figures, reported: Reported, lines: Iterable[str] = LINES) -> list[Indicator]:
    """The rates of a group, in the order of the official table; those per dose are in `dose_indicators`."""
    baseline = figures.baseline
    return [
        Indicator("checked", _("查验率"), figures.checked, figures.expected),
        Indicator("certificate", _("持证率"), figures.with_certificate, figures.checked),
        Indicator("replaced", _("补证率"), figures.replaced, figures.without_certificate, 98),
        Indicator("complete", _("全程接种率"), figures.complete, figures.checked),
        Indicator("caught_up", _("补种率"), baseline.caught_up, baseline.children, 90),
        Indicator("doses", _("剂次补种率"), baseline.doses.caught_up, baseline.doses.owed),
        *(coverage(figures, line) for line in lines),
        Indicator("reported", _("报告完整率"), reported.reported, reported.due),
        Indicator("in_time", _("报告及时率"), reported.in_time, reported.due),
    ]


def coverage(figures: Figures, line: str) -> Indicator:
    """Checked children who owe nothing of this vaccine today, without those to whom the clinic does not give it."""
    asked = figures.checked - figures.exempt[line]
    label = _("%(vaccine)s接种率", vaccine=line_name(line))
    return Indicator(f"coverage.{line}", label, asked - figures.behind[line], asked, 95)


def dose_indicators(figures: Figures) -> Iterator[Indicator]:
    """剂次补种率 per vaccine and dose."""
    by_place = figures.baseline.by_place
    for place in places_with(list(by_place)):
        tally = by_place.get(place)
        owed, done = (tally.owed, tally.caught_up) if tally else (0, 0)
        label = f"{vaccine_word(place.vaccine)} {dose_word(place)}"
        yield Indicator(f"dose.{place.vaccine}.{place.dose}", label, done, owed)
