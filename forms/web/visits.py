"""Writing down a visit: the school, the day, and up to six findings with the day by which each is to be put right."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs are a version behind
from wtforms.validators import InputRequired, Length

from forms.web.campaigns import DayField
from forms.web.choosing import Choices, OneOf
from forms.web.dates import NoDate, read_day

#: As many as one sheet holds; the rest is another visit.
LINES = 6
LONGEST_NOTE = 500


class FindingForm(Form):
    """One finding; a line without a kind is none."""

    kind = SelectField(_l("发现了什么"), validate_choice=False)
    note = TextAreaField(
        _l("说明"), [Length(max=LONGEST_NOTE, message=_l("说明太长，500 个字以内。"))], render_kw={"rows": 2}
    )
    until = StringField(_l("整改期限"), render_kw={"autocomplete": "off"})


class VisitForm(Form):
    """One visit."""

    school = OneOf(_l("学校"))
    day = DayField(_l("日期"), [InputRequired(_l("请填日期，例如 20260901。"))], render_kw={"autocomplete": "off"})
    lines = FieldList(FormField(FindingForm), min_entries=LINES, max_entries=LINES)

    def offer(self, kinds: Choices) -> None:
        self._kinds = {value for value, _word in kinds}
        for line in self.lines:
            line.form.kind.choices = [
                SelectChoice("", _("没有")),
                *(SelectChoice(value, word) for value, word in kinds),
            ]

    @property
    def findings(self) -> Iterator[tuple[Any, str, dt.date]]:
        """What was typed, after validation; the kind as its word."""
        for line in self.lines:
            if line.form.kind.data:
                yield line.form.kind.data, (line.form.note.data or "").strip(), read_day(line.form.until.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        whole = [self._is_whole(line.form) for line in self.lines]  # every line gets its error
        return valid and all(whole)

    def is_not_after(self, today: dt.date) -> bool:
        """A visit that is still to come cannot be written down."""
        if self.day.day is None or self.day.day <= today:
            return True
        self.day.errors = [_("%(day)s 还没到。请看年份是不是写错了。", day=self.day.day)]
        return False

    def _is_whole(self, line: FindingForm) -> bool:
        if not line.kind.data:
            if (line.note.data or "").strip():
                line.kind.errors = [_("写了说明，还没有选发现了什么。")]
                return False
            return True
        if line.kind.data not in self._kinds:
            line.kind.errors = [_("请选一项。")]
            return False
        try:
            until = read_day(line.until.data or "")
        except NoDate:
            line.until.errors = [_("请填整改期限，例如 20260930。")]
            return False
        if self.day.day is not None and until < self.day.day:
            line.until.errors = [_("整改期限在督导那天以前。请看是不是写错了。")]
            return False
        return True
