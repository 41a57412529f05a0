"""The rehearsal's form: birth date, first day of term, one tick, and the doses in the cells of the keypad grid.

It asks for nobody's name and number. A vaccine is chosen from what a row offers, so there is no free text in it.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, StringField
from wtforms.validators import ValidationError

from forms.web.booklet import BY_KEY
from forms.web.children import EARLIEST_BIRTH
from forms.web.dates import NoDate, read_day
from forms.web.dose_grid import DoseGrid

_OFF = {"autocomplete": "off", "spellcheck": "false", "inputmode": "decimal", "maxlength": 20}
#: Nobody plans a school further ahead.
_A_YEAR_AND_A_HALF = dt.timedelta(days=550)
#: Longer than any date that somebody writes.
_LONGEST_DAY = 40


class RehearsalForm(Form):
    """The questions beside the doses."""

    birth_date = StringField(_l("孩子的出生日期"), description=_l("写成 20200305。"), render_kw=_OFF)
    term_day = StringField(_l("哪天入园、入学"), description=_l("还不知道的，就照这里写的。"), render_kw=_OFF)
    hbsag_exposed_under_2000g = BooleanField(
        _l("母亲乙肝表面抗原阳性或不详，而且孩子出生时不到 2000 克"), description=_l("接种证上写着才勾。")
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.birth_day = self.first_day = today

    def validate_birth_date(self, field: StringField) -> None:
        self.birth_day = _day(field)
        if self.birth_day > self._today:
            raise ValidationError(_("%(day)s 还没到。请看年份是不是写错了。", day=self.birth_day.isoformat()))
        if self.birth_day < EARLIEST_BIRTH:
            raise ValidationError(_("%(day)s 太早。请看年份是不是写错了。", day=self.birth_day.isoformat()))

    def validate_term_day(self, field: StringField) -> None:
        self.first_day = _day(field)
        if not self._today <= self.first_day <= self._today + _A_YEAR_AND_A_HALF:
            raise ValidationError(_("请写今天或以后的日子，一年半以内。"))


def grid_of(posted: Mapping[str, str]) -> DoseGrid:
    """The cells that were posted; a vaccine that its row does not offer counts as not chosen."""
    grid = DoseGrid({name: value[:_LONGEST_DAY] for name, value in posted.items() if name.startswith("day-")})
    for cell in grid.cells:
        chosen = posted.get(f"vaccine-{cell.key}", "")
        cell.vaccine = chosen if chosen in BY_KEY[cell.row.key].offers else ""
    return grid


def _day(field: StringField) -> dt.date:
    try:
        return read_day((field.data or "")[:_LONGEST_DAY])
    except NoDate as fault:
        field.data = (field.data or "")[:_LONGEST_DAY]
        raise ValidationError(str(fault)) from fault
