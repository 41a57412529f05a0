"""Entering the doses that were just given: tick them, with the day and the lot."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectMultipleField, StringField
from wtforms.validators import Length


class GivenForm(Form):
    """The open doses of a notice; the ticked ones were given on one day."""

    #: Which of them are really open is the view's business: somebody else may have entered one meanwhile.
    items = SelectMultipleField(_l("今天种了哪几剂"), coerce=int, choices=[], validate_choice=False)
    day = StringField(_l("接种日期"), description=_l("默认今天。补录的，照接种证填，例如 20260903。"))
    lot = StringField(
        _l("批号"),
        [Length(max=40, message=_l("批号太长，40 个字以内。"))],
        description=_l("几剂批号不同的，分几次记。"),
    )
