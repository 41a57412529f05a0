"""The dose view: for every vaccine and dose what was due, had, owed and caught up, at which age, with which product."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.counting.baseline import DoseTally
from app.counting.columns import Place, places_with
from app.counting.figures import Figures
from app.counting.indicators import LINES, Indicator
from app.oversight.board import Group, Stand
from app.oversight.counting import AGES
from app.oversight.measures import Measures, sum_up, under
from app.oversight.models import BoardSchool


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One vaccine and dose, by the checks that stand; caught up counts the baseline."""

    place: Place
    had: int
    owes: int
    tally: DoseTally
    #: Month at which a bar begins → children.
    ages: tuple[tuple[int, int], ...]

    @property
    def due(self) -> int:
        """Had, or asked for at the last check."""
        return self.had + self.owes

    @property
    def rate(self) -> Indicator:
        """剂次补种率."""
        return Indicator("dose", "", self.tally.caught_up, self.tally.owed)


def doses_of_schools(session: Session, campaign: Campaign, group: Group) -> Measures:
    """The sums of the schools in scope; the board was counted anew before."""
    own = {one.school.id for one in group.stands}
    wanted = select(BoardSchool.school_id, BoardSchool.doses).where(BoardSchool.campaign_id == campaign.id)
    return sum_up(doses for school, doses in session.execute(wanted) if school in own)


def dose_lines(measures: Measures, figures: Figures) -> list[DoseLine]:
    """In the order of the official table, and whatever stands in 补 behind it."""
    had, owes, ages = dict(_places(measures, "had")), dict(_places(measures, "owes")), _ages(measures)
    by_place = figures.baseline.by_place
    return [
        DoseLine(
            place,
            had.get(place, 0),
            owes.get(place, 0),
            by_place.get(place, DoseTally()),
            tuple(sorted(ages.get(place, {}).items())),
        )
        for place in places_with([*had, *owes, *by_place])
    ]


def products(measures: Measures) -> list[tuple[str, str, int]]:
    """Vaccine, product, doses."""
    found = [(*key.split(".", 1), number) for key, number in under(measures, "product")]
    return sorted(((vaccine, product, number) for vaccine, product, number in found), key=lambda one: (one[0], -one[2]))


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A school: its coverage of every line."""

    name: str
    school_id: int
    cells: tuple[Indicator, ...]

    @staticmethod
    def shade(one: Indicator) -> int:
        """1 reached … 4 far from it; 0 nothing to count. Words stand in the cell too."""
        if not one.denominator:
            return 0
        share = one.numerator / one.denominator
        return 1 if share >= 0.95 else 2 if share >= 0.9 else 3 if share >= 0.8 else 4


def heat_map(group: Group, most: int = 100) -> list[HeatRow]:
    """School × vaccine: the lowest first, but no more than a page."""
    begun = sorted((one for one in group.stands if one.begun), key=_worst)[:most]
    return [HeatRow(one.school.name, one.school.id, tuple(_coverages(one))) for one in begun]


def _coverages(one: Stand) -> Iterator[Indicator]:
    """As `app.counting.indicators.coverage` has it, straight from the counts and without words."""
    get = one.measures.get
    for line in LINES:
        asked = one.checked - get(f"exempt.{line}", 0)
        yield Indicator(line, "", asked - get(f"behind.{line}", 0), asked, 95)


def _worst(one: Stand) -> tuple[float, str]:
    rates = [rate.numerator / rate.denominator for rate in _coverages(one) if rate.denominator]
    return min(rates, default=1.0), one.school.name


def _places(measures: Measures, word: str) -> Iterator[tuple[Place, int]]:
    for key, number in under(measures, word):
        vaccine, dose = key.split(".")
        yield Place(vaccine, int(dose)), number


def _ages(measures: Measures) -> dict[Place, dict[int, int]]:
    found: dict[Place, dict[int, int]] = {}
    for key, number in under(measures, "age"):
        vaccine, dose, month = key.split(".")
        found.setdefault(Place(vaccine, int(dose)), {})[int(month)] = number
    return found


def age_bars(line: DoseLine) -> Sequence[tuple[int, int | None, int]]:
    """From month, to month (None: no end), children."""
    ends = dict(zip(AGES, (*AGES[1:], None), strict=True))
    return [(month, ends[month], number) for month, number in line.ages]
