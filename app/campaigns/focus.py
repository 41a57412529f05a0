"""The vaccines a district looks at most closely this time: how many children still have to catch up on each."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import taking_part
from app.children.models import Enrolment
from app.notices.models import ItemState, Notice, NoticeItem, NoticePart
from app.notices.queries import is_live
from app.schools.models import SchoolClass


def focus_counts(session: Session, campaign: Campaign, school_id: int | None = None) -> list[tuple[str, int]]:
    """Each line in focus with its children, those without any too; of one school or of all."""
    if not campaign.focus:
        return []
    everybody = taking_part(campaign)
    if school_id is not None:
        everybody = everybody.where(SchoolClass.school_id == school_id)
    wanted = (
        select(NoticeItem.line, func.count(Notice.enrolment_id.distinct()))
        .join(Notice, Notice.id == NoticeItem.notice_id)
        .where(
            is_live(),
            Notice.campaign_id == campaign.id,
            NoticeItem.state == ItemState.OPEN,
            NoticeItem.part == NoticePart.CATCH_UP,
            NoticeItem.line.in_(campaign.focus),
            Notice.enrolment_id.in_(everybody.with_only_columns(Enrolment.id)),
        )
        .group_by(NoticeItem.line)
    )
    found: dict[str, int] = dict(session.execute(wanted).all())
    return [(line, found.get(line, 0)) for line in campaign.focus]
