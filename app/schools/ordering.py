"""The order of classes as people read it: 托小中大, then 一 to 六, and 2 before 10 within a grade."""

import re

from app.schools.models import SchoolClass

_PLACES = {word: place for place, word in enumerate("托小中大学零一二三四五六七八九十")}
_PARTS = re.compile(r"\d+|\D")


def class_order(school_class: SchoolClass) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    """What to sort classes by."""
    return _key(school_class.grade), _key(school_class.name)


def _key(text: str) -> list[tuple[int, int, str]]:
    return [_part(part) for part in _PARTS.findall(text)]


def _part(part: str) -> tuple[int, int, str]:
    if part.isascii() and part.isdigit():
        return 0, int(part), ""
    return (1, _PLACES[part], "") if part in _PLACES else (2, 0, part)
