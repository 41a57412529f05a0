"""Children who are known already, looking at what a file would do to them, and what stands in the tables after it."""

import re

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.children.kinds import EnrolmentState, Sex
from app.children.models import Child, Enrolment
from app.database import Base, Database
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity, open_identities, seal_identity
from app.roster.groups import ChangeSet, Group, Outcome
from app.roster.reading import read_roster
from app.roster.reviewing import Review, reviewed
from app.schools.models import SchoolClass
from tests.district import FIRST_DAY, MOMENT, District, enrol
from tests.roster.sheets import BORN


def known(
    session: Session,
    school_class: SchoolClass,
    name: str,
    number: str | None = None,
    *,
    kind: IdentifierKind = IdentifierKind.RESIDENT_ID,
    sex: Sex = Sex.FEMALE,
    guardians: tuple[Guardian, ...] = (),
    left: bool = False,
    **more: object,
) -> Child:
    """A child born on `BORN` in a class."""
    child = enrol(session, school_class)
    child.sex, child.birth_date = sex, BORN
    numbers = (Identifier(kind, number),) if number else ()
    identity = Identity(name=name, identifiers=numbers, guardians=guardians, **more)  # type: ignore[arg-type]
    seal_identity(session, child, identity, now=MOMENT)
    if left:
        enrolment = session.scalars(select(Enrolment).where(Enrolment.child_id == child.id)).one()
        enrolment.state, enrolment.to_day = EnrolmentState.LEFT, FIRST_DAY
    session.flush()
    return child


def look(
    session: Session, district: District, content: bytes, school: str = "near", class_id: int | None = None
) -> Review:
    """The file as this school would see it now."""
    roster = read_roster(content, file_name="名册.xlsx", today=FIRST_DAY, class_id=class_id)
    return reviewed(session, district.places[school], roster)


def only(changes: ChangeSet, group: Group) -> Outcome:
    """The one row, which stands in this group."""
    (outcome,) = changes.outcomes
    assert outcome.group is group, [fault.sentence for fault in outcome.faults]
    return outcome


def said(outcome: Outcome) -> list[tuple[str, str, str]]:
    assert outcome.match is not None
    return [(change.field.value, change.before, change.after) for change in outcome.match.changes]


def identities_here(session: Session, district: District, school: str = "near") -> dict[int, Identity]:
    """Who is enrolled at a school now."""
    children = session.scalars(
        select(Child)
        .join(Enrolment, Enrolment.child_id == Child.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(SchoolClass.school_id == district.places[school].id, Enrolment.state == EnrolmentState.ACTIVE)
    ).all()
    return open_identities(session, children)


def everything(database: Database, besides: tuple[str, ...] = ()) -> dict[str, list[object]]:
    """Every row of every table but those that a visit writes by itself."""
    watched = {*Base.metadata.tables} - {"audit_event", "audit_head", "audit_anchor", "user_session", *besides}
    with database.reading() as session:
        return {name: sorted(map(str, session.execute(text(f"SELECT * FROM {name}")))) for name in sorted(watched)}


def words(page: str) -> str:
    """The page as it reads."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()
