"""The days of the demo: when it opens, what happened before, and the campaign's dates."""

import datetime as dt

from app.clock import CHINA

#: The first thing a visitor sees: a Thursday, the third day of term, half past eight.
OPENING = dt.datetime(2026, 9, 3, 8, 30, tzinfo=CHINA)
TODAY = OPENING.date()
#: Organisations, people and the campaign were entered in the last week of the holidays.
SET_UP = dt.datetime(2026, 8, 24, 9, 0, tzinfo=CHINA)
#: Rosters and the registry's file were read on the first morning of term.
ROSTERS = dt.datetime(2026, 9, 1, 7, 40, tzinfo=CHINA)
#: The registry's file knows doses up to this day.
REGISTRY_UNTIL = dt.date(2026, 8, 31)

FIRST_DAY = dt.date(2026, 9, 1)
JOINS_FROM = dt.date(2026, 7, 1)
RECHECK_BY = dt.date(2026, 12, 31)
