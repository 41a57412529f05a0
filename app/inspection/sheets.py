"""Papers of supervision: the list of schools to be sent after 催办名单, and the sheet of a visit, blank or filled."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.inspection.models import FindingKind
from app.inspection.overdue import OVERDUE, SchoolDays
from app.inspection.wording import finding_word, finding_words, late_word
from app.sheets.sealing import seal
from forms.paper.tables import Column, Kind, Row, Table, TableSheet

#: Room for two lines of handwriting, and lines of their own at the end.
_TO_WRITE, _MORE_LINES = "\u3000\n\u3000", 2


def escalation_sheet(rows: Sequence[SchoolDays], office: str, campaign: str, today: dt.date) -> TableSheet:
    """Whom to call, about what, since when. No child is on it."""
    table = Table(
        title=_("催办名单"),
        columns=(
            Column(_("序号"), 10, Kind.NUMBER),
            Column(_("学校"), 48, Kind.NAME),
            Column(_("催什么"), 62),
            Column(_("期限"), 22, Kind.DATE),
            Column(_("过了几天"), 16, Kind.NUMBER),
            Column(_("应查 / 已查"), 22, Kind.MIDDLE),
            Column(_("联系人"), 24, Kind.MIDDLE),
            Column(_("电话"), 32, Kind.MIDDLE),
            Column(_("催办记录"), 38),
        ),
        rows=tuple(Row(_school(number, row, today)) for number, row in enumerate(rows, start=1)),
        empty=_("没有过期的学校。"),
    )
    return TableSheet(
        title=_("预防接种证查验催办名单"),
        facts=(office, campaign, _("截至 %(day)s", day=today)),
        tables=(table,),
        number=_("催 %(day)s", day=f"{today:%Y%m%d}"),
        seal=seal("reminders", today, [[one.school.id, sorted(one.late)] for one in rows]),
        drawn_on=today,
        hands=(_("经办人"), _("日期"), _("单位（章）")),
    )


@dataclass(frozen=True, slots=True, repr=False)
class VisitSheet:
    """What is known of a visit; nothing of it on a blank sheet."""

    school: str = ""
    contact: str = ""
    day: dt.date | None = None
    inspector: str = ""
    number: int | None = None
    findings: tuple[tuple[FindingKind, str, dt.date, dt.date | None], ...] = ()


def visit_sheet(visit: VisitSheet, office: str, today: dt.date) -> TableSheet:
    """One A4; a blank one asks the usual questions line by line."""
    columns = (
        Column(_("序号"), 10, Kind.NUMBER),
        Column(_("查什么"), 46),
        Column(_("发现的问题"), 112),
        Column(_("整改期限"), 28, Kind.DATE),
        Column(_("完成日期"), 28, Kind.DATE),
        Column(_("复核人"), 28),
    )
    if visit.number is None:
        asked = [*finding_words().values()]
        lines = [Row((n, word, _TO_WRITE, None, None, None)) for n, word in enumerate(asked, start=1)]
        lines += [Row((len(asked) + n, _TO_WRITE, None, None, None, None)) for n in range(1, _MORE_LINES + 1)]
    else:
        lines = [
            Row((n, finding_word(kind), note or None, by, on, None))
            for n, (kind, note, by, on) in enumerate(visit.findings, start=1)
        ]
    table = Table(_("督导"), columns, tuple(lines), empty=_("没有发现要整改的问题。"))
    blank = "＿＿＿＿＿＿＿＿＿＿"
    return TableSheet(
        title=_("预防接种证查验督导记录单"),
        facts=(
            office,
            _("学校 %(name)s", name=visit.school or blank),
            _("联系人 %(who)s", who=visit.contact or blank),
            _("日期 %(day)s", day=visit.day or blank),
        ),
        tables=(table,),
        number=_("督 %(n)s", n=visit.number or "＿＿＿"),
        seal=_seal_of(visit) if visit.day else "—",
        drawn_on=today,
        hands=(_("督导人 %(name)s", name=visit.inspector), _("学校负责人"), _("学校（章）")),
    )


def _seal_of(visit: VisitSheet) -> str:
    """Of what was found and by when; the words are not in it."""
    assert visit.day is not None
    return seal("visit", visit.day, [visit.number, [(kind, by, on) for kind, _note, by, on in visit.findings]])


def _school(number: int, row: SchoolDays, today: dt.date) -> tuple[int | str | dt.date | None, ...]:
    late = {what: day for what, day in row.late.items() if what in OVERDUE}
    return (
        number,
        row.school.name,
        "\n".join(late_word(what) for what in late),
        min(late.values(), default=None),
        row.days_over(today),
        f"{row.counts.expected} / {row.counts.checked}",
        row.school.contact_person or None,
        row.school.phone or None,
        None,
    )
