"""The kit: every component in every state on one page, and two example pages. Served by the demo only.

The children here are made up and live nowhere else.
"""

import re
from typing import Any

from flask import Blueprint, render_template
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from app.config import ROOT
from app.frame import Frame, Sync, Tab
from app.people.access import open_to_all
from app.people.actors import Actor
from app.people.roles import Role
from app.schools.models import OrganisationKind

pages = Blueprint("kit", __name__, url_prefix="/kit")

FRAME = Frame(
    language="zh-CN",
    demo=True,
    idle_minutes=10,
    tabs=tuple(Tab(word, "#", word == "查验台") for word in ("查验台", "班级", "通知", "报告", "导入")),
    organisation="青禾区实验小学",
    role="1 号台",
    sync=Sync("3 台同步"),
)
ACTOR = Actor(0, "周敏", Role.CLERK, 0, OrganisationKind.SCHOOL)

COUNTS = {"complete": 26, "catch_up": 5, "review": 1, "no_certificate": 1, "not_checked": 12}
RESULTS = ("complete", "catch_up", "review", "no_certificate", "waived", "not_checked")

CHILD = {
    "name": "林知夏",
    "facts": [["女", "2020-03-05", "6 岁 5 个月"], ["接种证已见", "儿童编码尾号 4071"]],
    "result": "catch_up",
    "summary": "3 剂，去 1 次可补完",
    "owed": [
        ("脊灰灭活疫苗（IPV）", "补 1 剂", "overdue", "共种 4 剂，含 II 型的只有 1 剂；2026 版程序要求 2 剂。"),
        ("百白破疫苗", "第 5 剂", "due", "满 6 周岁应种（2026-03-05 起），接种证上有 4 剂。"),
        ("A群C群流脑多糖疫苗", "第 2 剂", "due", "满 6 周岁应种，距第 1 剂（2023-03-20）已满 3 年。"),
    ],
    "uncounted": [
        ("A群流脑多糖疫苗", "2020-11-25", "距第 1 剂（2020-09-10）只有 2 个月＋15 天，要满 3 个月，所以这一剂不计入。")
    ],
    "not_owed": ["卡介苗", "乙肝", "麻腮风", "乙脑", "甲肝"],
}

#: Line, its ages, cells of (number, state, title, caption).
DOSES = (
    ("卡介苗", "出生时", [(1, "ok", "2020-03-05", ("BCG", "出生当天"))]),
    (
        "乙肝",
        "0/1/6月",
        [
            (1, "ok", "2020-03-05", ("HepB", "出生当天")),
            (2, "unreadable", "看不清", "有接种，日期待核实"),
            (3, "ok", "2020-09-10", ("HepB", "6月龄＋5天")),
        ],
    ),
    (
        "脊灰",
        "2/3/4月，4岁",
        [
            (1, "ok", "2020-05-08", ("IPV", "2月龄＋3天")),
            (2, "ok", "2020-06-09", ("bOPV", "3月龄＋4天")),
            (3, "ok", "2020-07-10", ("bOPV", "4月龄＋5天")),
            (4, "ok", "2024-03-12", ("bOPV", "4岁＋7天")),
            (5, "owed", "应补 IPV", ("今天可种", "已过月龄")),
        ],
    ),
)

CELLS = (
    (1, "ok", "2020-05-08", ("IPV", "2月龄＋3天")),
    (2, "typing", "2020-06-0", "还差 1 位"),
    (3, "empty", "", "4月龄"),
    (4, "not_given", "未种", "未到 4 岁，不欠"),
    (5, "owed", "未种，应补", "今天可种"),
    (2, "unreadable", "看不清", "有接种，日期待核实"),
    (3, "uncounted", "2020-03-30", "太早，暂不计入"),
    (1, "refused", "2019-03-05", "早于出生日"),
    (2, "not_needed", "不再需要", "满 24 月龄后不补"),
)

#: Number, name, tag, sex, birth date, certificate, result, what is owed, notice, who checked.
ROSTER = (
    (1, "陈浩然", None, "男", "2020-01-18", "已见", "complete", "—", "—", "09-03 周敏"),
    (
        2,
        "林知夏",
        None,
        "女",
        "2020-03-05",
        "已见",
        "catch_up",
        "脊灰 IPV、百白破 5、A＋C 流脑 2",
        "已打印",
        "09-03 周敏",
    ),
    (3, "周子墨", "双胞胎", "男", "2020-01-11", "已见", "review", "乙肝 3 间隔不足", "已交家长", "09-03 李红"),
    (5, "吴一诺", None, "女", "2020-06-22", "待补交", "no_certificate", "—", "补证 已打印", "09-03 周敏"),
    (6, "阿依古丽·买买提", None, "女", "2019-12-02", "电子", "waived", "—", "—", "09-03 李红"),
    (7, "黄梓涵", None, "女", "2020-08-14", "—", None, "—", "—", "—"),
)

HISTORY = (
    {"result": "catch_up", "title": "需补种 3 剂", "lines": [("第 2 次查验", "周敏")], "when": "2026-09-03 10:42"},
    {
        "result": "review",
        "title": "需核实",
        "lines": [("第 1 次查验", "李红")],
        "when": "2026-09-02 09:15",
        "superseded": True,
    },
    {"icon": "booklet", "title": "接种证已见", "lines": ["李红"], "when": "2026-09-02 09:12"},
)


class ExampleForm(Form):
    """One field of each kind, two of them at fault."""

    name = StringField("姓名")
    birth_date = StringField("出生日期", description="例如 20200305")
    sex = RadioField("性别", choices=[("F", "女"), ("M", "男")])
    product = SelectField("疫苗", choices=[("DTaP", "百白破（无细胞）"), ("IPV", "脊灰灭活疫苗（IPV）")])
    day = StringField("接种日期")
    seen = BooleanField("接种证原件看过了", description="只看照片不算")
    words = TextAreaField("证上怎么写的", description="照抄，看不清的字用 ？ 代替")
    source = RadioField(
        "从哪里知道的",
        choices=[("booklet", "接种证"), ("registry", "接种系统"), ("guardian", "家长说")],
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
    return {
        "frame": FRAME,
        "actor": ACTOR,
        "counts": COUNTS,
        "results": RESULTS,
        "child": CHILD,
        "doses": DOSES,
        "cells": CELLS,
        "roster": ROSTER,
        "history": HISTORY,
        "icon_names": re.findall(r'symbol id="([^"]+)"', (ROOT / "static" / "icons.svg").read_text("utf-8")),
    }
