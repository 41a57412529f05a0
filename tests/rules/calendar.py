"""Days counted from days by a second hand: month by month, as a nurse does with a calendar. Shares nothing with rules.

R3: where the day does not exist in its month, the 1st of the following month stands for it.
"""

import datetime as dt


def day(start: str, *spans: str) -> str:
    """The day that lies the spans after `start`, one after the other: `day("2020-02-29", "1y", "-1d")`."""
    here = dt.date.fromisoformat(start)
    for span in spans:
        number, unit = int(span[:-1]), span[-1]
        here = (
            here + dt.timedelta(days=number) if unit == "d" else _months_on(here, number * (12 if unit == "y" else 1))
        )
    return here.isoformat()


def _months_on(start: dt.date, months: int) -> dt.date:
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    days_of_month = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    if start.day <= days_of_month:
        return dt.date(year, month, start.day)
    return dt.date(year, month, days_of_month) + dt.timedelta(days=1)
