"""A day of this year in a sentence: the year is not said where everybody knows it."""

import datetime as dt

from babel.dates import format_date
from flask_babel import get_locale

from forms.translating import translate as _


def month_and_day(day: dt.date) -> str:
    """9 月 3 日; outside a page, in Chinese."""
    return str(format_date(day, _("M 月 d 日"), locale=get_locale() or "zh_CN"))
