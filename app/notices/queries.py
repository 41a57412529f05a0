"""Questions about notices: the live one of a child, those of a class in class order, the one with a code."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.notices.models import ENDED, Notice


def live_notice(session: Session, enrolment_id: int) -> Notice | None:
    """The one notice that holds for an enrolment, if there is one."""
    return session.scalars(select(Notice).where(Notice.enrolment_id == enrolment_id, is_live())).one_or_none()


def is_live() -> ColumnElement[bool]:
    return Notice.state.not_in(ENDED)
