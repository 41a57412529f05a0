"""Reads a date as people write it: 20210312, 2021.3.12, 2021年3月12日, 21/3/12, a month alone, or one nobody can read.

What is not a whole calendar date never becomes one: a month stays a month, an unreadable date stays what was written.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from flask_babel import gettext as _

#: How a date is kept of which only the fact is known.
UNREADABLE = "看不清"
LONGEST = 40

_SEPARATOR = r"\s*[-./年月、。~—–]\s*|\s+"
_DAY = re.compile(rf"(\d{{4}}|\d{{2}})(?:{_SEPARATOR})(\d{{1,2}})(?:{_SEPARATOR})(\d{{1,2}})\s*[日号]?", re.ASCII)
_MONTH = re.compile(rf"(\d{{4}})(?:{_SEPARATOR})(\d{{1,2}})\s*月?", re.ASCII)
_YEAR = re.compile(r"(\d{4})\s*年?", re.ASCII)
_GIVEN_UP = frozenset({"/", "、", "?", "看不清", "不清", "不详", "模糊", "无法辨认"})


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: a day, or else the text of what is less than a day."""

    day: dt.date | None = None
    partial: str | None = None

    def __str__(self) -> str:
        return self.day.isoformat() if self.day else self.partial or ""


class NoDate(ValueError):
    """This is not a date; the message is a sentence for the person who typed it."""


def read_written(text: str) -> Written:
    """The date meant by `text`; NoDate says what is wrong with it."""
    plain = _plain(text)
    if plain in _GIVEN_UP:
        return Written(partial=UNREADABLE)
    if re.fullmatch(r"\d{6}|\d{8}", plain, re.ASCII):
        return _digits(plain)
    if found := _DAY.fullmatch(plain):
        return Written(day=_calendar(text, *found.groups()))
    if found := _MONTH.fullmatch(plain):
        return Written(partial=_month(text, *found.groups()))
    if found := _YEAR.fullmatch(plain):
        return Written(partial=found[1])
    if ("?" in plain or UNREADABLE in plain) and len(plain) <= LONGEST:
        return Written(partial=plain)
    raise NoDate(_("“%(text)s”认不出是哪天。请写成 20210312；只有年月写 2021-03，看不清写 /。", text=_short(text)))


def read_day(text: str) -> dt.date:
    """A whole day; NoDate where a month or an unreadable date was written."""
    written = read_written(text)
    if written.day is None:
        raise NoDate(_("要写到哪一天，像 20200305。"))
    return written.day


def too_early(written: Written, birth_date: dt.date) -> bool:
    """Does it lie before birth, as far as it is known?"""
    return _compared(written, birth_date) < 0


def too_late(written: Written, today: dt.date) -> bool:
    """Is it still to come, as far as it is known?"""
    return _compared(written, today) > 0


def _compared(written: Written, day: dt.date) -> int:
    """-1, 0, 1: before, perhaps on, after that day. A month is compared as a month."""
    known = str(written)
    if written.day is None and not re.fullmatch(r"\d{4}(-\d{2})?", known, re.ASCII):
        return 0
    other = day.isoformat()[: len(known)]
    return (known > other) - (known < other)


def _plain(text: str) -> str:
    """Half-width, without spaces at the ends; what an input method makes of a full stop or a stroke is that again."""
    return unicodedata.normalize("NFKC", text).strip()


def _digits(plain: str) -> Written:
    """Eight digits are a day; six are a day with a short year, or a month, and now and then could be both."""
    if len(plain) == 8:
        return Written(day=_calendar(plain, plain[:4], plain[4:6], plain[6:]))
    day, month = _possible_day(plain), _possible_month(plain)
    if day and month:
        raise NoDate(
            _("%(text)s 可能是 %(day)s，也可能是 %(month)s。请写全一点。", text=plain, day=day.isoformat(), month=month)
        )
    if day:
        return Written(day=day)
    if month:
        return Written(partial=month)
    raise NoDate(_("没有 %(text)s 这一天，也没有这个月。请照证上的再看一遍。", text=plain))


def _possible_day(plain: str) -> dt.date | None:
    try:
        return dt.date(2000 + int(plain[:2]), int(plain[2:4]), int(plain[4:]))
    except ValueError:
        return None


def _possible_month(plain: str) -> str | None:
    if plain[:2] not in {"19", "20"} or not 1 <= int(plain[4:]) <= 12:
        return None
    return f"{plain[:4]}-{plain[4:]}"


def _calendar(text: str, year: str, month: str, day: str) -> dt.date:
    whole = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        found = dt.date(whole, int(month), int(day))
    except ValueError:
        raise NoDate(_("没有 %(text)s 这一天。请照证上的再看一遍。", text=_short(text))) from None
    if not 1900 <= found.year <= 2199:
        raise NoDate(_("%(text)s 的年份不对。请看是不是写错了。", text=_short(text)))
    return found


def _month(text: str, year: str, month: str) -> str:
    if not 1 <= int(month) <= 12:
        raise NoDate(_("没有 %(text)s 这个月。请照证上的再看一遍。", text=_short(text)))
    return f"{year}-{int(month):02}"


def _short(text: str) -> str:
    trimmed = text.strip()
    return trimmed if len(trimmed) <= 20 else trimmed[:20] + "…"
