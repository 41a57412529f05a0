"""Forms for people: signing in, one's own password, and the administrator's users."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs lag behind WTForms 3.3
from wtforms.validators import DataRequired, InputRequired, Length, Regexp, ValidationError

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200

_OFF = {"autocomplete": "off"}


class SignInForm(Form):
    """工号 and password; whether they belong together is not the form's business."""

    name = StringField(
        _l("工号"),
        [InputRequired(_l("请填工号。")), Length(max=60, message=_l("工号没有这么长，请看一看。"))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("密码"),
        [InputRequired(_l("请填密码。")), Length(max=LONGEST_PASSWORD, message=_l("密码没有这么长，请看一看。"))],
        render_kw={"autocomplete": "current-password"},
    )


class OwnPasswordForm(Form):
    """A new password for oneself, with the old one as proof that nobody else sits here."""

    old = PasswordField(
        _l("现在的密码"),
        [InputRequired(_l("请填现在的密码。")), Length(max=LONGEST_PASSWORD, message=_l("密码没有这么长，请看一看。"))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("新密码"),
        [InputRequired(_l("请填新密码。"))],
        description=_l("至少 10 个字。几个词连起来，好记又难猜。"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("新密码再输一遍"), [InputRequired(_l("请把新密码再输一遍。"))], render_kw={"autocomplete": "new-password"}
    )

    def __init__(self, *args: Any, too_easy: Callable[[str], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_easy = too_easy

    def validate_new(self, field: PasswordField) -> None:
        password = field.data or ""
        if len(password) < SHORTEST_PASSWORD:
            raise ValidationError(_l("新密码只有 %(n)s 个字，至少要 10 个字。", n=len(password)))
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(_l("新密码太长，200 个字以内就够了。"))
        if password == self.old.data:
            raise ValidationError(_l("新密码和现在的一样，请换一个。"))
        if self._too_easy(password):
            raise ValidationError(_l("这个密码太常见，别人一猜就中，请换一个。"))

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.new.data:
            raise ValidationError(_l("两遍新密码不一样，请再输一遍。"))


class NewUserForm(Form):
    """A new user of an organisation: the password is made by the system and shown once."""

    shown_name = StringField(
        _l("姓名"),
        [DataRequired(_l("请填姓名。")), Length(max=60, message=_l("姓名太长，60 个字以内。"))],
        description=_l("同事在记录里看到的名字。"),
        render_kw=_OFF,
    )
    sign_in_name = StringField(
        _l("工号"),
        [
            InputRequired(_l("请填工号。")),
            Length(max=60, message=_l("工号太长，60 个字以内。")),
            Regexp(r"^\s*[0-9A-Za-z０-９Ａ-Ｚａ-ｚ._-]+\s*$", message=_l("工号只用字母、数字、点和横线。")),
        ],
        description=_l("登录时用，字母不分大小写。"),
        render_kw=_OFF,
    )
    role = SelectField(  # type: ignore[call-arg]  # the same
        _l("做什么工作"),
        [InputRequired(_l("请选做什么工作。"))],
        invalid_choice_message=_l("这个单位没有这项工作，请重新选。"),
    )
    #: Empty: all classes.
    class_id = SelectField(  # type: ignore[call-arg]  # the same
        _l("只管一个班"),
        invalid_choice_message=_l("这个单位没有这个班，请重新选。"),
    )

    def offer(self, roles: Sequence[tuple[str, str]], classes: Sequence[tuple[int, str]], every_class: str) -> None:
        """Say which roles and classes the chosen organisation has."""
        self.role.choices = [SelectChoice(value, label) for value, label in roles]
        self.class_id.choices = [
            SelectChoice("", every_class),
            *(SelectChoice(str(number), name) for number, name in classes),
        ]
