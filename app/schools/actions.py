"""What is done to organisations and classes; each leaves an audit line and none commits."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.people.actors import Actor
from app.schools.models import Area, Organisation, OrganisationKind, SchoolClass

#: Who may supervise whom.
_SUPERVISED_BY = {
    OrganisationKind.SCHOOL: OrganisationKind.BUREAU,
    OrganisationKind.HEALTH_CENTER: OrganisationKind.CDC,
    OrganisationKind.BUREAU: OrganisationKind.BUREAU,
    OrganisationKind.CDC: OrganisationKind.CDC,
}


class NotPossible(ValueError):
    """What was asked makes no sense for these organisations; the message says why."""


def add_organisation(
    session: Session, *, by: Actor | None, now: dt.datetime, organisation: Organisation
) -> Organisation:
    """A new organisation, filled in by the caller, hung on its line of supervision."""
    _check_supervisor(session, organisation)
    _check_health_center(session, organisation)
    session.add(organisation)
    session.flush()
    detail = {"kind": organisation.kind, "supervisor_id": organisation.supervisor_id}
    subject = ("organisation", organisation.id)
    record(session, by=by, now=now, action="organisation.added", subject=subject, detail=detail)
    return organisation


def settle_area(session: Session, *, by: Actor | None, now: dt.datetime, code: str, name: str | None = None) -> str:
    """The full code of an area, which is added if `name` says what it is called."""
    code = code.strip()
    full = code.ljust(12, "0")
    if not 6 <= len(code) <= 12 or not full.isascii() or not full.isdigit():
        raise NotPossible(f"{code} is no area code: write the six to twelve digits of GB/T 2260, such as 330106.")
    if session.get(Area, full) is not None:
        return full
    if not name:
        raise NotPossible(f"The area {full} is not known here: give its name too.")
    above = next((code for code in _codes_above(full) if session.get(Area, code) is not None), None)
    session.add(Area(code=full, name=name, parent_code=above))
    session.flush()
    record(session, by=by, now=now, action="area.added", detail={"area": f"GB/T:{full}"})
    return full


def add_class(
    session: Session,
    *,
    by: Actor | None,
    now: dt.datetime,
    school: Organisation,
    grade: str,
    name: str,
    expected_by_school: int | None = None,
) -> SchoolClass:
    """A new class of a school."""
    if school.kind is not OrganisationKind.SCHOOL:
        raise NotPossible("Only a school has classes.")
    same = (SchoolClass.school_id == school.id, SchoolClass.grade == grade, SchoolClass.name == name)
    if session.scalar(select(SchoolClass.id).where(*same)) is not None:
        raise NotPossible("The school has a class of this grade and name already.")
    added = SchoolClass(school_id=school.id, grade=grade, name=name, expected_by_school=expected_by_school)
    session.add(added)
    session.flush()
    record(session, by=by, now=now, action="class.added", subject=("class", added.id), detail={"school_id": school.id})
    return added


def name_contact(
    session: Session, *, by: Actor, now: dt.datetime, organisation: Organisation, person: str, phone: str
) -> bool:
    """Whom to ask for there. Whether anything changed; the trail says that it did, not to whom."""
    if (organisation.contact_person, organisation.phone) == (person, phone):
        return False
    organisation.contact_person, organisation.phone = person, phone
    session.flush()
    record(session, by=by, now=now, action="organisation.contact_named", subject=("organisation", organisation.id))
    return True


def _check_supervisor(session: Session, organisation: Organisation) -> None:
    if organisation.supervisor_id is None:
        return
    supervisor = session.get_one(Organisation, organisation.supervisor_id)
    if supervisor.kind is not _SUPERVISED_BY[organisation.kind]:
        wanted = _SUPERVISED_BY[organisation.kind]
        raise NotPossible(f"A {organisation.kind} is supervised by a {wanted}, not by a {supervisor.kind}.")


def _check_health_center(session: Session, organisation: Organisation) -> None:
    if organisation.default_health_center_id is None:
        return
    if organisation.kind is not OrganisationKind.SCHOOL:
        raise NotPossible("Only a school has a default health center.")
    center = session.get_one(Organisation, organisation.default_health_center_id)
    if center.kind is not OrganisationKind.HEALTH_CENTER:
        raise NotPossible("A school's default health center must be a health center.")


def _codes_above(code: str) -> list[str]:
    """The codes of the larger areas around one, nearest first: village, township, county, city, province."""
    cuts = [code[:length].ljust(12, "0") for length in (9, 6, 4, 2)]
    return [cut for cut in dict.fromkeys(cuts) if cut != code]
