"""The form of a child: who it is, how to reach the family, where it goes to school.

What only the house can know (what a number says, who has it already) is handed to the form; a question that holds the
save is answered by a tick, and a tick counts only for the very values it was shown with.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from forms.web.choosing import Choices, OneOf, OneOfCards
from forms.web.dates import NoDate, read_day

EARLIEST_BIRTH = dt.date(2005, 1, 1)
LONGEST_NAME = 60

SEXES: Choices = [("F", _l("女")), ("M", _l("男"))]
ORIGINS: Choices = [("local", _l("本地")), ("elsewhere", _l("外地")), ("abroad", _l("境外"))]
SOURCES: Choices = [
    ("roster", _l("名册")),
    ("transfer", _l("转入")),
    ("midyear", _l("插班")),
    ("guest", _l("借读")),
]

#: What is odd about an identity number, by code: (number, birth date, sex) → codes.
LookAtNumber = Callable[[str, dt.date | None, str | None], Sequence[str]]

_OFF = {"autocomplete": "off", "spellcheck": "false"}
_DIGITS = {**_OFF, "inputmode": "numeric"}


class ChildForm(Form):
    """A child's identity and facts, as on its papers."""

    name = StringField(
        _l("姓名"),
        [InputRequired(_l("请填姓名。")), Length(max=LONGEST_NAME, message=_l("姓名太长，60 个字以内。"))],
        description=_l("照户口本或证件，生僻字和间隔点照样写。"),
        render_kw=_OFF,
    )
    sex = OneOfCards(_l("性别"), offers=SEXES)
    birth_date = StringField(
        _l("出生日期"), [InputRequired(_l("请填出生日期。"))], description=_l("像 20200305。"), render_kw=_OFF
    )
    resident_id = StringField(_l("身份证号"), [Length(max=30, message=_l("号码太长。"))], render_kw=_OFF)
    child_code = StringField(
        _l("儿童编码"),
        [Length(max=64, message=_l("编码太长。"))],
        description=_l("接种证封面或条码下面的一串号。"),
        render_kw=_DIGITS,
    )
    student_number = StringField(_l("学籍号"), [Length(max=30, message=_l("号码太长。"))], render_kw=_OFF)
    passport = StringField(_l("护照或其他证件号"), [Length(max=30, message=_l("号码太长。"))], render_kw=_OFF)
    former_names = StringField(
        _l("曾用名"),
        [Length(max=120, message=_l("曾用名太长，120 个字以内。"))],
        description=_l("有几个的，用顿号隔开。"),
        render_kw=_OFF,
    )
    guardian_name = StringField(
        _l("监护人姓名"), [Length(max=60, message=_l("姓名太长，60 个字以内。"))], render_kw=_OFF
    )
    guardian_relation = StringField(_l("和孩子的关系"), [Length(max=20, message=_l("20 个字以内。"))], render_kw=_OFF)
    guardian_phone = StringField(_l("电话"), [Length(max=30, message=_l("电话太长。"))], render_kw=_DIGITS)
    address = StringField(_l("住址"), [Length(max=200, message=_l("住址太长，200 个字以内。"))], render_kw=_OFF)
    origin = OneOf(_l("户籍"), offers=ORIGINS, default="local")
    hbsag_exposed_under_2000g = BooleanField(
        _l("母亲乙肝表面抗原阳性或不详，且出生体重不足 2000 克"),
        description=_l("接种证上写着才勾。勾了，出生时的那剂乙肝不算在 3 剂里。"),
    )
    #: Ticks: each carries the values it was shown with.
    numbers_compared = StringField()
    another_child = StringField()

    def __init__(self, *args: Any, today: dt.date, look_at_number: LookAtNumber, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self._look_at_number = look_at_number
        self.birth_day: dt.date | None = None
        #: What holds the save until somebody ticks.
        self.asks_about_numbers = False
        self.asks_about_others = False

    @property
    def about_numbers(self) -> str:
        """What a tick about the number stands for."""
        return " ".join([plain_number(self.resident_id.data or ""), self.about_others])

    @property
    def about_others(self) -> str:
        """What a tick about look-alikes stands for."""
        return " ".join([str(self.birth_day), self.sex.data or "", (self.name.data or "").strip()])

    @property
    def is_another_child(self) -> bool:
        return bool(self.another_child.data) and self.another_child.data == self.about_others

    @property
    def names_before(self) -> tuple[str, ...]:
        written = (self.former_names.data or "").replace(",", "、").replace("，", "、")
        return tuple(name.strip() for name in written.split("、") if name.strip())

    def validate_name(self, field: StringField) -> None:
        # Characters that this Python does not know yet, or that only one office's font has, are letters too.
        if not any(unicodedata.category(one) in {"Lo", "Lu", "Ll", "Lt", "Lm", "Co", "Cn"} for one in field.data or ""):
            raise ValidationError(_("请填姓名。"))

    def validate_birth_date(self, field: StringField) -> None:
        try:
            day = read_day(field.data or "")
        except NoDate as fault:
            raise ValidationError(str(fault)) from fault
        if day > self._today:
            raise ValidationError(_("%(day)s 还没到。请看年份是不是写错了。", day=day.isoformat()))
        if day < EARLIEST_BIRTH:
            raise ValidationError(
                _("%(day)s 太早，这里登记 2005 年起出生的孩子。请看年份是不是写错了。", day=day.isoformat())
            )
        self.birth_day = day

    def validate_child_code(self, field: StringField) -> None:
        _only_letters_and_digits(field)

    def validate_student_number(self, field: StringField) -> None:
        _only_letters_and_digits(field)

    def validate_passport(self, field: StringField) -> None:
        _only_letters_and_digits(field)

    def validate_guardian_phone(self, field: StringField) -> None:
        digits = plain_number(field.data or "").strip("+").replace("(", "").replace(")", "")
        if digits and not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 15):
            raise ValidationError(_("电话要 7 到 15 位数字。请再看一遍，或者先空着。"))

    def validate(self, extra_validators: Any = None) -> bool:
        ok = super().validate(extra_validators)
        return self._number_fits() and ok

    def _number_fits(self) -> bool:
        """The number by itself, and beside birth date and sex."""
        number = self.resident_id.data or ""
        if not number.strip() or self.resident_id.errors:
            return not self.resident_id.errors
        findings = self._look_at_number(number, self.birth_day, self.sex.data or None)
        sentences = [words for code in findings if (words := self._sentence(code, plain_number(number)))]
        self.asks_about_numbers = bool(sentences) and not _IMPOSSIBLE.intersection(findings)
        if self.asks_about_numbers and self.numbers_compared.data == self.about_numbers:
            return True
        self.resident_id.errors = sentences
        return not sentences

    def _sentence(self, code: str, number: str) -> str | None:
        sentences = {
            "wrong_form": _("身份证号要 18 位，最后一位可以是 X。请照证件再看一遍，没有就空着。"),
            "wrong_check_digit": _("身份证号的最后一位对不上，多半有一位写错了。请照证件再看一遍。"),
            "impossible_date": _("身份证号里的出生日期不存在。请照证件再看一遍。"),
            "other_birth_date": _(
                "号码里的出生日期是 %(inside)s，上面填的是 %(typed)s。",
                inside="-".join((number[6:10], number[10:12], number[12:14])),
                typed=self.birth_day,
            ),
            "other_sex": _(
                "号码是%(inside)s孩的，上面选的不一样。", inside=_("女") if self.sex.data == "M" else _("男")
            ),
        }
        return sentences.get(code)


_IMPOSSIBLE = frozenset({"wrong_form", "wrong_check_digit", "impossible_date"})


class NewChildForm(ChildForm):
    """A child that is added to a class."""

    class_id = OneOf(_l("班级"))
    source = OneOf(_l("怎么来的"), offers=SOURCES, default="roster")

    def offer(self, classes: Sequence[tuple[int, str]]) -> None:
        """Say which classes there are."""
        first = [("", _("请选班级"))] if len(classes) > 1 else []
        self.class_id.offer(first + [(str(number), name) for number, name in classes])

    def validate_class_id(self, field: OneOf) -> None:
        if not field.data:
            raise ValidationError(_("请选班级。"))


class EditChildForm(ChildForm):
    """A child's identity and facts, put right; it remembers which state of the record it shows."""

    as_seen = StringField()


def plain_number(text: str) -> str:
    """Half-width, without spaces and strokes: for comparing and quoting."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if not letter.isspace() and letter not in "-‐–—")


def _only_letters_and_digits(field: StringField) -> None:
    plain = plain_number(field.data or "")
    if plain and not (plain.isascii() and plain.isalnum()):
        raise ValidationError(_("号码只有字母和数字。请再看一遍，没有就空着。"))
