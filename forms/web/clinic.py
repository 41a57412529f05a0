"""What a nurse can type: the doses just given, why one was not, a session, a call, an event, a pause."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from forms.web.choosing import OneOf
from forms.web.dates import NoDate, read_day
from forms.web.one_line import one_line

_TIME = re.compile(r"(\d{1,2})\s*[:：.时点]\s*(\d{2})?\s*分?|(\d{1,2})|(\d{1,2})(\d{2})")
TRACE_DIGITS = 20
LONGEST_LOT = 40
LONGEST_NOTE = 500


class GivenForm(Form):
    """The open doses of a notice; the ticked ones were given on one day."""

    #: Which of them are really open is the view's business: somebody else may have entered one meanwhile.
    items = SelectMultipleField(_l("今天种了哪几剂"), coerce=int, choices=[], validate_choice=False)
    day = StringField(_l("接种日期"), description=_l("默认今天。补录的，照接种证填，例如 20260903。"))
    lot = StringField(
        _l("批号"),
        [Length(max=LONGEST_LOT, message=_l("批号太长，40 个字以内。"))],
        description=_l("每剂后面没写的，用这个批号。"),
    )


def read_vials(form: Mapping[str, str]) -> dict[int, str]:
    """What was scanned or typed beside each dose: item → lot or trace code."""
    found = {}
    for field, value in form.items():
        number = field.removeprefix("vial-")
        if number != field and number.isascii() and number.isdigit() and (text := one_line(value)):
            found[int(number[:9])] = unicodedata.normalize("NFKC", text)
    return found


def read_vial(text: str) -> tuple[str | None, str | None]:
    """Lot and trace code of a vial: twenty digits are a trace code, anything else a lot. Raises ValidationError."""
    digits = re.sub(r"[\s-]", "", text)
    if digits.isascii() and digits.isdigit() and len(digits) >= TRACE_DIGITS - 2:
        if len(digits) != TRACE_DIGITS:
            raise ValidationError(_("追溯码要 20 位，这里有 %(n)s 位。请再扫一次。", n=len(digits)))
        return None, digits
    if len(text) > LONGEST_LOT:
        raise ValidationError(_("批号太长，%(n)s 个字以内。", n=LONGEST_LOT))
    return text or None, None


class WhyNotForm(Form):
    """Why the ticked doses were not given."""

    items = SelectMultipleField(_l("哪几剂没种"), coerce=int, choices=[], validate_choice=False)
    because = OneOf(_l("为什么没种"))
    note = TextAreaField(
        _l("说明"),
        [Length(max=LONGEST_NOTE, message=_l("说明太长，500 个字以内。"))],
        description=_l("只给接种单位看，加密保存。"),
        render_kw={"rows": 2},
    )


class ContactForm(Form):
    """A call or another way to reach the family."""

    way = OneOf(_l("怎么联系的"))
    result = OneOf(_l("结果"))
    note = TextAreaField(
        _l("说明"),
        [Length(max=LONGEST_NOTE, message=_l("说明太长，500 个字以内。"))],
        description=_l("只给接种单位看，加密保存。"),
        render_kw={"rows": 2},
    )


class EventForm(Form):
    """A suspected adverse event."""

    begun_on = StringField(_l("哪天开始的"), [InputRequired(_l("请写哪天开始的。"))])
    seriousness = OneOf(_l("轻重"))
    doses = SelectMultipleField(_l("可能和哪几剂有关"), coerce=int, choices=[], validate_choice=False)
    description = TextAreaField(
        _l("什么情况"),
        [
            InputRequired(_l("请写是什么情况。")),
            Length(max=LONGEST_NOTE, message=_l("太长，500 个字以内。")),
        ],
        description=_l("只给接种单位看，加密保存。"),
        render_kw={"rows": 4},
    )


class SessionForm(Form):
    """A day on which the center vaccinates, at home or in a school."""

    day = StringField(_l("哪天"), [InputRequired(_l("请写哪天。"))], description=_l("例如 20261008。"))
    begins = StringField(_l("几点开始"), default="8:30")
    ends = StringField(_l("几点结束"), default="11:30")
    slot_minutes = IntegerField(
        _l("几分钟一批"),
        [NumberRange(5, 240, _l("5 到 240 分钟。"))],
        default=30,
    )
    capacity = IntegerField(_l("最多几个孩子"), [NumberRange(1, 2000, _l("1 到 2000。"))], default=60)
    school_id = OneOf(_l("在哪里"), default="")

    #: Filled in by `read`.
    chosen_day: dt.date | None = None
    from_minutes: int = 0
    to_minutes: int = 0

    def read(self, today: dt.date) -> bool:
        """Day and times, with their faults filled in."""
        ok = bool(self.validate())
        try:
            self.chosen_day = read_day((self.day.data or "").strip())
        except NoDate as fault:
            self.day.errors = [*self.day.errors, *([] if self.day.errors else [str(fault)])]
            return False
        if self.chosen_day < today:
            self.day.errors = [_("%(day)s 已经过了。", day=self.chosen_day.isoformat())]
            ok = False
        for field, name in ((self.begins, "from_minutes"), (self.ends, "to_minutes")):
            minutes = read_time(field.data or "")
            if minutes is None:
                field.errors = [_("认不出几点。请写成 8:30。")]
                ok = False
            else:
                setattr(self, name, minutes)
        if ok and self.to_minutes <= self.from_minutes:
            self.ends.errors = [_("结束要比开始晚。")]
            ok = False
        return ok


class PauseForm(Form):
    """A product, or one lot of it, that is not given for now."""

    product = OneOf(_l("哪种疫苗"))
    lot = StringField(
        _l("批号"),
        [Length(max=LONGEST_LOT, message=_l("批号太长，40 个字以内。"))],
        description=_l("不写，就是这种疫苗全部暂停。"),
    )
    because = OneOf(_l("为什么"))


def read_time(text: str) -> int | None:
    """Minutes since midnight of 8:30, 830 or 8; None where it is no time."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    hour = int(found[1] or found[3] or found[4])
    minute = int(found[2] or found[5] or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None
