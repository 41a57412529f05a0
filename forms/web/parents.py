"""What a family types to see its notice: the code on it and the last four digits of a phone, however they are written.

What a code is and what digits are is known elsewhere and handed to the form.
"""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField
from wtforms.validators import ValidationError

#: Gives what was meant, or None.
Read = Callable[[str], str | None]

_OFF = {"autocomplete": "off", "spellcheck": "false", "inputmode": "numeric"}
_LONGEST = 400


class LookForm(Form):
    """Two fields. A code that cannot be one is said at once: anybody can work that out from its check digit."""

    code = StringField(
        _l("通知上的号码"), description=_l("通知右上角方码旁边的 21 位数字，空格写不写都行。"), render_kw=_OFF
    )
    digits = StringField(
        _l("家长电话的后四位"),
        description=_l("报名时留给学校的那个电话，只填最后 4 位。"),
        render_kw={**_OFF, "maxlength": 20},
    )

    def __init__(self, *args: Any, read_code: Read, read_digits: Read, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._code_in, self._digits_in = read_code, read_digits
        #: What was meant; empty until validated.
        self.meant_code = self.meant_digits = ""

    def validate_code(self, field: StringField) -> None:
        typed = (field.data or "").strip()
        if not typed:
            raise ValidationError(_("请照通知填这 21 位数字。"))
        meant = self._code_in(typed[:_LONGEST])
        if meant is None:
            field.data = typed[:60]
            raise ValidationError(_("这个号码多了、少了或者写错了一位。请照通知再看一遍。"))
        self.meant_code = meant

    def validate_digits(self, field: StringField) -> None:
        meant = self._digits_in(field.data or "")
        if meant is None:
            field.data = (field.data or "")[:20]
            raise ValidationError(_("请填电话号码的最后 4 位数字。"))
        self.meant_digits = meant
