"""The months of a round: from its first day to its re-check deadline, September to December in autumn."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from app.campaigns.models import Campaign

_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    month: int

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        return self.first.replace(day=calendar.monthrange(self.year, self.month)[1])

    @property
    def code(self) -> str:
        return f"{self.year}-{self.month:02}"

    @property
    def word(self) -> str:
        return _("%(year)s 年 %(month)s 月", year=self.year, month=self.month)


def months_of(campaign: Campaign, today: dt.date) -> list[Month]:
    """Those that have begun."""
    until = min(campaign.recheck_by, max(today, campaign.first_day))
    return list(_months(campaign.first_day, until))


def _months(first: dt.date, last: dt.date) -> Iterator[Month]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield Month(year, month)
        year, month = (year, month + 1) if month < _DECEMBER else (year + 1, 1)
