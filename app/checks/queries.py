"""Questions about checks: the latest of an enrolment, the history of a child."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from app.checks.models import Check


def latest_check(session: Session, enrolment_id: int) -> Check | None:
    """The check that stands: the highest number, not superseded."""
    wanted = select(Check).where(Check.enrolment_id == enrolment_id, stands())
    return session.scalars(wanted.order_by(Check.number.desc(), Check.id.desc()).limit(1)).first()


def latest_checks(session: Session, enrolment_ids: Iterable[int]) -> dict[int, Check]:
    """The check that stands of each of these enrolments."""
    wanted = select(Check).where(Check.enrolment_id.in_(list(enrolment_ids)), stands()).order_by(Check.number, Check.id)
    return {check.enrolment_id: check for check in session.scalars(wanted)}


def history(session: Session, child_id: int) -> Sequence[Check]:
    """Every check of the child, newest first, the superseded ones among them."""
    return session.scalars(
        select(Check).where(Check.child_id == child_id).order_by(Check.at.desc(), Check.id.desc())
    ).all()


def superseded_ids(session: Session, child_id: int) -> set[int]:
    wanted = select(Check.supersedes_id).where(Check.child_id == child_id, Check.supersedes_id.is_not(None))
    return {one for one in session.scalars(wanted) if one is not None}


def stands() -> ColumnElement[bool]:
    """No later row supersedes this check."""
    later = aliased(Check)
    return ~exists().where(later.supersedes_id == Check.id)
