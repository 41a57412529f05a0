"""Where things stand in the pictures: points, bands and bars in the units of an SVG's view box. Pure.

A picture is markup with presentation attributes and classes; a table with the same numbers stands behind each.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.campaigns.models import Campaign
from app.campaigns.pace import goals_of
from app.campaigns.queries import deadline
from app.oversight.board import Group, Stand
from app.oversight.measuring import Standing, band, standing, wilson

#: The drawing area within the view box.
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 330, 52, 12, 628, 290


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A school in the funnel. `mark`: the letter that explains it below."""

    x: float
    y: float
    stand: Stand
    lies: Standing
    mark: str = ""

    @property
    def kind(self) -> str:
        if self.lies is Standing.VERY_LOW:
            return "low"
        return "high" if self.lies is Standing.VERY_HIGH else "inside"


@dataclass(frozen=True, slots=True)
class Funnel:
    rate: float
    line: float
    inner: str
    outer: str
    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]

    @property
    def outside(self) -> list[Dot]:
        return [one for one in self.dots if one.kind != "inside"]


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    day: dt.date
    number: int
    so_far: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Bars of a day, the line of all days, the dashes of the milestones."""

    bars: tuple[Bar, ...]
    line: str
    plan: str
    up: tuple[Tick, ...]
    across: tuple[Tick, ...]
    most: int
    end: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Whisker:
    """A rate with its interval on a common scale."""

    low: float
    high: float
    at: float
    words: str


def funnel_of(whole: Group) -> Funnel | None:
    """全程接种率 of every school that has checked; None while there is nothing to compare."""
    stands = [one for one in whole.stands if one.checked]
    checked = sum(one.checked for one in stands)
    complete = sum(one.complete for one in stands)
    if len(stands) < 3 or not complete:
        return None
    rate = complete / checked
    most = max(one.checked for one in stands)
    floor = min(0.5, *(math.floor(10 * one.complete / one.checked) / 10 for one in stands))
    widest = math.sqrt(most * 1.05)

    def x(of: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * math.sqrt(of) / widest, 1)

    def y(share: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (max(share, floor) - floor) / (1 - floor), 1)

    sizes = sorted({max(1, round(most * 1.05 * (step / 60) ** 2)) for step in range(3, 61)})
    bands = band(rate, sizes)
    found, mark = [], iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for one in sorted(stands, key=lambda stand: stand.complete / stand.checked):
        lies = standing(one.complete, one.checked, rate)
        outside = lies in {Standing.VERY_LOW, Standing.VERY_HIGH}
        found.append(Dot(x(one.checked), y(one.complete / one.checked), one, lies, next(mark, "") if outside else ""))
    return Funnel(
        rate,
        y(rate),
        _area([(x(of), y(inner.low), y(inner.high)) for of, inner, _outer in bands]),
        _area([(x(of), y(outer.low), y(outer.high)) for of, _inner, outer in bands]),
        tuple(found),
        tuple(Tick(x(of), str(of)) for of in _round_numbers(most)),
        tuple(Tick(y(tenth / 10), f"{tenth * 10}%") for tenth in range(round(floor * 10), 11)),
    )


def trend_of(campaign: Campaign, whole: Group, today: dt.date) -> Trend:
    """From the first day of term, or of checking where that was earlier, to the deadline or today."""
    by_day, everybody = whole.by_day, whole.figures.expected
    first = min([campaign.first_day, *by_day])
    last = max([deadline(campaign), *by_day])
    days = (last - first).days + 1
    step = (RIGHT - LEFT) / days
    most = max(by_day.values(), default=0)

    def x(day: dt.date) -> float:
        return round(LEFT + step * (day - first).days, 1)

    def y(share: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * min(share, 1), 1)

    bars, points, so_far = [], [], 0
    for at in range(days):
        day = first + dt.timedelta(at)
        number = by_day.get(day, 0)
        so_far += number
        if number:
            height = round((BOTTOM - TOP) * 0.24 * number / most, 1)
            bars.append(Bar(x(day) + step * 0.15, BOTTOM - height, round(step * 0.7, 1), height, day, number, so_far))
        if everybody and day <= max([today, *by_day]):
            points.append((round(x(day) + step / 2, 1), y(so_far / everybody)))
    goals = [
        (x(campaign.first_day), y(0)),
        *((x(one.day) + step, y(one.share / 100)) for one in goals_of(campaign)),
    ]
    every = max(1, math.ceil(days / 7))
    return Trend(
        tuple(bars),
        " ".join(f"{a},{b}" for a, b in points),
        " ".join(f"{round(a, 1)},{b}" for a, b in goals if a <= RIGHT + 1),
        tuple(Tick(y(quarter / 4), f"{quarter * 25}%") for quarter in range(5)),
        tuple(
            Tick(round(x(day) + step / 2, 1), f"{day.month}/{day.day}")
            for at in range(0, days, every)
            if (day := first + dt.timedelta(at))
        ),
        most,
        points[-1] if points else None,
    )


def whisker_of(count: int, of: int, low: float, high: float) -> Whisker | None:
    """On a scale from `low` to `high` in per cent of the drawing's width; n stands beside it in the table."""
    interval = wilson(count, of)
    if interval is None or high <= low:
        return None

    def place(share: float) -> float:
        return round(4 + 92 * (min(max(share, low), high) - low) / (high - low), 2)

    words = f"{math.floor(100 * interval.low)}–{math.ceil(100 * interval.high)}%"
    return Whisker(place(interval.low), place(interval.high), place(count / of), words)


def scale_of(groups: Sequence[Group]) -> tuple[float, float]:
    """From where to where the intervals of all groups reach."""
    found = [one for group in groups if (one := wilson(group.figures.complete, group.figures.checked))]
    if not found:
        return 0.0, 1.0
    return min(one.low for one in found), max(one.high for one in found)


def _area(points: Sequence[tuple[float, float, float]]) -> str:
    upper = [f"{x},{high}" for x, _low, high in points]
    lower = [f"{x},{low}" for x, low, _high in reversed(points)]
    return " ".join([*upper, *lower])


def _round_numbers(most: int) -> list[int]:
    return [one for one in (10, 50, 100, 200, 300, 400, 600, 1000, 2000, 5000) if one <= most * 1.05] or [most]
