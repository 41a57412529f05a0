"""The trail as a table to keep: a workbook or a text file with the same rows."""

import csv
import datetime as dt
import io
from collections.abc import Sequence

from flask_babel import gettext as _

from app.audit.queries import Asked, Line
from app.audit.wording import action_word, nobody_word, subject_word
from app.clock import CHINA
from app.people.roles import Role
from app.people.wording import role_name
from forms.paper.tables import Column, Kind, Row, Table, TableSheet, shown

#: A workbook of more rows is of no use to anybody; the page says when there were more.
MOST = 50_000
#: A cell that a table program would take for a formula.
_STEERS = ("=", "+", "-", "@", "\t", "\r")


def sheet_of(lines: Sequence[Line], asked: Asked, today: dt.date) -> TableSheet:
    table = Table(
        title=_("审计"),
        columns=(
            Column(_("时间"), 36, Kind.MIDDLE),
            Column(_("单位"), 40),
            Column(_("谁"), 26),
            Column(_("工号"), 24),
            Column(_("身份"), 24),
            Column(_("做了什么"), 34),
            Column(_("代码"), 30),
            Column(_("对象"), 28),
            Column(_("明细"), 60),
        ),
        rows=tuple(Row(_cells(line)) for line in lines),
        empty=_("这几天没有记录。"),
    )
    facts = (_("%(first)s 至 %(last)s", first=asked.first, last=asked.last), _("%(n)s 条", n=len(lines)))
    return TableSheet(_("审计记录"), facts, (table,), number="", seal="", drawn_on=today)


def csv_of(sheet: TableSheet) -> bytes:
    """The same rows as text that table programs open: UTF-8 with its mark, words never a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    table = sheet.tables[0]
    writer.writerow([column.label for column in table.columns])
    writer.writerows([_harmless(shown(cell)) for cell in row.cells] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def moment_words(at: str) -> str:
    return dt.datetime.fromisoformat(at).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def china_minute(moment: dt.datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _cells(line: Line) -> tuple[str, ...]:
    event = line.event
    return (
        moment_words(event.at),
        line.place.name if line.place else _("系统"),
        line.person.shown_name if line.person else nobody_word(event.role),
        line.person.sign_in_name if line.person else "",
        role_name(Role(event.role)) if event.role in set(Role) else event.role,
        action_word(event.action),
        event.action,
        subject_word(event),
        event.detail,
    )


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_STEERS) else text
