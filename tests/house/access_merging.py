"""Rows of merging for the table of who sees what: the other record of a comparison, and a link that can be undone."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import Child, Enrolment
from app.merging.models import ChildMerge
from app.privacy.identities import Identity, seal_identity
from app.schools.models import SchoolClass
from tests.district import MOMENT, District, enrol


def other_of(session: Session, district: District, name: str) -> int:
    """A second row of this child in its class."""
    child = enrol(session, session.get_one(SchoolClass, class_of(session, district, name)))
    seal_identity(session, child, Identity("林二份"), now=MOMENT)
    return child.id


def merge_of(session: Session, district: District, name: str) -> int:
    """A second row that was found to be this child."""
    gone = session.get_one(Child, other_of(session, district, name))
    gone.merged_into_id = district.children[name].id
    row = ChildMerge(kept_id=district.children[name].id, gone_id=gone.id, merged_at=MOMENT)
    row.merged_by, row.enrolments, row.doses = district.users["clerk"].id, [], []
    row.taken = {"names": [], "identifiers": [], "guardians": [], "address": []}
    session.add(row)
    session.flush()
    return row.id


def class_of(session: Session, district: District, name: str) -> int:
    child_id = district.children[name].id
    return session.scalars(select(Enrolment.class_id).where(Enrolment.child_id == child_id)).one()


OF_A_MERGE = {"other_child_id": other_of, "merge_id": merge_of}
