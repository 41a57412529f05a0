"""The second looks to make among those who take part in a campaign."""

from collections.abc import Collection

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import taking_part
from app.checks.counting import standing_checks
from app.checks.second_looks import due_again
from app.children.models import Enrolment


def to_look_at_again(campaign: Campaign) -> Select[tuple[Enrolment]]:
    """The enrolments of these children."""
    last = standing_checks()
    return (
        taking_part(campaign)
        .join(last, last.c.enrolment_id == Enrolment.id)
        .where(due_again(Enrolment.child_id, last.c.result, last.c.at))
    )


def second_looks(session: Session, campaign: Campaign, class_ids: Collection[int]) -> int:
    """How many there are in these classes."""
    wanted = to_look_at_again(campaign).where(Enrolment.class_id.in_(class_ids))
    return session.scalar(wanted.with_only_columns(func.count())) or 0
