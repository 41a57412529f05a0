"""Does what a clerk typed mean this child? Pure: words against one entry of a roster, with how well they fit."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import IntEnum

from app.children.look_alikes import fold_look_alikes
from app.children.pinyin import SpokenName, blurred, pieces, plain_latin, spoken
from app.privacy.folding import fold_name, fold_number
from app.privacy.roster import Entry

_DATE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))\Z")
_LAST_FOUR = re.compile(r"\d{3}[\dX]\Z")
_LONGEST = 60


class MatchedBy(IntEnum):
    """Why a child was found; the smaller, the surer."""

    NUMBER = 0
    NAME = 1
    NAME_BEGINS = 2
    NAME_PART = 3
    FORMER_NAME = 4
    LAST_FOUR = 5
    BIRTH_DATE = 6
    PINYIN = 7
    PINYIN_PART = 8
    LOOK_ALIKE = 9
    HOMOPHONE = 10
    NEAR_SOUND = 11


@dataclass(frozen=True, slots=True, repr=False)
class Word:
    """One word of a question, prepared once for a whole roster."""

    spoken: SpokenName
    look_alike: str
    latin: str
    blurred_latin: str
    last_four: str | None
    birth_date: dt.date | None

    def __repr__(self) -> str:
        return "<Word, not shown>"


def words(text: str) -> list[Word]:
    """The words of a question; every one of them has to fit."""
    return [_word(one) for one in fold_question(text).split()]


def fold_question(text: str) -> str:
    """What was typed, in one form and not endless; spaces still part words."""
    return " ".join(fold_name(one) for one in text[:_LONGEST].split())


def birth_date_in(text: str) -> dt.date | None:
    """A whole date, in the ways people type it: 20200305, 2020.3.5, 2020年3月5日."""
    found = _DATE.match(text.replace("·", "."))
    if not found:
        return None
    year, month, day, month_2, day_2 = found.groups()
    try:
        return dt.date(int(year), int(month or month_2), int(day or day_2))
    except ValueError:
        return None


def match(question: list[Word], entry: Entry) -> MatchedBy | None:
    """How the question fits this child; as well as its worst word does, None if one does not."""
    worst = MatchedBy.NUMBER
    for word in question:
        fit = _fit(word, entry)
        if fit is None:
            return None
        worst = max(worst, fit)
    return worst if question else None


def _word(text: str) -> Word:
    latin = plain_latin(text)
    number = fold_number(text)
    heard = spoken(text)
    return Word(
        spoken=heard,
        look_alike=fold_look_alikes(heard.letters),
        latin=latin,
        blurred_latin=blurred(latin),
        last_four=number if _LAST_FOUR.match(number) else None,
        birth_date=birth_date_in(text),
    )


def _fit(word: Word, entry: Entry) -> MatchedBy | None:
    if word.last_four and word.last_four in entry.last_fours:
        return MatchedBy.LAST_FOUR
    if word.birth_date and word.birth_date == entry.birth_date:
        return MatchedBy.BIRTH_DATE
    if not word.spoken.letters or word.spoken.letters.isdigit():
        return None
    fits = [_by_name(word, entry.spoken), *(_former(_by_name(word, name)) for name in entry.former)]
    return min((fit for fit in fits if fit is not None), default=None)


def _former(fit: MatchedBy | None) -> MatchedBy | None:
    return None if fit is None else max(fit, MatchedBy.FORMER_NAME)


def _by_name(word: Word, name: SpokenName) -> MatchedBy | None:
    typed = word.spoken.letters
    place = name.letters.find(typed)
    if place >= 0:
        if place > 0:
            return MatchedBy.NAME_PART
        return MatchedBy.NAME if len(typed) == len(name.letters) else MatchedBy.NAME_BEGINS
    if not word.latin.isascii() or word.latin != typed:
        by_sign = _by_signs(word, name)
        if by_sign is not None:
            return by_sign
    return _by_pinyin(word, name)


def _by_signs(word: Word, name: SpokenName) -> MatchedBy | None:
    """Characters for characters: taken for each other by the eye or by the ear."""
    if word.look_alike in fold_look_alikes(name.letters):
        return MatchedBy.LOOK_ALIKE
    asked = word.spoken.readings
    if len(asked) < 2:
        return None  # one syllable alone sounds like half the school
    windows = [name.readings[start : start + len(asked)] for start in range(len(name.readings) - len(asked) + 1)]
    if any(all(a[0] == b[0] for a, b in zip(asked, window, strict=True)) for window in windows):
        return MatchedBy.HOMOPHONE
    if any(all(_blurred(a) & _blurred(b) for a, b in zip(asked, window, strict=True)) for window in windows):
        return MatchedBy.NEAR_SOUND
    return None


def _by_pinyin(word: Word, name: SpokenName) -> MatchedBy | None:
    """Letters for syllables: zhangsan, zs, zhangs, 张s."""
    if not any(letter.isascii() and letter.isalpha() for letter in word.latin):
        return None
    whole = (0, len(name.letters))
    usual = tuple(readings[:1] for readings in name.readings)
    for start in range(len(name.letters)):
        end = _eaten(word.latin, name, start, usual)
        if end is not None:
            return MatchedBy.PINYIN if (start, end) == whole else MatchedBy.PINYIN_PART
        if _eaten(word.latin, name, start, name.readings) is not None:
            return MatchedBy.PINYIN_PART
    blurred_readings = tuple(tuple(_blurred(readings)) for readings in name.readings)
    if len(word.latin) > 2 and any(
        _eaten(word.blurred_latin, name, start, blurred_readings) is not None for start in range(len(name.letters))
    ):
        return MatchedBy.NEAR_SOUND
    return None


def _eaten(rest: str, name: SpokenName, at: int, readings: tuple[tuple[str, ...], ...]) -> int | None:
    """Where in the name the typed letters end, if its syllables from `at` on can be typed so."""
    if not rest:
        return at
    if at == len(name.letters):
        return None
    if rest[0] == name.letters[at]:
        end = _eaten(rest[1:], name, at + 1, readings)
        if end is not None:
            return end
    for reading in readings[at]:
        if reading.startswith(rest):
            return at + 1  # still typing the last syllable
        for piece in pieces(reading):
            end = _eaten(rest[len(piece) :], name, at + 1, readings) if rest.startswith(piece) else None
            if end is not None:
                return end
    return None


def _blurred(readings: tuple[str, ...]) -> set[str]:
    return {blurred(reading) for reading in readings}
