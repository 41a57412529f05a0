"""What an archive is made from, as one hash: notices, doses, lists and checks by number and state. No name goes in."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import taking_part
from app.checks.models import Check
from app.children.models import Enrolment
from app.notices.models import Notice, NoticeItem
from app.reports.models import Report
from app.schools.models import SchoolClass


def states(session: Session, campaign: Campaign, school_id: int | None = None) -> str:
    """Of one school, or of the whole campaign."""
    notices = select(Notice.id, Notice.state).where(Notice.campaign_id == campaign.id)
    items = (
        select(NoticeItem.id, NoticeItem.state, NoticeItem.dose_record_id)
        .join(Notice, Notice.id == NoticeItem.notice_id)
        .where(Notice.campaign_id == campaign.id)
    )
    reports = select(Report.id, Report.state, Report.content_hash).where(Report.campaign_id == campaign.id)
    children = taking_part(campaign)
    if school_id is not None:
        notices, items = notices.where(Notice.school_id == school_id), items.where(Notice.school_id == school_id)
        reports, children = (
            reports.where(Report.school_id == school_id),
            children.where(SchoolClass.school_id == school_id),
        )
    enrolments = children.with_only_columns(Enrolment.id)
    checks = select(Check.id).where(Check.enrolment_id.in_(enrolments))
    digest = hashlib.sha256()
    for question, order in ((notices, Notice.id), (items, NoticeItem.id), (reports, Report.id), (checks, Check.id)):
        for row in session.execute(question.order_by(order)):
            digest.update(("|".join(str(value) for value in row) + "\n").encode())
        digest.update(b"--\n")
    return digest.hexdigest()
