"""Each school's roster version: whoever changes names or enrolments counts it up, so that decrypted copies grow old."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.children.models import Enrolment
from app.privacy.models import RosterVersion
from app.schools.models import SchoolClass


def version_of(session: Session, school_id: int) -> int:
    return session.scalar(select(RosterVersion.version).where(RosterVersion.school_id == school_id)) or 0


def touch_roster(session: Session, school_id: int) -> None:
    """The school's roster changed: a child enrolled, left, or goes by another name."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    one_more = dialect.insert(RosterVersion).values(school_id=school_id, version=1)
    session.execute(
        one_more.on_conflict_do_update(
            index_elements=[RosterVersion.school_id], set_={"version": RosterVersion.version + 1}
        )
    )


def touch_rosters_of(session: Session, child_id: int) -> None:
    """Something about this child changed: touch every school it is or was at."""
    for school_id in schools_of(session, child_id):
        touch_roster(session, school_id)


def schools_of(session: Session, child_id: int) -> Iterable[int]:
    return session.scalars(
        select(SchoolClass.school_id)
        .join(Enrolment, Enrolment.class_id == SchoolClass.id)
        .where(Enrolment.child_id == child_id)
        .distinct()
        .order_by(SchoolClass.school_id)  # always in one order: two transactions never wait for each other
    ).all()
