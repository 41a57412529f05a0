"""Days, months and ages as the law counts them.

Inside the engine a day is a whole number (`date.toordinal`): comparing and subtracting days is what judging consists
of, and numbers do it several times faster than dates.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial

Day = int

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SPAN = re.compile(r"(\d+)([dmy])", re.ASCII)


@lru_cache(maxsize=65536)
def parse_day(text: str) -> Day | None:
    """The day written as `YYYY-MM-DD`, or None where that is not exactly a calendar date (section 2 of the rules)."""
    if not _ISO.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def iso(day: Day) -> str:
    """The day as `YYYY-MM-DD`."""
    return dt.date.fromordinal(day).isoformat()


def add_months(day: Day, months: int) -> Day:
    """`months` months after `day`; where that day does not exist, the 1st of the following month (R3)."""
    return _months_after(months, day)


@lru_cache(maxsize=262144)
def _months_after(months: int, day: Day) -> Day:
    start = dt.date.fromordinal(day)
    total = start.year * 12 + start.month - 1 + months
    year, month = divmod(total, 12)
    try:
        return dt.date(year, month + 1, start.day).toordinal()
    except ValueError:
        year, month = divmod(total + 1, 12)
        return dt.date(year, month + 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as the texts state it: whole months (years are twelve) or whole days."""

    months: int = 0
    days: int = 0
    #: The first day that is this long after a day: asked dozens of times a child, so it is bound once and runs in C.
    after: Callable[[Day], Day] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        later = partial(_months_after, self.months) if self.months else self.days.__add__
        object.__setattr__(self, "after", later)

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read `28d`, `6m` or `4y`; ValueError says what is accepted."""
        match = _SPAN.fullmatch(text)
        if not match:
            raise ValueError(f"{text!r} is not a length of time: write days, months or years such as 28d, 6m, 4y")
        number, unit = int(match[1]), match[2]
        if unit == "d":
            return cls(days=number)
        return cls(months=number * (12 if unit == "y" else 1))

    def __str__(self) -> str:
        if not self.months:
            return f"{self.days}d"
        return f"{self.months // 12}y" if self.months % 12 == 0 else f"{self.months}m"


def completed_months(birth: Day, day: Day) -> tuple[int, int]:
    """The age on `day` as completed months and the days beyond them (`8月龄+3天`)."""
    first, last = dt.date.fromordinal(birth), dt.date.fromordinal(day)
    months = (last.year - first.year) * 12 + last.month - first.month
    while months > 0 and add_months(birth, months) > day:
        months -= 1
    return months, day - add_months(birth, months)
