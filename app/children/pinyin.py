"""How a name sounds: every reading of every character, with the readings that only surnames have."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, pinyin

#: Characters that are read in another way as a surname.
_SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "区": "ou", "查": "zha", "任": "ren", "盖": "ge", "乐": "yue",
    "朴": "piao", "覃": "qin", "卜": "bu", "洗": "xian", "缪": "miao", "员": "yun", "种": "chong", "秘": "bi",
    "折": "she", "召": "shao", "隗": "wei", "郇": "xun", "黑": "he", "么": "yao", "牟": "mu", "翟": "zhai",
    "祭": "zhai", "繁": "po", "句": "gou",
}  # fmt: skip
_COMPOUND_SURNAMES = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "长孙": ("zhang", "sun"), "单于": ("chan", "yu"),
    "澹台": ("tan", "tai"), "令狐": ("ling", "hu"), "鲜于": ("xian", "yu"), "夏侯": ("xia", "hou"),
    "乐正": ("yue", "zheng"),
}  # fmt: skip
_HISSING = ("zh", "ch", "sh")


@dataclass(frozen=True, slots=True, repr=False)
class SpokenName:
    """A folded name without its dots, and for each character the ways to read it, the likeliest first."""

    letters: str
    readings: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        return "<SpokenName, not shown>"


def spoken(folded: str) -> SpokenName:
    """How a folded name sounds."""
    letters = folded.replace("·", "").replace(" ", "")
    readings = [_readings(letter) for letter in letters]
    surname: tuple[str, ...]
    if letters[:2] in _COMPOUND_SURNAMES:
        surname = _COMPOUND_SURNAMES[letters[:2]]
    else:
        surname = (_SURNAMES[letters[0]],) if letters[:1] in _SURNAMES else ()
    for place, reading in enumerate(surname):
        readings[place] = (reading, *(other for other in readings[place] if other != reading))
    return SpokenName(letters, tuple(readings))


def plain_latin(text: str) -> str:
    """Typed pinyin as letters alone: 「Lǚ Xī'ān」, 「lyu xian」 → 「lvxian」."""
    decomposed = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "v").replace("ü", "v")
    letters = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in " '’-`")
    return unicodedata.normalize("NFC", letters).replace("lyu", "lv").replace("nyu", "nv")


def pieces(reading: str) -> tuple[str, ...]:
    """What people type for one syllable: all of it, or its initial."""
    initials = (reading[:2], reading[:1]) if reading.startswith(_HISSING) else (reading[:1],)
    return (reading, *(one for one in initials if one != reading))


def blurred(reading: str) -> str:
    """A syllable as many regions say it: no zh ch sh apart from z c s, no ng apart from n."""
    for hissing in _HISSING:
        reading = reading.replace(hissing, hissing[0])
    return reading.replace("ng", "n")


@lru_cache(maxsize=20_000)
def _readings(letter: str) -> tuple[str, ...]:
    found = pinyin(letter, style=Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(found[0])) if found else (letter,)
