"""Which class of the school a file means: 一（1）班, 一(1)班, 一年级1班 and 1年级（1）班 are one."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.schools.models import SchoolClass

_TOKENS = re.compile(r"[0-9]+|[零一二三四五六七八九十]+|[a-z]+|[^\W\d_]")
#: They say what kind of word it is, not which class.
_FILLING = frozenset("班年级第学组")
_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}
_GRADES = {**{str(number): f"{digit}年级" for number, digit in enumerate("零一二三四五六七八九")}}
_KINDERGARTEN = {"托": "托班", "小": "小班", "中": "中班", "大": "大班"}


@dataclass(frozen=True, slots=True)
class NewClass:
    """A class that the file names and the school does not have."""

    grade: str
    name: str

    @property
    def key(self) -> str:
        """The same for every way to write it."""
        return f"{'-'.join(tokens(self.grade))}:{'-'.join(tokens(self.name))}"


class ManyClasses(ValueError):
    """More than one class of the school can be meant."""


class NoGrade(ValueError):
    """The class is new, and nothing says which grade it belongs to."""


class ClassBook:
    """The classes of one school, to be found by what people write."""

    def __init__(self, classes: Sequence[SchoolClass]) -> None:
        self._classes = classes

    def find(self, grade: str, name: str) -> SchoolClass | NewClass:
        """The class meant, or a new one; ManyClasses or NoGrade where nobody can tell."""
        wanted, of_grade = tokens(name), tokens(grade)
        found = [one for one in self._classes if _fits(one, of_grade, wanted)]
        if len(found) > 1:
            raise ManyClasses
        if found:
            return found[0]
        return NewClass(self._grade(grade, wanted), name)

    def _grade(self, written: str, wanted: tuple[str, ...]) -> str:
        if written:
            same = {one.grade for one in self._classes if tokens(one.grade) == tokens(written)}
            return same.pop() if len(same) == 1 else written
        first = wanted[0] if wanted else ""
        neighbours = {one.grade for one in self._classes if tokens(one.name)[:1] == (first,)}
        if len(neighbours) == 1 and len(wanted) > 1:
            return neighbours.pop()
        derived = _KINDERGARTEN.get(first) or (_GRADES.get(first) if len(wanted) > 1 else None)
        if derived is None:
            raise NoGrade
        return derived


def tokens(text: str) -> tuple[str, ...]:
    """What tells one class from another: numbers, letters and characters, however they are put together."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return tuple(_number(token) for token in _TOKENS.findall(plain) if token not in _FILLING)


def _fits(one: SchoolClass, grade: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    own_grade, own_name = tokens(one.grade), tokens(one.name)
    if not grade:
        return wanted in (own_name, own_grade + own_name)
    return (
        grade == own_grade
        and wanted in (own_name, own_grade + own_name)
        or (grade == own_grade and own_grade + wanted == own_name)
    )


def _number(token: str) -> str:
    """十二 is 12; a single 一 is 1."""
    if not all(letter in _DIGITS or letter == "十" for letter in token):
        return token
    if "十" not in token:
        return "".join(_DIGITS[letter] for letter in token)
    tens, _, ones = token.partition("十")
    return str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0")))
