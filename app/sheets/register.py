"""入托、入学儿童预防接种证查验登记表: the register of a class, a column for every vaccine and dose. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.checks.counting import RESULTS
from app.counting.columns import Place, dose_word, places_with, vaccine_word
from app.sheets.marks import ASKED, CAUGHT_UP, OWED
from forms import wording
from forms.paper.tables import Column, Kind, Row, Table, Value
from rules.vocabulary import Result


@dataclass(frozen=True, slots=True, repr=False)
class RegisterLine:
    """One child of the class."""

    name: str
    sex: str
    birth_date: dt.date
    #: The end of the child's code, as much as a list shows.
    code: str
    #: Of the check that stands; None: nobody looked yet.
    result: str | None
    #: At the first check.
    had_certificate: bool | None
    has_one_now: bool
    #: Whether everything of the baseline was caught up; None without a baseline.
    caught_up: bool | None
    marks: Mapping[Place, str]
    remark: str = ""


def register_table(lines: Sequence[RegisterLine]) -> Table:
    """A row a child in the order given, sums per column below."""
    places = places_with([place for line in lines for place in line.marks])
    return Table(
        title=_("登记表"),
        columns=_columns(places),
        rows=tuple(Row(_cells(number, line, places)) for number, line in enumerate(lines, start=1)),
        totals=_totals(lines, places) if lines else (),
        empty=_("这个班没有参加这次查验的儿童。"),
        notes=(_sum_line(lines),) if lines else (),
    )


def _columns(places: Sequence[Place]) -> tuple[Column, ...]:
    # What the marks leave of 277 mm goes to name and remarks.
    width = 5.5
    left = 277 - 79 - sum(width for _place in places)
    return (
        Column(_("序"), 7, Kind.NUMBER),
        Column(_("姓名"), round(left * 0.55, 1), Kind.NAME),
        Column(_("性别"), 8, Kind.MIDDLE),
        Column(_("出生日期"), 19, Kind.DATE),
        Column(_("编码"), 13, Kind.MIDDLE),
        Column(_("有证"), 8, Kind.MIDDLE),
        Column(_("补证"), 8, Kind.MIDDLE),
        *(Column(dose_word(place), width, Kind.MIDDLE, vaccine_word(place.vaccine)) for place in places),
        Column(_("全程"), 8, Kind.MIDDLE),
        Column(_("补全"), 8, Kind.MIDDLE),
        Column(_("备注"), round(left * 0.45, 1), Kind.TEXT),
    )


def _cells(number: int, line: RegisterLine, places: Sequence[Place]) -> tuple[Value, ...]:
    return (
        number,
        line.name,
        _("女") if line.sex == "F" else _("男"),
        line.birth_date,
        f"…{line.code}" if line.code else None,
        _yes(line.had_certificate),
        _yes(line.has_one_now) if line.had_certificate is False else None,
        *(line.marks.get(place) for place in places),
        _whole(line.result),
        _yes(line.caught_up),
        line.remark or None,
    )


def _yes(value: bool | None) -> str | None:
    if value is None:
        return None
    return _("是") if value else _("否")


def _whole(result: str | None) -> str | None:
    """是否全程; a waived child is neither, and a doubtful record waits."""
    words = {Result.COMPLETE: _("是"), Result.WAIVED: _("免"), Result.REVIEW: _("待"), None: None}
    return words.get(Result(result) if result else None, _("否"))


def _totals(lines: Sequence[RegisterLine], places: Sequence[Place]) -> tuple[Row, ...]:
    yes = (
        sum(line.had_certificate is True for line in lines),
        sum(line.had_certificate is False and line.has_one_now for line in lines),
        sum(line.result == Result.COMPLETE for line in lines),
        sum(line.caught_up is True for line in lines),
    )
    blank = (None,) * 3
    rows = [Row((None, _("是，合计"), *blank, *yes[:2], *(None for _place in places), *yes[2:], None), strong=True)]
    for mark, label in ((OWED, _("× 应补")), (CAUGHT_UP, _("△ 已补")), (ASKED, _("? 核实"))):
        numbers = [sum(line.marks.get(place, "").count(mark) for line in lines) for place in places]
        word = _("%(n)s 剂", n=sum(numbers))
        cells = (None, label, *blank, None, None, *(number or None for number in numbers), None, None, word)
        rows.append(Row(cells, strong=True))
    return tuple(rows)


def _sum_line(lines: Sequence[RegisterLine]) -> str:
    counted = Counter(line.result or "not_checked" for line in lines)
    parts = [
        f"{wording.result_word(None if result == 'not_checked' else result)} {counted[result]}" for result in RESULTS
    ]
    return _("应查验 %(n)s 人", n=len(lines)) + "＝" + "＋".join(parts)
