"""Second looks to make: children who still owed something at their last check and of whom the clinic has entered doses
since. It does not matter whether a nurse typed them or a registry's file brought them.
"""

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from app.campaigns.models import Campaign
from app.campaigns.queries import taking_part
from app.checks.counting import standing_checks
from app.children.kinds import DoseSource
from app.children.models import DoseRecord, Enrolment
from rules.vocabulary import Result

_STILL_OPEN = (Result.CATCH_UP.value, Result.REVIEW.value, Result.NO_CERTIFICATE.value)
_BY_THE_CLINIC = (DoseSource.CLINIC, DoseSource.REGISTRY)


def to_look_at_again(campaign: Campaign) -> Select[tuple[Enrolment]]:
    """The enrolments of these children."""
    later, last = aliased(DoseRecord), standing_checks()
    entered = (
        select(DoseRecord.id)
        .where(
            DoseRecord.child_id == Enrolment.child_id,
            DoseRecord.source.in_(_BY_THE_CLINIC),
            DoseRecord.withdrawn.is_(False),
            DoseRecord.entered_at > last.c.at,
            ~select(later.id).where(later.supersedes_id == DoseRecord.id, later.withdrawn.is_(True)).exists(),
        )
        .exists()
    )
    return (
        taking_part(campaign)
        .join(last, last.c.enrolment_id == Enrolment.id)
        .where(last.c.result.in_(_STILL_OPEN), entered)
    )


def second_looks(session: Session, campaign: Campaign, class_ids: Collection[int]) -> int:
    """How many there are in these classes."""
    wanted = to_look_at_again(campaign).where(Enrolment.class_id.in_(class_ids))
    return session.scalar(wanted.with_only_columns(func.count())) or 0
