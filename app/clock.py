"""The one door through which time enters.

Everything else takes `now`, `today` or `on` as an argument, so that a test, a practice run or a replay can say
what day it is.
"""

import datetime as dt
from zoneinfo import ZoneInfo

#: Schools, clinics and deadlines live on Chinese time, whatever the server's setting.
CHINA = ZoneInfo("Asia/Shanghai")

_fixed: dt.datetime | None = None
_ahead = dt.timedelta()


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return _fixed or dt.datetime.now(dt.UTC) + _ahead


def today() -> dt.date:
    """The calendar day in China."""
    return now().astimezone(CHINA).date()


def fix(moment: dt.datetime | None) -> None:
    """Stop the clock at an aware `moment` (tests, practice mode); None lets it run again."""
    global _fixed
    if moment is not None and moment.tzinfo is None:
        raise ValueError("The clock needs an aware moment: give it a time zone.")
    _fixed = moment


def run_from(moment: dt.datetime | None, *, since: dt.datetime | None = None) -> None:
    """Let the clock say `moment` at the real moment `since` (now) and run on from there (the demo); None: real time."""
    global _ahead
    if moment is None:
        _ahead = dt.timedelta()
        return
    real = since or dt.datetime.now(dt.UTC)
    if moment.tzinfo is None or real.tzinfo is None:
        raise ValueError("The clock needs aware moments: give them a time zone.")
    _ahead = moment - real
