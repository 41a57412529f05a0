"""The tick list 抽查记录单: names, and room for every day that the booklet has. What the system knows is not on it.

Whoever copies sees nothing to agree with: a list with the days filled in finds no errors.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.spotchecks.models import OUTCOMES, SpotCheck, SpotKind
from app.spotchecks.wording import outcome_word
from forms.paper.tables import Column, Kind, Row, Table, TableSheet, Value
from forms.wording import line_name

#: Columns of the list: the line, how many days may stand in it.
_COLUMNS = (("BCG", 1), ("HepB", 3), ("Polio", 4), ("DTP", 5), ("MMR", 2), ("JE", 4), ("Men", 4), ("HepA", 2))
_BLANK = "＿＿＿＿＿＿"


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """One child of the list. `name` None: somebody else's to see."""

    number: int
    name: str | None
    sex: str
    birth_date: dt.date
    class_name: str


def tick_list(found: SpotCheck, school: str, children: Sequence[Listed], today: dt.date) -> TableSheet:
    """One school's part of the sample."""
    columns = (
        Column(_("号"), 8, Kind.NUMBER),
        Column(_("姓名、班级"), 30, Kind.NAME),
        Column(_("出生日期"), 20, Kind.DATE),
        *_dose_columns(found),
        Column(_("结果"), 32),
    )
    rows = tuple(Row(_cells(found, child)) for child in children)
    return TableSheet(
        title=_("预防接种抽查记录单"),
        facts=(school, _("种子 %(seed)s", seed=found.seed), _("本校 %(n)s 人", n=len(children))),
        tables=(Table(_("抽查"), columns, rows, empty=_("这所学校没有抽到人。")),),
        number=_("抽 %(n)s", n=found.id),
        seal=found.frame[:8],
        drawn_on=today,
        legend=_("照接种证抄日期，看不清写“?”，没有划“—”"),
        hands=(_("抽查人"), _("日期"), _("学校（章）")),
        notes=(_("只抄证上写的，不问系统里有什么。没带证、转走的，在结果栏勾“%(word)s”。", word=_("没见到证")),),
    )


def _dose_columns(found: SpotCheck) -> tuple[Column, ...]:
    if found.kind is SpotKind.COVERAGE:
        return (Column(line_name(found.line or ""), 60),)
    return tuple(Column(line_name(line), 23) for line, _days in _COLUMNS)


def _cells(found: SpotCheck, child: Listed) -> tuple[Value, ...]:
    name = child.name or _("（由所属接种单位查）")
    ticks = "\n".join(f"□ {outcome_word(one)}" for one in OUTCOMES[found.kind])
    days = (
        [next((days for line, days in _COLUMNS if line == found.line), 2)]
        if found.kind is SpotKind.COVERAGE
        else [days for _line, days in _COLUMNS]
    )
    blanks = tuple("\n".join(f"{number} {_BLANK}" for number in range(1, many + 1)) for many in days)
    sex = _("女") if child.sex == "F" else _("男")
    return (child.number, f"{name}\n{child.class_name} {sex}", child.birth_date, *blanks, ticks)
