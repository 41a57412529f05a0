"""Whom a bulletin calls on, by name of the school: who has not begun, who is behind, who stands out. Pure."""

import datetime as dt
from collections.abc import Mapping

from flask_babel import gettext as _

from app.oversight.board import Board, Stand
from app.oversight.charts import funnel_of
from forms.paper.tables import Column, Kind, Row, Table


def silent_schools(board: Board, heard_of: Mapping[int, dt.date]) -> Table:
    return Table(
        title=_("还没有开始"),
        caption=_("还没有开始查验的学校"),
        columns=(*_school(), Column(_("应查验人数"), 26, Kind.NUMBER), *_whom_to_call()),
        rows=tuple(Row((*_named(one), one.expected, *_call(one, heard_of))) for one in board.whole.silent),
        empty=_("所有学校都已经开始。"),
    )


def schools_behind(board: Board, heard_of: Mapping[int, dt.date]) -> Table:
    return Table(
        title=_("落后"),
        caption=_("查验率低于已过时间节点的学校"),
        columns=(
            *_school(),
            Column(_("应查验人数"), 26, Kind.NUMBER),
            Column(_("已查验"), 20, Kind.NUMBER),
            *_whom_to_call(),
        ),
        rows=tuple(Row((*_named(one), one.expected, one.checked, *_call(one, heard_of))) for one in board.behind),
        empty=_("开始了的学校都赶得上。"),
    )


def schools_outside(board: Board) -> Table:
    """Only on which side: a rate of a school, less from its township, would give its neighbour away."""
    found = funnel_of(board.whole)
    sides = {"low": _("低于"), "high": _("高于")}
    return Table(
        title=_("明显偏离"),
        caption=_("全程接种率明显偏离全区的学校（99.8% 界限以外）"),
        columns=(*_school(), Column(_("全区界限"), 30, Kind.MIDDLE)),
        rows=tuple(Row((*_named(dot.stand), sides[dot.kind])) for dot in (found.outside if found else ())),
        empty=_("没有学校超出偶然波动的范围。"),
    )


def _school() -> tuple[Column, Column]:
    return Column(_("学校"), 80, Kind.NAME), Column(_("乡镇街道"), 50)


def _whom_to_call() -> tuple[Column, Column, Column]:
    return Column(_("最近动静"), 26, Kind.DATE), Column(_("联系人"), 30), Column(_("电话"), 40)


def _named(one: Stand) -> tuple[str, str]:
    return one.school.name, one.place.township


def _call(one: Stand, heard_of: Mapping[int, dt.date]) -> tuple[dt.date | None, str | None, str | None]:
    return heard_of.get(one.school.id), one.school.contact_person or None, one.school.phone or None
