"""The kit: every component in every state on one page, and two example pages. Served by the demo only."""

import re
from typing import Any

from flask import Blueprint, render_template
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app import kit_samples
from app.config import ROOT
from app.people.access import open_to_all

pages = Blueprint("kit", __name__, url_prefix="/kit")


class ExampleForm(Form):
    """One field of each kind, two of them at fault."""

    name = StringField("姓名")
    birth_date = StringField("出生日期", description="例如 20200305")
    sex = RadioField("性别", choices=[SelectChoice("F", "女"), SelectChoice("M", "男")])
    product = SelectField(
        "疫苗", choices=[SelectChoice("DTaP", "百白破（无细胞）"), SelectChoice("IPV", "脊灰灭活疫苗（IPV）")]
    )
    day = StringField("接种日期")
    seen = BooleanField("接种证原件看过了", description="只看照片不算")
    words = TextAreaField("证上怎么写的", description="照抄，看不清的字用 ？ 代替")
    source = RadioField(
        "从哪里知道的",
        choices=[
            SelectChoice("booklet", "接种证"),
            SelectChoice("registry", "接种系统"),
            SelectChoice("guardian", "家长说"),
        ],
        validate_choice=False,
    )

    def validate_day(self, field: Field) -> None:
        raise ValidationError("2027-10-12 还没到。请看年份是不是写错了。")

    def validate_source(self, field: Field) -> None:
        raise ValidationError("请选一个。拿不准就选“家长说”。")


@pages.get("/")
@open_to_all
def show() -> str:
    return render_template("kit.html", form=_form(), **_samples())


@pages.get("/child")
@open_to_all
def child() -> str:
    return render_template("kit_child.html", **_samples())


@pages.get("/sign-in")
@open_to_all
def sign_in() -> str:
    return render_template("kit_sign_in.html", form=_form())


def _form() -> ExampleForm:
    typed = {
        "name": "林知夏",
        "birth_date": "2020-03-05",
        "sex": "F",
        "day": "2027-10-12",
        "seen": "y",
        "product": "DTaP",
    }
    form = ExampleForm(MultiDict(typed))
    form.validate()
    return form


def _samples() -> dict[str, Any]:
    drawings = (ROOT / "static" / "icons.svg").read_text("utf-8")
    named = {name.lower(): getattr(kit_samples, name) for name in dir(kit_samples) if name.isupper()}
    return named | {"icon_names": re.findall(r'symbol id="([^"]+)"', drawings)}
