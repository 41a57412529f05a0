"""补证补种登记表: what a health center tells a school of one month: what was given when, what not and why. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.clock import CHINA
from app.counting.baseline import Fate, Origin, Owed
from app.sheets.months import Month
from app.sheets.wording import reason_word
from forms import wording
from forms.paper.tables import Column, Kind, Row, Table, Value


@dataclass(frozen=True, slots=True, repr=False)
class AskedChild:
    """A child that a notice was written for: its doses, and its certificate if that was missing."""

    school: str
    class_name: str
    name: str
    sex: str
    birth_date: dt.date
    code: str
    doses: tuple[Owed, ...]
    certificate_missing: bool = False
    certificate_since: dt.date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class FeedbackLine:
    """One dose or certificate. `done_on`: when it was done; None: not yet, `why` says the reason if one was given."""

    child: AskedChild
    what: str
    dose: str
    closed_on: dt.date | None
    done_on: dt.date | None
    outcome: str
    why: str = ""
    remark: str = ""


def feedback_lines(children: Iterable[AskedChild]) -> list[FeedbackLine]:
    """A line for every dose that was ever owed and every certificate that was missing, in the order given."""
    found = []
    for child in children:
        if child.certificate_missing:
            since = child.certificate_since
            outcome = _("已补证") if since else _("未补证")
            found.append(FeedbackLine(child, _("接种证"), "", since, since, outcome))
        found += [_line(child, one) for one in child.doses]
    return found


def feedback_table(lines: Sequence[FeedbackLine], month: Month, *, by_school: bool) -> Table:
    """What was done in the month, by the day on which it was entered, and what was still open when it ended."""
    before = [line for line in lines if line.closed_on and line.closed_on < month.first]
    chosen = [line for line in lines if not (line.closed_on and line.closed_on < month.first)]
    done = [line for line in chosen if line.closed_on and line.closed_on <= month.last]
    rows = [
        Row(
            _cells(
                number, line, by_school=by_school, settled=line.closed_on is not None and line.closed_on <= month.last
            )
        )
        for number, line in enumerate(chosen, start=1)
    ]
    counts = (
        (_("要补的"), len(lines)),
        (_("以前已经办好"), len(before)),
        (_("本月办好"), len(done)),
        (_("月底还没办"), len(chosen) - len(done)),
    )
    return Table(
        title=month.word,
        columns=_columns(by_school=by_school),
        rows=tuple(rows),
        totals=tuple(Row((None, label, *(None,) * 6, number, *(None,) * 3), strong=True) for label, number in counts),
        empty=_("这个月没有要补的，也没有办好的。以前已经办好 %(n)s 项。", n=len(before)),
        notes=(
            _(
                "要补的 %(all)s 项＝以前已经办好 %(a)s＋本月办好 %(b)s＋月底还没办 %(c)s",
                all=len(lines),
                a=len(before),
                b=len(done),
                c=len(chosen) - len(done),
            ),
        ),
    )


def _line(child: AskedChild, one: Owed) -> FeedbackLine:
    asked = one.asked
    closed = asked.closed_at.astimezone(CHINA).date() if asked.closed_at else None
    outcomes = {
        Fate.CAUGHT_UP: _("已种"),
        Fate.NOT_OWED: _("不用补了"),
        Fate.TOO_EARLY: _("未到间隔"),
        Fate.OPEN: _("未种"),
    }
    settled = one.fate in (Fate.CAUGHT_UP, Fate.NOT_OWED)
    return FeedbackLine(
        child,
        wording.product_name(asked.product),
        str(asked.dose),
        closed if settled else None,
        asked.given_on if one.fate is Fate.CAUGHT_UP else None,
        outcomes[one.fate],
        _("%(day)s 起可种", day=asked.earliest.isoformat())
        if one.fate is Fate.TOO_EARLY
        else reason_word(asked.failed_because),
        _remark(one),
    )


def _remark(one: Owed) -> str:
    if one.found_later:
        return _("查验前已种，补记录")
    return {Origin.NEWLY_DUE: _("新到龄"), Origin.AFTER_REVIEW: _("核实后欠种")}.get(one.origin, "")


def _columns(*, by_school: bool) -> tuple[Column, ...]:
    return (
        Column(_("序号"), 10, Kind.NUMBER),
        Column(_("姓名"), 36, Kind.NAME),
        Column(_("性别"), 10, Kind.MIDDLE),
        Column(_("出生日期"), 21, Kind.DATE),
        Column(_("编码"), 15, Kind.MIDDLE),
        Column(_("学校和班级") if by_school else _("班级"), 50, Kind.TEXT),
        Column(_("要补的"), 42, Kind.TEXT),
        Column(_("剂次"), 10, Kind.MIDDLE),
        Column(_("结果"), 20, Kind.MIDDLE),
        Column(_("日期"), 21, Kind.DATE),
        Column(_("没办的原因"), 22, Kind.TEXT),
        Column(_("备注"), 20, Kind.TEXT),
    )


def _cells(number: int, line: FeedbackLine, *, by_school: bool, settled: bool) -> tuple[Value, ...]:
    child = line.child
    pending = _("未补证") if not line.dose else _("未种")
    # What was done after the month's end was not done when it ended.
    open_then = line.closed_on is not None and not settled
    return (
        number,
        child.name,
        _("女") if child.sex == "F" else _("男"),
        child.birth_date,
        f"…{child.code}" if child.code else None,
        f"{child.school}\n{child.class_name}" if by_school else child.class_name,
        line.what,
        line.dose or None,
        pending if open_then else line.outcome,
        None if open_then else line.done_on,
        line.why or None,
        None if open_then else line.remark or None,
    )
