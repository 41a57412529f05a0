"""School days: weekdays less public holidays, with the working weekends around them.

The calendar of holidays is made known a year ahead; beyond it only weekends and the holidays of a fixed date are, and
`known` says so.
"""

import datetime as dt

import chinese_calendar

from app.holidays import closed_days


def is_school_day(day: dt.date) -> bool:
    if known(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day.toordinal() not in closed_days()


def school_days(first: dt.date, last: dt.date) -> int:
    """How many there are from the first to the last day, both counted; 0 if they are the wrong way round."""
    days = (last - first).days + 1
    return sum(is_school_day(first + dt.timedelta(number)) for number in range(max(days, 0)))


def known(year: int) -> bool:
    """Are the public holidays of this year known?"""
    try:
        chinese_calendar.is_workday(dt.date(year, 6, 1))
    except NotImplementedError:
        return False
    return True
