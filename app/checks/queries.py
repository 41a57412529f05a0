"""Questions about checks: the one that stands, the history of a child, the counts of a class."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from app.checks.models import Check


def latest_check(session: Session, enrolment_id: int) -> Check | None:
    """The check that stands: the highest number, not superseded, not withdrawn."""
    wanted = select(Check).where(Check.enrolment_id == enrolment_id, stands())
    return session.scalars(wanted.order_by(Check.number.desc(), Check.id.desc()).limit(1)).first()


def last_word(session: Session, enrolment_id: int) -> Check | None:
    """The newest row that nothing supersedes, also where it says that a check was undone."""
    wanted = select(Check).where(Check.enrolment_id == enrolment_id, not_superseded())
    return session.scalars(wanted.order_by(Check.number.desc(), Check.id.desc()).limit(1)).first()


def latest_checks(session: Session, enrolment_ids: Iterable[int]) -> dict[int, Check]:
    """The check that stands of each of these enrolments."""
    wanted = select(Check).where(Check.enrolment_id.in_(list(enrolment_ids)), stands()).order_by(Check.number, Check.id)
    return {check.enrolment_id: check for check in session.scalars(wanted)}


def history(session: Session, child_id: int) -> Sequence[Check]:
    """Every check of the child, newest first, the superseded ones among them."""
    wanted = select(Check).where(Check.child_id == child_id)
    return session.scalars(wanted.order_by(Check.at.desc(), Check.id.desc())).all()


def superseded_ids(session: Session, child_id: int) -> set[int]:
    wanted = select(Check.supersedes_id).where(Check.child_id == child_id, Check.supersedes_id.is_not(None))
    return {one for one in session.scalars(wanted) if one is not None}


def stands() -> ColumnElement[bool]:
    """Nothing supersedes this check, and it is one: not the word that another was undone."""
    return not_superseded() & Check.withdrawn.is_(False)


def not_superseded() -> ColumnElement[bool]:
    later = aliased(Check)
    return ~exists().where(later.supersedes_id == Check.id)
