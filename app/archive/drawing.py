"""A piece of an archive to its files, in a process of the worker's pool. Reads, never writes."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.archive.child_records import record_sheets
from app.archive.models import Archive
from app.archive.stubs import receipts_sheet, stubs_sheet
from app.campaigns.models import Campaign
from app.campaigns.queries import deadline
from app.clock import CHINA
from app.config import Settings
from app.jobs.inside import office_of
from app.jobs.kinds import Made
from app.papers import press
from app.people.actors import Actor
from app.reports.drawing import frozen_sheet
from app.reports.models import Report
from app.reports.queries import lists_of_schools
from app.schools.models import Organisation, SchoolClass
from app.sheets.drawing import feedback_sheet, register_sheet, summary_sheet
from app.sheets.months import months_of
from app.sheets.sealing import seal, sheet_number
from forms.paper.report import print_report, tables_of
from forms.paper.rule_book.composing import compose
from forms.paper.rule_book.printing import print_book
from forms.paper.rule_book.text import markdown
from forms.paper.tables import Column, Kind, Row, Table, TableSheet
from forms.paper.vaccination_record import print_records
from forms.paper.workbook import MIMETYPE, workbook
from rules.rulebook import book

PDF = "application/pdf"
#: What a name of a folder or file may not hold, on any system.
_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


def draw(
    settings: Settings, of: Mapping[str, Any], position: int, campaign_id: int, by: Actor, now: dt.datetime
) -> list[Made]:
    """The files of one piece, named as they lie in the archive. File names say a class or a kind, never a child."""
    with office_of(settings).database.reading() as session, force_locale("zh_CN"):
        return _Drawer(session, session.get_one(Campaign, campaign_id), by, now, position).draw(of)


class _Drawer:
    """Everything a piece is drawn with."""

    def __init__(self, session: Session, campaign: Campaign, by: Actor, now: dt.datetime, position: int) -> None:
        self.session, self.campaign, self.by, self.now, self.position = session, campaign, by, now, position
        self.on = now.astimezone(CHINA).date()
        self.place = session.get_one(Organisation, by.organisation_id)

    def draw(self, of: Mapping[str, Any]) -> list[Made]:
        sheet = of["sheet"]
        if sheet in {"register", "records"}:
            return self._of_class(sheet, self.session.get_one(SchoolClass, of["of"]))
        if sheet == "report":
            return self._report(self.session.get_one(Report, of["of"]))
        if sheet == "rules":
            return self._rules()
        if sheet == "feedback":
            month = next(one for one in months_of(self.campaign, self.on) if one.code == of["month"])
            drawn = feedback_sheet(self.session, self.by, self.campaign, month, self.on)
            return self._both(_("补证补种登记表/%(month)s", month=month.code), drawn.sheet)
        if sheet == "summary":
            return self._both(_("汇总表"), summary_sheet(self.session, self.by, self.campaign, self.now).sheet)
        if sheet == "schools":
            return self._both(_("各校归档和名单"), self._schools())
        if sheet == "stubs":
            return self._both(_("通知存根"), stubs_sheet(self.session, self.campaign, self.place, self.on))
        return self._both(_("名单/回执"), receipts_sheet(self.session, self.campaign, self.place, self.on))

    def _of_class(self, sheet: str, school_class: SchoolClass) -> list[Made]:
        name = f"{self.position:03} {school_class.name}".translate(_FORBIDDEN)
        if sheet == "register":
            drawn = register_sheet(self.session, self.campaign, school_class, self.on)
            return self._both(_("登记表/%(name)s", name=name), drawn.sheet)
        sheets = record_sheets(self.session, self.campaign, school_class, self.on)
        if not sheets:
            return []
        return [Made(_("接种记录单/%(name)s", name=name) + ".pdf", PDF, print_records(press(), sheets), offered=False)]

    def _report(self, report: Report) -> list[Made]:
        sheet = frozen_sheet(self.session, report, until=deadline(self.campaign))
        name = _("名单/第 %(n)s 份", n=f"{self.position:03}")
        return [
            Made(f"{name}.pdf", PDF, print_report(press(), sheet), offered=False),
            Made(f"{name}.xlsx", MIMETYPE, workbook(tables_of(sheet)), offered=False),
        ]

    def _rules(self) -> list[Made]:
        sheet = compose(book(self.campaign.edition))
        name = _("规则册/%(edition)s", edition=self.campaign.edition)
        return [
            Made(f"{name}.pdf", PDF, print_book(press(), sheet), offered=False),
            Made(f"{name}.md", "text/markdown", markdown(sheet).encode(), offered=False),
        ]

    def _both(self, name: str, sheet: TableSheet) -> list[Made]:
        return [
            Made(f"{name}.pdf", PDF, press().print_tables(sheet), offered=False),
            Made(f"{name}.xlsx", MIMETYPE, workbook(sheet), offered=False),
        ]

    def _schools(self) -> TableSheet:
        """Which school archived what, and how many lists it sent: counts and hashes."""
        made: dict[int, Archive] = {}
        for one in self.session.scalars(
            select(Archive).where(Archive.campaign_id == self.campaign.id).order_by(Archive.id)
        ):
            made[one.organisation_id] = one
        rows, content = [], []
        for at, school in enumerate(lists_of_schools(self.session, self.by, self.campaign), start=1):
            archive = made.get(school.school.id)
            day = archive.made_at.astimezone(CHINA).date() if archive else None
            index = archive.index_hash[:32] if archive else _("没有做归档包")
            rows.append(
                Row((at, school.school.name, len(school.reports), school.listed, day, archive and archive.files, index))
            )
            content.append((school.school.id, len(school.reports), school.listed, archive and archive.index_hash))
        columns = (
            Column(_("序"), 10, Kind.NUMBER),
            Column(_("学校"), 80, Kind.TEXT),
            Column(_("名单份数"), 20, Kind.NUMBER),
            Column(_("名单人数"), 20, Kind.NUMBER),
            Column(_("归档日期"), 26, Kind.DATE),
            Column(_("文件数"), 18, Kind.NUMBER),
            Column(_("索引校验（前 32 位）"), 103, Kind.TEXT),
        )
        table = Table(_("各校"), columns, tuple(rows), empty=_("没有学校。"))
        return TableSheet(
            title=_("各校归档和名单"),
            facts=(self.place.name, self.campaign.name, self.on.isoformat()),
            tables=(table,),
            number=sheet_number(_("档"), self.campaign, self.on, self.place.id),
            seal=seal("schools", self.on, content),
            drawn_on=self.on,
        )
