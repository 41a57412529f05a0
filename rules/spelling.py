"""Brings the many ways of writing a vaccine's name to few: width, case, marks, numerals, dose numbers, idle words."""

import re
import unicodedata
from collections.abc import Iterator

from rules.schedule import Spelling

#: Roman numerals count types, circled ones count doses.
_SIGNS = str.maketrans(
    dict(zip("ⅠⅡⅢⅣⅰⅱⅲⅳ", "12341234", strict=True)) | {sign: f"第{n}剂" for n, sign in enumerate("①②③④⑤⑥⑦⑧⑨", 1)}
)
#: Roman numerals in Latin letters, standing alone: the types of polio.
_LATIN_ROMAN = re.compile(r"(?<![A-Za-z])(III|II|I)(?![A-Za-z])")
_TYPE = re.compile(r"(?<=[0-9])型")
_MARKS = re.compile(r"[\W_]+")
_VACCINE = re.compile(r"疫苗|苗")
#: A群C群, AC群, ACYW135群: the letters alone say it.
_GROUPS = re.compile(r"(?<![A-Za-z])(?:[ACYW]群?)+(?:135)?群?", re.IGNORECASE)

_NUMBER = r"[0-9一二三四五六七八九十]{1,2}"
#: What booklets add to a name. The number of a dose is never trusted, so it is never needed.
_TURN = rf"(?:第?{_NUMBER}|[首末])(?:剂次|针次|剂|针|次)|基础(?:免疫)?|加强(?:免疫|针|剂)?|强化|[补复初]种"
_STRENGTH = r"[0-9]+(?:\.[0-9]+)?(?:[uμµ]g|微克|ml|毫升|IU)(?:/[0-9.]*(?:ml|毫升|支|瓶|剂))?"
_MORE = re.compile(
    rf"(?:[\s、,·-]*[(\[【]?(?:{_TURN}|{_STRENGTH})[)\]】]?\s*$)"
    rf"|(?:^\s*[(\[【]?(?:{_TURN})[)\]】]?[\s、,:]*)"
    # A bare number behind a Chinese character or a bracket: 乙肝疫苗2, 百白破(4/5), 乙肝#3.
    r"|(?:(?<=[\u4e00-\u9fff)\]】])[\s#]*[(\[【]?[1-9](?:/[1-9])?[)\]】]?\s*$)",
    re.IGNORECASE,
)


class Speller:
    """Reads names by one law's spelling."""

    def __init__(self, spelling: Spelling) -> None:
        longest_first = sorted(spelling.beside, key=len, reverse=True)
        self._beside = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)
        self._same = [(re.compile(re.escape(word), re.IGNORECASE), other) for word, other in spelling.same.items()]

    def readings(self, text: str) -> Iterator[str]:
        """The text, then the text without whatever looks like a dose number, piece by piece."""
        text = _narrow(text)
        while True:
            yield text
            shorter = _MORE.sub("", text, count=1)
            if shorter == text:
                return
            text = shorter

    @staticmethod
    def close(text: str) -> str:
        """The text as it is but for width, marks and the word 疫苗."""
        return _VACCINE.sub("", _MARKS.sub("", _narrow(text)))

    def bare(self, text: str) -> str:
        """The text without marks, idle words and the word 疫苗, in the words that the spelling prefers."""
        plain = _LATIN_ROMAN.sub(lambda found: str(len(found[1])), _narrow(text))
        plain = self._beside.sub("", _MARKS.sub("", plain))
        for word, other in self._same:
            plain = word.sub(other, plain)
        plain = _GROUPS.sub(lambda found: found[0].replace("群", "").replace("135", ""), _TYPE.sub("", plain))
        for word, other in self._same:
            plain = word.sub(other, plain)
        return _VACCINE.sub("", plain)


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_SIGNS)).strip()
