"""How many doses of each product will be wanted in which week. Pure; the sums add up both ways."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.clinic.queries import Missing
from app.notices.models import NoticePart
from rules import national

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """One product: doses by week, beginning with this one; `later` is what comes after the last week."""

    product: str
    by_week: tuple[int, ...]
    later: int

    @property
    def total(self) -> int:
        return sum(self.by_week) + self.later


@dataclass(frozen=True, slots=True)
class Order:
    """The whole table. `refused` doses are owed too, but nobody will come for them as things stand."""

    weeks: tuple[dt.date, ...]
    rows: tuple[Wanted, ...]
    refused: int

    @property
    def by_week(self) -> tuple[int, ...]:
        return tuple(sum(row.by_week[place] for row in self.rows) for place in range(len(self.weeks)))

    @property
    def later(self) -> int:
        return sum(row.later for row in self.rows)

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    @property
    def most(self) -> int:
        return max((row.total for row in self.rows), default=0)


def order(children: Sequence[Missing], today: dt.date, booked: Mapping[int, dt.date]) -> Order:
    """`booked`: item → the day of its appointment. Without one a dose is wanted as soon as it may be given."""
    monday = today - dt.timedelta(days=today.weekday())
    weeks = tuple(monday + dt.timedelta(weeks=place) for place in range(WEEKS))
    counted: Counter[tuple[str, int]] = Counter()
    for child in children:
        for item in child.open:
            if item.part is NoticePart.CATCH_UP:
                day = max(booked.get(item.id, item.earliest), today)
                counted[item.product, min((day - monday).days // 7, WEEKS)] += 1
    products = [code for code in national().products if any(product == code for product, _ in counted)]
    rows = tuple(
        Wanted(code, tuple(counted[code, place] for place in range(WEEKS)), counted[code, WEEKS]) for code in products
    )
    refused = sum(len(child.owed) - len(child.open) for child in children)
    return Order(weeks, tuple(sorted(rows, key=lambda row: -row.total)), refused)
