"""The daily bulletin 通报 and the workbook: tables and sentences of the same board, so that they cannot differ. Pure.

Both leave the house: `app.oversight.disclosure` hides small cells in the tables by school.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from app.campaigns.pace import next_pace
from app.campaigns.queries import deadline
from app.checks.counting import RESULTS, Counts
from app.counting.indicators import LINES, Indicator, coverage
from app.oversight.board import Board, By, Group, group_of
from app.oversight.calling import schools_behind, schools_outside, silent_schools
from app.oversight.dating import as_of, at_cutoff
from app.oversight.disclosure import hidden_cells, is_small, tells_little
from app.oversight.measuring import wilson
from app.oversight.wording import by_word, group_word
from app.sheets.sealing import seal, sheet_number
from app.sheets.wording import reason_word
from forms.paper.tables import Column, Kind, Row, Table, TableSheet, Value
from forms.wording import line_name, result_word
from forms.wording.days import month_and_day

#: Stands in place of a hidden number, whatever the reason.
HIDDEN = "＊"
#: Of these rates neither numerator nor denominator says what a child lacks.
_OF_ALL = frozenset({"checked", "reported", "in_time"})
#: What a check found; the sixth, that nobody looked, says nothing of a child.
_LACKING = RESULTS[:-1]
#: Rates that together with the total of a result are one sum: what one of them hides, the others would tell.
_TOGETHER = {
    "complete": ("complete",),
    "no_certificate": ("certificate", "replaced"),
    "catch_up": ("caught_up",),
}


def bulletin(board: Board, now: dt.datetime, made_by: str, heard_of: Mapping[int, dt.date]) -> TableSheet:
    """The sheet: sentences as facts and notes, then tables. `heard_of`: by school the day of its last sign of life."""
    schools = sorted(board.whole.stands, key=lambda one: (one.place.township, one.school.name))
    tables = (
        silent_schools(board, heard_of),
        schools_behind(board, heard_of),
        schools_outside(board),
        _townships(board),
        *(
            _progress(by_word(by), [(group_word(by, one.name), one) for one in board.groups(by)], board)
            for by in (By.STAGE, By.OWNERSHIP)
        ),
        _progress(_("学校"), [(one.school.name, group_of(one.school.name, [one])) for one in schools], board),
        _indicators(board),
        _reasons(board),
        _days(board),
    )
    content = [tuple(row.cells) for table in tables for row in (*table.rows, *table.totals)]
    return TableSheet(
        title=_("%(name)s查验情况通报", name=board.campaign.name),
        facts=(as_of(board, now), *sentences(board, now)),
        tables=tables,
        number=sheet_number(_("报"), board.campaign, board.today, board.campaign.bureau_id),
        seal=seal("bulletin", board.today, content),
        drawn_on=board.today,
        hands=(_("制表：%(name)s", name=made_by), _("日期"), _("单位（章）")),
        notes=(
            _("＊：不满 5 人不写数；为了不能从合计里减出来，有的格子也不写。"),
            _("学校不按率排名次：只点出超出偶然波动（99.8%）的学校。"),
        ),
    )


def sentences(board: Board, now: dt.datetime) -> list[str]:
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
    if closed := at_cutoff(board, now):
        found.append(closed)
    pace = next_pace(board.campaign, Counts(figures.by_result), board.today)
    if pace and pace.a_day:
        found.append(
            _(
                "%(day)s前要查完 %(share)s%%，还差 %(left)s 人，每个上课日 %(n)s 人。",
                day=month_and_day(pace.milestone.day),
                share=pace.milestone.share,
                left=pace.missing,
                n=pace.a_day,
            )
        )
    return found


def as_text(board: Board, now: dt.datetime) -> str:
    """The bulletin as plain text: sentences, rates, the schools that have not begun."""
    lines = [_("%(name)s查验情况通报", name=board.campaign.name), as_of(board, now), "", *sentences(board, now), ""]
    for one in board.whole.indicators.values():
        if one.denominator and rate_of(board, one):
            lines.append(f"{one.label} {one.percent}（{one.numerator}/{one.denominator}）")
    if board.whole.silent:
        lines += ["", _("还没有开始的学校：")]
        lines += [
            _("%(school)s（%(place)s，%(n)s 人）", school=one.school.name, place=one.place.township, n=one.expected)
            for one in board.whole.silent
        ]
    lines += ["", _("最后一天：%(day)s", day=deadline(board.campaign).isoformat())]
    return "\n".join(lines) + "\n"


def _townships(board: Board) -> Table:
    """Results by township, the one table that has them: tables of other groups would solve it."""
    groups, hidden = board.groups(By.TOWNSHIP), _hidden(board)

    def row(at: int, name: str, group: Group) -> Row:
        figures = group.figures
        numbers = [_cell(figures.by_result[one], hide=(at, to) in hidden) for to, one in enumerate(_LACKING)]
        numbers.append(figures.not_checked)
        whole = not any(place == at for place, _to in hidden)
        rate = (group.indicators["complete"].percent, _interval(figures.complete, figures.checked))
        return Row((name, figures.expected, *numbers, *(rate if whole else (HIDDEN, HIDDEN))))

    return Table(
        title=by_word(By.TOWNSHIP),
        caption=_("各%(what)s的结果", what=by_word(By.TOWNSHIP)),
        columns=(
            Column(_("单位"), 70, Kind.NAME),
            Column(_("应查验"), 20, Kind.NUMBER),
            *(Column(result_word(result), 20, Kind.NUMBER) for result in RESULTS),
            Column(_("全程接种率"), 24, Kind.MIDDLE),
            Column(_("95% 区间"), 28, Kind.MIDDLE),
        ),
        rows=tuple(row(at, group_word(By.TOWNSHIP, one.name), one) for at, one in enumerate(groups)),
        totals=(row(len(groups), _("合计"), board.whole),) if groups else (),
        empty=_("没有学校。"),
    )


def _hidden(board: Board) -> set[tuple[int, int]]:
    """By township and result; who was not checked is in every table, and so is the sum of the other results."""
    groups = board.groups(By.TOWNSHIP)
    return hidden_cells([[one.figures.by_result[result] for result in _LACKING] for one in groups])


def _progress(title: str, named: Sequence[tuple[str, Group]], board: Board) -> Table:
    """Who was seen and who reported: it says nothing of what a child lacks."""

    def row(name: str, group: Group, *, strong: bool = False) -> Row:
        figures, reported = group.figures, group.reported
        rate = group.indicators["checked"].percent
        counts = (figures.schools, figures.schools_begun, figures.expected, figures.checked, rate)
        return Row((name, *counts, reported.reported, reported.in_time), strong)

    return Table(
        title=title,
        caption=_("各%(what)s的进度", what=title),
        columns=(
            Column(_("单位"), 80, Kind.NAME),
            Column(_("应查校"), 22, Kind.NUMBER),
            Column(_("实查校"), 22, Kind.NUMBER),
            Column(_("应查验"), 24, Kind.NUMBER),
            Column(_("已查验"), 24, Kind.NUMBER),
            Column(_("查验率"), 24, Kind.MIDDLE),
            Column(_("名单已报"), 24, Kind.NUMBER),
            Column(_("按时"), 22, Kind.NUMBER),
        ),
        rows=tuple(row(name, group) for name, group in named),
        totals=(row(_("合计"), board.whole, strong=True),) if named else (),
        empty=_("没有学校。"),
    )


def _interval(count: int, of: int) -> str:
    found = wilson(count, of)
    return f"{100 * found.low:.0f}–{100 * found.high:.0f}%" if found else "—"


def _cell(number: int, *, hide: bool = False) -> Value:
    return HIDDEN if hide or is_small(number) else number


def _indicators(board: Board) -> Table:
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
            Row((one.label, *(rate_of(board, one) or (HIDDEN,) * 3), f"≥{one.target}%" if one.target else None))
            for one in board.whole.indicators.values()
        ),
    )


def rate_of(board: Board, one: Indicator) -> tuple[int, int, str] | None:
    """Numerator, denominator, rate; None where one of them, what lies between them, or what goes with them is small."""
    if one.code not in _OF_ALL and not _may_be_said(board, one):
        return None
    return one.numerator, one.denominator, one.percent


def _may_be_said(board: Board, one: Indicator) -> bool:
    figures, rates = board.whole.figures, board.whole.indicators
    if one.code.startswith("coverage."):
        # The denominator leaves out who is exempt: how many these are is a cell too.
        exempt = figures.checked - one.denominator
        return tells_little(one.numerator, one.denominator) and not is_small(exempt)
    result, together = next(
        ((result, codes) for result, codes in _TOGETHER.items() if one.code in codes), ("", (one.code,))
    )
    total = (len(board.groups(By.TOWNSHIP)), _LACKING.index(result)) if result else None
    return total not in _hidden(board) and all(
        tells_little(rates[code].numerator, rates[code].denominator) for code in together
    )


def _reasons(board: Board) -> Table:
    counted = board.whole.figures.baseline.reasons
    named = [(reason_word(code) or _("没有说原因"), number) for code, number in counted.most_common()]
    hidden = hidden_cells([[number] for _word, number in named])
    return Table(
        title=_("没补的原因"),
        caption=_("没补的剂次，按原因"),
        columns=(Column(_("原因"), 80), Column(_("剂次"), 30, Kind.NUMBER)),
        rows=tuple(Row((word, _cell(number, hide=(at, 0) in hidden))) for at, (word, number) in enumerate(named)),
        totals=(Row((_("合计"), _cell(counted.total(), hide=(len(named), 0) in hidden)), strong=True),),
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
