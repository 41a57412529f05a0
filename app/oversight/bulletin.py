"""The daily bulletin 通报 and the workbook: tables and sentences of the same board, so that they cannot differ. Pure.

Both leave the house: `app.oversight.disclosure` hides small cells in the tables by school.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app.campaigns.pace import next_pace
from app.campaigns.queries import counting_day, deadline
from app.checks.counting import Counts
from app.counting.indicators import LINES, Indicator, coverage
from app.oversight.board import Board, By, Group
from app.oversight.charts import funnel_of
from app.oversight.disclosure import LEAST, hidden_cells, hidden_totals
from app.oversight.measuring import wilson
from app.oversight.wording import by_word, group_word
from app.sheets.sealing import seal, sheet_number
from app.sheets.wording import reason_word
from forms.paper.tables import Column, Kind, Row, Table, TableSheet, Value
from forms.wording import line_name, result_word

_RESULTS = ("complete", "catch_up", "review", "no_certificate", "waived", "not_checked")
#: Stands in place of a hidden number.
HIDDEN = "＜5"


def bulletin(board: Board, now: dt.datetime, made_by: str) -> TableSheet:
    """The sheet: sentences as facts and notes, then tables."""
    tables = (
        _silence(board),
        _outside(board),
        *(_units(by_word(by), [(group_word(by, one.name), one) for one in board.groups(by)], board) for by in By),
        _units(
            _("学校"),
            [(one.school.name, Group(one.school.name, (one,), one.measures)) for one in _schools(board)],
            board,
        ),
        _indicators(board),
        _reasons(board),
        _days(board),
    )
    content = [tuple(row.cells) for table in tables for row in (*table.rows, *table.totals)]
    return TableSheet(
        title=_("%(name)s查验情况通报", name=board.campaign.name),
        facts=(as_of(board, now), *sentences(board)),
        tables=tables,
        number=sheet_number(_("报"), board.campaign, board.today, board.campaign.bureau_id),
        seal=seal("bulletin", board.today, content),
        drawn_on=board.today,
        hands=(_("制表：%(name)s", name=made_by), _("日期"), _("单位（章）")),
        notes=(
            _("不满 5 人的格子不写数，写 ＜5；为了不能从合计里减出来，有的格子也写 ＜5 或 —。"),
            _("学校不按率排名次：只点出超出偶然波动（99.8%）的学校。"),
        ),
    )


def as_of(board: Board, now: dt.datetime) -> str:
    """The moment, and which day's figures it belongs to."""
    day = counting_day(board.campaign, now)
    words = {"now": now.strftime("%Y-%m-%d %H:%M"), "day": day.isoformat(), "hour": board.campaign.cutoff_hour}
    return _("截至 %(now)s（每天 %(hour)s 点截数，算 %(day)s 的）", **words)


def sentences(board: Board) -> list[str]:
    """What a group chat is told: whole numbers first."""
    whole, figures = board.whole, board.whole.figures
    found = [
        _("%(all)s 所学校，%(silent)s 所还没有开始。", all=figures.schools, silent=len(whole.silent)),
        _(
            "应查验 %(all)s 人，已查验 %(n)s 人，查验率 %(rate)s。",
            all=figures.expected,
            n=figures.checked,
            rate=whole.indicators["checked"].percent,
        ),
    ]
    pace = next_pace(board.campaign, Counts(figures.by_result), board.today)
    if pace and pace.a_day:
        found.append(
            _(
                "%(m)s 月 %(d)s 日前要查完 %(share)s%%，还差 %(left)s 人，每个上课日 %(n)s 人。",
                m=pace.milestone.day.month,
                d=pace.milestone.day.day,
                share=pace.milestone.share,
                left=pace.missing,
                n=pace.a_day,
            )
        )
    return found


def as_text(board: Board, now: dt.datetime) -> str:
    """The bulletin as plain text: sentences, rates, the schools that have not begun."""
    lines = [_("%(name)s查验情况通报", name=board.campaign.name), as_of(board, now), "", *sentences(board), ""]
    for one in board.whole.indicators.values():
        if one.denominator:
            lines.append(_rate_line(one))
    if board.whole.silent:
        lines += ["", _("还没有开始的学校：")]
        lines += [f"{one.school.name}（{one.place.township}，{_people(one.expected)}）" for one in board.whole.silent]
    lines += ["", _("最后一天：%(day)s", day=deadline(board.campaign).isoformat())]
    return "\n".join(lines) + "\n"


def _people(number: int) -> str:
    return _("不满 5 人") if 0 < number < LEAST else _("%(n)s 人", n=number)


def _rate_line(one: Indicator) -> str:
    if 0 < one.numerator < LEAST or 0 < one.denominator - one.numerator < LEAST:
        return f"{one.label} {one.percent}"
    return f"{one.label} {one.percent}（{one.numerator}/{one.denominator}）"


def _schools(board: Board):  # type: ignore[no-untyped-def]
    return sorted(board.whole.stands, key=lambda one: (one.place.township, one.school.name))


def _silence(board: Board) -> Table:
    return Table(
        title=_("还没有开始"),
        caption=_("还没有开始查验的学校"),
        columns=(
            Column(_("学校"), 80, Kind.NAME),
            Column(_("乡镇街道"), 50),
            Column(_("应查验人数"), 26, Kind.NUMBER),
            Column(_("联系人"), 40),
            Column(_("电话"), 50),
        ),
        rows=tuple(
            Row(
                (one.school.name, one.place.township, _small(one.expected), one.school.contact_person, one.school.phone)
            )
            for one in board.whole.silent
        ),
        empty=_("所有学校都已经开始。"),
    )


def _outside(board: Board) -> Table:
    found = funnel_of(board.whole)
    dots = found.outside if found else []
    return Table(
        title=_("明显偏离"),
        caption=_("全程接种率明显偏离全区的学校（99.8% 界限以外）"),
        columns=(
            Column(_("学校"), 80, Kind.NAME),
            Column(_("已查验"), 26, Kind.NUMBER),
            Column(_("全程接种率"), 30, Kind.MIDDLE),
            Column(_("95% 区间"), 40, Kind.MIDDLE),
            Column(_("全区"), 26, Kind.MIDDLE),
        ),
        rows=tuple(
            Row(
                (
                    dot.stand.school.name,
                    _small(dot.stand.checked),
                    f"{100 * dot.stand.complete / dot.stand.checked:.0f}%",
                    _interval(dot.stand.complete, dot.stand.checked),
                    f"{100 * (found.rate if found else 0):.1f}%",
                )
            )
            for dot in dots
        ),
        empty=_("没有学校超出偶然波动的范围。"),
    )


def _interval(count: int, of: int) -> str:
    found = wilson(count, of)
    return f"{100 * found.low:.0f}–{100 * found.high:.0f}%" if found else "—"


def _small(number: int) -> Value:
    return HIDDEN if 0 < number < LEAST else number


def _units(title: str, named: Sequence[tuple[str, Group]], board: Board) -> Table:
    """Results of each unit; what is small is hidden with what would give it away."""
    grid = [[one.figures.by_result[result] for result in _RESULTS] for _name, one in named]
    hidden, totals = hidden_cells(grid, rows_add_up=True), hidden_totals(grid)
    columns = (
        Column(_("单位"), 70, Kind.NAME),
        Column(_("应查验"), 20, Kind.NUMBER),
        *(Column(result_word(result), 20, Kind.NUMBER) for result in _RESULTS),
        Column(_("全程接种率"), 24, Kind.MIDDLE),
        Column(_("95% 区间"), 28, Kind.MIDDLE),
    )

    def cells(name: str, group: Group, numbers: Iterator[Value], open_: bool) -> Row:
        figures = group.figures
        rate = (
            (group.indicators["complete"].percent, _interval(figures.complete, figures.checked))
            if open_
            else ("—", "—")
        )
        return Row((name, _small(figures.expected), *numbers, *rate))

    rows = []
    for at, (name, group) in enumerate(named):
        shown = (_cell(number, (at, to) in hidden) for to, number in enumerate(grid[at]))
        # A rate with n in sight is the number again.
        open_ = not any((at, to) in hidden for to in range(len(_RESULTS)))
        rows.append(cells(name, group, shown, open_))
    whole = board.whole.figures.by_result
    last = (_cell(whole[result], to in totals) for to, result in enumerate(_RESULTS))
    return Table(
        title=title,
        caption=_("各%(what)s的结果", what=title),
        columns=columns,
        rows=tuple(rows),
        totals=(cells(_("合计"), board.whole, last, not totals),) if rows else (),
        empty=_("没有学校。"),
    )


def _cell(number: int, hidden: bool) -> Value:
    if not hidden:
        return number
    return HIDDEN if 0 < number < LEAST else "—"


def _indicators(board: Board) -> Table:
    known = list(board.whole.indicators.values())
    return Table(
        title=_("指标"),
        caption=_("指标和各种疫苗的接种率"),
        columns=(
            Column(_("指标"), 70),
            Column(_("分子"), 26, Kind.NUMBER),
            Column(_("分母"), 26, Kind.NUMBER),
            Column(_("率"), 26, Kind.MIDDLE),
            Column(_("目标"), 26, Kind.MIDDLE),
        ),
        rows=tuple(
            Row((one.label, *_pair(one), one.percent, f"≥{one.target}%" if one.target else None)) for one in known
        ),
        empty="—",
    )


def _pair(one: Indicator) -> tuple[Value, Value]:
    """Of reporting the units are schools: nothing of a child is in it."""
    if one.code in {"reported", "in_time"}:
        return one.numerator, one.denominator
    if 0 < one.numerator < LEAST or 0 < one.denominator - one.numerator < LEAST:
        return HIDDEN if 0 < one.numerator < LEAST else "—", _small(one.denominator)
    return one.numerator, one.denominator


def _reasons(board: Board) -> Table:
    counted = board.whole.figures.baseline.reasons
    named = [(reason_word(code) or _("没有说原因"), number) for code, number in counted.most_common()]
    grid = [[number] for _word, number in named]
    hidden = hidden_cells(grid)
    return Table(
        title=_("没补的原因"),
        caption=_("没补的剂次，按原因"),
        columns=(Column(_("原因"), 80), Column(_("剂次"), 30, Kind.NUMBER)),
        rows=tuple(Row((word, _cell(number, (at, 0) in hidden))) for at, (word, number) in enumerate(named)),
        totals=(Row((_("合计"), _small(counted.total())), strong=True),) if named else (),
        empty=_("首次查验要补的都补了。"),
    )


def _days(board: Board) -> Table:
    """Who was seen on a day says nothing of what a child lacks: no cell is hidden."""
    rows, so_far = [], 0
    for day, number in board.whole.by_day.items():
        so_far += number
        rows.append(Row((day, number, so_far)))
    return Table(
        title=_("每天"),
        caption=_("每天首次查验的人数（按截数的钟点分天）"),
        columns=(
            Column(_("日期"), 40, Kind.DATE),
            Column(_("当天"), 30, Kind.NUMBER),
            Column(_("累计"), 30, Kind.NUMBER),
        ),
        rows=tuple(rows),
        empty=_("还没有查验。"),
    )


def coverages(group: Group) -> list[tuple[str, Indicator]]:
    """Per vaccine, in the order of the official table."""
    figures = group.figures
    return [(line_name(line), coverage(figures, line)) for line in LINES]
