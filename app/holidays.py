"""The days on which health centers are shut by law: Chinese public holidays.

The State Council names the days of the coming year each November; `chinesecalendar` carries them. For the years after
that only the holidays of a fixed date are known (全国年节及纪念日放假办法 第二条); the others are not guessed.
"""

import datetime as dt
from functools import cache

from chinese_calendar import constants

from rules.ages import Day

#: New Year, 1 and 2 May, 1 to 3 October.
_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
#: A child of this age has no plan any more.
_YEARS_AHEAD = 18


def known_until() -> dt.date:
    """The last day of the years whose holidays were announced when the library was released."""
    return dt.date(max(constants.holidays).year, 12, 31)


@cache
def closed_days() -> frozenset[Day]:
    """Every holiday that is known, as the rules count days."""
    last = known_until().year
    announced = {day.toordinal() for day in constants.holidays}
    years = range(last + 1, last + 1 + _YEARS_AHEAD)
    return frozenset(announced | {dt.date(year, *date).toordinal() for year in years for date in _FIXED})
