"""Spans of time in words: ages in 月龄 and 岁, intervals in 天, 个月 and 年."""

import datetime as dt

from forms.translating import translate as _
from rules.ages import Day, Span, completed_months


def span_of_age(span: Span) -> str:
    """A minimum age: 8 月龄, 6 岁, 出生."""
    if span.months and span.months % 12 == 0 and span.months >= 24:
        return _("%(n)s 岁", n=span.months // 12)
    if span.months:
        return _("%(n)s 月龄", n=span.months)
    return _("%(n)s 天", n=span.days) if span.days else _("出生")


def span_of_time(span: Span) -> str:
    """An interval: 28 天, 3 个月, 3 年."""
    if span.months and span.months % 12 == 0 and span.months > 12:
        return _("%(n)s 年", n=span.months // 12)
    if span.months:
        return _("%(n)s 个月", n=span.months)
    return _("%(n)s 天", n=span.days)


def compact_age(birth: Day, day: Day) -> str:
    """The age at a dose, for a narrow cell: 出生当天, 8月龄＋3天, 6岁＋2月."""
    if day == birth:
        return _("出生当天")
    months, days = completed_months(birth, day)
    if months >= 24:
        years, rest = divmod(months, 12)
        if rest:
            return _("%(y)s岁＋%(m)s月", y=years, m=rest)
        return _("%(y)s岁＋%(d)s天", y=years, d=days) if days else _("%(y)s岁", y=years)
    if not months:
        return _("%(d)s天", d=days)
    return _("%(m)s月龄＋%(d)s天", m=months, d=days) if days else _("%(m)s月龄", m=months)


def age_in_words(birth: Day, day: Day) -> str:
    """An age in a sentence: 2 月龄又 19 天."""
    months, days = completed_months(birth, day)
    if months >= 24:
        years, rest = divmod(months, 12)
        return _("%(y)s 岁 %(m)s 个月", y=years, m=rest) if rest else _("%(y)s 岁", y=years)
    if not months:
        return _("%(d)s 天", d=days)
    return _("%(m)s 月龄又 %(d)s 天", m=months, d=days) if days else _("%(m)s 月龄", m=months)


def age_at(birth_date: dt.date, day: dt.date) -> str:
    """A child's age today: 6 岁 5 个月; under two years in months."""
    months, _days = completed_months(birth_date.toordinal(), day.toordinal())
    years, rest = divmod(months, 12)
    if years < 1:
        return _("%(m)s 个月", m=months)
    return _("%(y)s 岁 %(m)s 个月", y=years, m=rest) if rest else _("%(y)s 岁", y=years)


def weekday_word(number: int) -> str:
    """The name of a weekday; 1 is Monday."""
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[number - 1]
