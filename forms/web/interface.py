"""The form for a new token of another program."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind WTForms 3.3
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

#: How long a token may live.
DAYS = (30, 90, 180, 365)


class TokenForm(Form):
    """Which program, what it may do, for how long."""

    label = StringField(
        _l("给哪个程序用"),
        [DataRequired(_l("请写给哪个程序用。")), Length(max=40, message=_l("太长了，40 个字以内。"))],
        description=_l("比如“省平台”。记录里看到的就是这个名字，请不要写人名。"),
        render_kw={"autocomplete": "off"},
    )
    scopes = SelectMultipleField(
        _l("能做什么"),
        [DataRequired(_l("请至少选一项。"))],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    days = SelectField(  # type: ignore[call-arg]  # the stubs lag behind WTForms 3.3
        _l("用多久"),
        [InputRequired(_l("请选用多久。"))],
        default="180",
        invalid_choice_message=_l("请从列出的几种里选。"),
    )

    def offer(self, scopes: Sequence[tuple[str, str]], days: Sequence[tuple[int, str]]) -> None:
        self.scopes.choices = [SelectChoice(value, label) for value, label in scopes]
        self.days.choices = [SelectChoice(str(number), label) for number, label in days]
