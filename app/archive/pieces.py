"""What an archive consists of: a piece a sheet, by numbers, and which children each shows by name."""

import datetime as dt
from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import taking_part
from app.children.models import Enrolment
from app.jobs.actions import Piece
from app.notices.models import Notice
from app.reports.models import Report, ReportRow
from app.schools.models import SchoolClass
from app.schools.ordering import class_order
from app.sheets.months import months_of


def pieces_of_school(session: Session, campaign: Campaign, school_id: int, on: dt.date) -> list[Piece]:
    return list(_of_school(session, campaign, school_id, on))


def pieces_of_bureau() -> list[Piece]:
    """Counts and hashes only: nobody at a bureau sees a child by name."""
    return [
        _piece(_("汇总表"), "summary"),
        _piece(_("各校归档和名单"), "schools"),
        _piece(_("规则册"), "rules"),
    ]


def children_on(session: Session, campaign: Campaign, school_id: int, of: dict[str, object]) -> list[int]:
    """Who stands by name on a piece, for the trail."""
    sheet = of["sheet"]
    if sheet in {"register", "records"}:
        wanted = taking_part(campaign).where(Enrolment.class_id == of["of"]).with_only_columns(Enrolment.child_id)
    elif sheet in {"stubs", "feedback"}:
        wanted = select(Notice.child_id).where(Notice.campaign_id == campaign.id, Notice.school_id == school_id)
    elif sheet == "report":
        wanted = (
            select(Enrolment.child_id)
            .join(ReportRow, ReportRow.enrolment_id == Enrolment.id)
            .where(ReportRow.report_id == of["of"])
        )
    else:
        return []
    return sorted(set(session.scalars(wanted)))


def _of_school(session: Session, campaign: Campaign, school_id: int, on: dt.date) -> Iterator[Piece]:
    yield _piece(_("汇总表"), "summary")
    taking = taking_part(campaign).where(SchoolClass.school_id == school_id).with_only_columns(Enrolment.class_id)
    classes = session.scalars(select(SchoolClass).where(SchoolClass.id.in_(taking))).all()
    for one in sorted(classes, key=class_order):
        yield _piece(_("登记表，%(name)s", name=one.name), "register", of=one.id)
    yield _piece(_("通知存根"), "stubs")
    reports = select(Report).where(Report.campaign_id == campaign.id, Report.school_id == school_id)
    for at, report in enumerate(session.scalars(reports.order_by(Report.id)), start=1):
        yield _piece(_("名单，第 %(n)s 份", n=at), "report", of=report.id)
    yield _piece(_("名单回执"), "receipts")
    for month in months_of(campaign, on):
        yield _piece(_("补证补种登记表，%(month)s", month=month.word), "feedback", month=month.code)
    for one in sorted(classes, key=class_order):
        yield _piece(_("接种记录单，%(name)s", name=one.name), "records", of=one.id)
    yield _piece(_("规则册"), "rules")


def _piece(label: str, sheet: str, **more: object) -> Piece:
    return Piece(label, {"sheet": sheet, **more}, 1)
