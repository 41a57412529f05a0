"""The one page on which a bureau sets up a campaign; days are typed as people write them."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SelectMultipleField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs are a version behind
from wtforms.validators import InputRequired, Length, ValidationError

from forms.web.choosing import Choices, OneOf, OneOfCards
from forms.web.dates import NoDate, read_day
from forms.web.one_line import one_line
from forms.wording import line_name
from rules.law import THINKING

KINDS: Choices = [("kindergarten", _l("入托")), ("school", _l("入学")), ("joining", _l("转学、插班、借读"))]
ROUNDS: Choices = [("autumn", _l("秋季")), ("spring", _l("春季"))]
LINES = tuple(THINKING)
#: Rows for milestones; an empty row is no milestone.
MILESTONES = 4
LONGEST_PERSON, LONGEST_PHONE = 60, 40

_OFF = {"autocomplete": "off"}
_PHONE = re.compile(r"[0-9+][0-9 ()+-]{4,38}")


class DayField(StringField):
    """A whole day; `day` is what it says. Where it is not `needed` it may hold anything."""

    day: dt.date | None = None
    needed = True

    def pre_validate(self, form: Any) -> None:
        if not self.needed:
            return
        try:
            self.day = read_day(self.data or "")
        except NoDate:
            typed = one_line(self.data)[:20]
            raise ValidationError(_("没有“%(typed)s”这一天。请写成 20260901 这样。", typed=typed)) from None


class NumberField(StringField):
    """A whole number, full-width digits too; `number` is what it says. As `DayField`."""

    number: int | None = None
    needed = True

    def pre_validate(self, form: Any) -> None:
        if not self.needed:
            return
        plain = unicodedata.normalize("NFKC", self.data or "").strip()
        if not re.fullmatch(r"\d{1,4}", plain, re.ASCII):
            raise ValidationError(_l("请填一个数字。"))
        self.number = int(plain)


def _boxes(offers: Iterable[tuple[str, str]]) -> list[Any]:
    return [SelectChoice(value, word) for value, word in offers]


def _day(label: str, hint: str | None = None) -> DayField:
    return DayField(label, [InputRequired(_l("请填日期，例如 20260901。"))], description=hint or "", render_kw=_OFF)


def _number(label: str, hint: str | None = None) -> NumberField:
    return NumberField(label, [InputRequired(_l("请填一个数字。"))], description=hint or "", render_kw=_OFF)


class CampaignForm(Form):
    """Everything that a campaign decides but its round and edition."""

    name = StringField(
        _l("批次名称"),
        [InputRequired(_l("请填批次名称，例如 2026年秋季。")), Length(max=60, message=_l("名称太长，60 个字以内。"))],
        filters=[one_line],
        render_kw=_OFF,
    )
    kinds = SelectMultipleField(_l("查验哪些孩子"), choices=_boxes(KINDS), validate_choice=False)
    first_day = _day(_l("开学第一天"), _l("这一天是第 0 天，30 天从这里算。"))
    joins_from = _day(_l("从哪天起入学的算这一批"), _l("暑假里已经报到的，也算新生。"))
    deadline_days = _number(_l("开学多少天内查完"), _l("办法规定 30 天内，可以更早。转学、插班的从到校那天算。"))
    with_list = BooleanField(_l("查完以后还要限期送名单"))
    list_within_days = NumberField(
        _l("查完以后多少天内送名单"), description=_l("和 30 天比，先到的算。"), render_kw=_OFF
    )
    checking_from = _day(_l("查验从哪天开始"), _l("这以前是准备。"))
    summarising_from = _day(_l("汇总从哪天开始"))
    catch_up_from = _day(_l("补种从哪天开始"))
    catch_up_until = _day(_l("补种到哪天为止"), _l("第二天起学校复查。"))
    recheck_by = _day(_l("复查最晚哪天"), _l("办法规定 12 月底以前。"))
    cutoff_hour = _number(_l("每天几点截数"), _l("0 到 23 点，晚于这个时间的算第二天。"))
    due_counts = BooleanField(
        _l("刚到应种年龄、还没过期的剂次，也算需补种"),
        description=_l("不勾：这些孩子只发通知，不上名单，不进补种率。"),
    )
    focus = SelectMultipleField(_l("重点疫苗"), choices=_boxes((line, line) for line in LINES), validate_choice=False)

    def validate_focus(self, field: SelectMultipleField) -> None:
        if not set(field.data or ()) <= set(LINES):
            raise ValidationError(_l("没有这个疫苗，请重新选。"))

    def validate_kinds(self, field: SelectMultipleField) -> None:
        if not set(field.data or ()) <= {value for value, _word in KINDS}:
            raise ValidationError(_l("没有这一类，请重新选。"))

    @property
    def milestones(self) -> list[tuple[dt.date, int]]:
        """The rows that were filled in. Only after `validate`."""
        return [(day.day, share.number or 0) for day, share in self.milestone_rows if day.day]

    @property
    def milestone_rows(self) -> Iterator[tuple[Any, Any]]:
        return ((self[f"milestone_day_{n}"], self[f"milestone_share_{n}"]) for n in range(1, MILESTONES + 1))

    def validate(self, extra_validators: Any = None) -> bool:
        """Half-filled rows of milestones and a switched-off list are looked at by themselves."""
        skipped: list[Any] = [self.list_within_days] if not self.with_list.data else []
        for day, share in self.milestone_rows:
            if not (day.data or "").strip() and not (share.data or "").strip():
                skipped += [day, share]
        for field in skipped:
            field.needed = False
        return bool(super().validate(extra_validators))


for _n in range(1, MILESTONES + 1):
    setattr(CampaignForm, f"milestone_day_{_n}", DayField(_l("到哪天"), render_kw=_OFF))
    setattr(CampaignForm, f"milestone_share_{_n}", NumberField(_l("查到百分之几"), render_kw=_OFF))


class NewCampaignForm(CampaignForm):
    """The same with what is fixed once it is set up."""

    round = OneOfCards(_l("哪一季"), offers=ROUNDS, default="autumn")
    edition = OneOf(_l("按哪一版程序判断"))


class EditionForm(Form):
    """Another edition for a campaign."""

    edition = OneOf(_l("换成哪一版程序"))


def focus_choices() -> list[tuple[str, str]]:
    return [(line, line_name(line)) for line in LINES]


def read_contact(person: str, phone: str) -> tuple[str, str]:
    """A named person and a phone as they are kept; ValidationError says what is wrong with them. Both may be empty."""
    person, phone = one_line(person), unicodedata.normalize("NFKC", one_line(phone))
    if len(person) > LONGEST_PERSON:
        raise ValidationError(_l("姓名太长，60 个字以内。"))
    if phone and not _PHONE.fullmatch(phone):
        raise ValidationError(_l("电话只用数字、加号和横线，5 到 40 位。"))
    if bool(person) != bool(phone):
        raise ValidationError(_l("姓名和电话要一起填，或者都空着。"))
    return person, phone
