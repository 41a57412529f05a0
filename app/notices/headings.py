"""A school's own lines on its notices. The rest of the sheet is fixed: what the law and the clinic have to say."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.notices.models import NoticeHeading
from app.people.actors import Actor
from forms.paper.parties import Heading


def heading_of(session: Session, school_id: int) -> Heading:
    return headings_of(session, {school_id}).get(school_id, Heading())


def headings_of(session: Session, school_ids: set[int]) -> dict[int, Heading]:
    wanted = select(NoticeHeading).where(NoticeHeading.school_id.in_(school_ids))
    return {one.school_id: Heading(one.line, one.contact) for one in session.scalars(wanted)}


def set_heading(session: Session, *, by: Actor, now: dt.datetime, school_id: int, heading: Heading) -> None:
    """From the next print on. The same lines again change nothing."""
    if heading == heading_of(session, school_id):
        return
    row = session.get(NoticeHeading, school_id) or NoticeHeading(school_id=school_id)
    row.line, row.contact, row.changed_at, row.changed_by = heading.line, heading.contact, now, by.user_id
    session.add(row)
    session.flush()
    record(session, by=by, now=now, action="notice.heading_set", subject=("organisation", school_id))
