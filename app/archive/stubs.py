"""The stubs of a school's notices, and the receipts of its lists, as tables. Reads, never writes."""

import datetime as dt

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.children.models import Child, Enrolment
from app.clock import CHINA
from app.notices.models import Notice
from app.notices.wording import notice_state_word, parts_words
from app.notices.wording import sheet_number as notice_number
from app.privacy.identities import open_identities
from app.reports.freezing import short_hash
from app.reports.models import Report
from app.reports.wording import number_of, report_state_word, return_reason
from app.schools.models import Organisation, SchoolClass
from app.sheets.sealing import seal, sheet_number
from forms.paper.tables import Column, Kind, Row, Table, TableSheet


def stubs_sheet(session: Session, campaign: Campaign, school: Organisation, on: dt.date) -> TableSheet:
    """Every notice that the school ever wrote in the campaign, the withdrawn ones too, by number."""
    wanted = (
        select(Notice, Child, SchoolClass)
        .join(Child, Child.id == Notice.child_id)
        .join(Enrolment, Enrolment.id == Notice.enrolment_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Notice.campaign_id == campaign.id, Notice.school_id == school.id)
    )
    found = session.execute(wanted.order_by(Notice.number)).all()
    names = {one: identity.name for one, identity in open_identities(session, [row.Child for row in found]).items()}
    rows = [
        Row(
            (
                at,
                notice_number(campaign, school.id, notice.number),
                school_class.name,
                names.get(child.id) or _("（资料已删除）"),
                parts_words(notice),
                notice_state_word(notice.state),
                notice.print_count,
                _day(notice.printed_at),
                _day(notice.handed_at),
                _day(notice.slip_back_at),
            )
        )
        for at, (notice, child, school_class) in enumerate(found, start=1)
    ]
    columns = (
        Column(_("序"), 10, Kind.NUMBER),
        Column(_("编号"), 42, Kind.TEXT),
        Column(_("班级"), 36, Kind.TEXT),
        Column(_("姓名"), 38, Kind.NAME),
        Column(_("内容"), 36, Kind.TEXT),
        Column(_("状态"), 32, Kind.TEXT),
        Column(_("打印次数"), 17, Kind.NUMBER),
        Column(_("打印"), 22, Kind.DATE),
        Column(_("发出"), 22, Kind.DATE),
        Column(_("回执"), 22, Kind.DATE),
    )
    table = Table(_("通知存根"), columns, tuple(rows), empty=_("这次查验没有写过通知。"))
    content = [(one.Notice.id, one.Notice.state, one.Notice.print_count) for one in found]
    return _sheet(_("补种通知存根"), table, campaign, school, on, content, kind=_("存"))


def receipts_sheet(session: Session, campaign: Campaign, school: Organisation, on: dt.date) -> TableSheet:
    """Every list, when it was sent and what the health center answered."""
    wanted = (
        select(Report, Organisation)
        .join(Organisation, Organisation.id == Report.health_center_id)
        .where(Report.campaign_id == campaign.id, Report.school_id == school.id)
    )
    found = session.execute(wanted.order_by(Report.health_center_id, Report.sequence)).all()
    rows = [
        Row(
            (
                number_of(campaign, report),
                center.name,
                report.sequence,
                int(report.counts["listed"]),
                _day(report.frozen_at),
                _day(report.sent_at),
                _day(report.answered_at),
                report_state_word(report.state),
                return_reason(report.returned_because) if report.returned_because else None,
                short_hash(report.content_hash),
            )
        )
        for report, center in found
    ]
    columns = (
        Column(_("编号"), 46, Kind.TEXT),
        Column(_("接种单位"), 52, Kind.TEXT),
        Column(_("第几份"), 16, Kind.NUMBER),
        Column(_("人数"), 14, Kind.NUMBER),
        Column(_("定稿"), 22, Kind.DATE),
        Column(_("送出"), 22, Kind.DATE),
        Column(_("答复"), 22, Kind.DATE),
        Column(_("状态"), 24, Kind.TEXT),
        Column(_("退回原因"), 31, Kind.TEXT),
        Column(_("校验"), 28, Kind.TEXT),
    )
    table = Table(_("名单回执"), columns, tuple(rows), empty=_("这次查验没有报过名单。"))
    content = [(one.Report.id, one.Report.state, one.Report.content_hash) for one in found]
    return _sheet(_("未完成接种儿童名单回执"), table, campaign, school, on, content, kind=_("回"))


def _sheet(
    title: str, table: Table, campaign: Campaign, place: Organisation, on: dt.date, content: list[object], *, kind: str
) -> TableSheet:
    return TableSheet(
        title=title,
        facts=(place.name, campaign.name, on.isoformat()),
        tables=(table,),
        number=sheet_number(kind, campaign, on, place.id),
        seal=seal(title, on, content),
        drawn_on=on,
    )


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(CHINA).date() if moment else None
