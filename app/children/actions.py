"""What is done to children themselves: added to a class, their identity and facts put right.

Each leaves an audit line and none commits. Nobody is ever merged here: a number belongs to one child, and a child of
the same name, birth date and sex is a question.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.holding import hold
from app.children.kinds import EnrolmentSource, EnrolmentState, Origin, Sex
from app.children.models import Child, Enrolment
from app.children.refusing import AlreadyCorrected, NotPossible
from app.people.actors import Actor
from app.people.scope import children_in_scope
from app.privacy.identities import Identity, open_identity, seal_identity
from app.privacy.indexing import NumberTaken, find_by_name_and_birth
from app.privacy.roster_version import touch_roster
from app.schools.models import SchoolClass


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules and the registers ask of a child beside its identity."""

    sex: Sex
    birth_date: dt.date
    origin: Origin = Origin.LOCAL
    hbsag_exposed_under_2000g: bool = False


class LooksAlike(NotPossible):
    """Children of the same name, birth date and sex in this person's scope: it may be one of them, a person decides."""

    def __init__(self, child_ids: list[int]) -> None:
        super().__init__("There is a child of this name, birth date and sex already: say whether it is another one.")
        self.child_ids = child_ids


def add_child(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    on: dt.date,
    school_class: SchoolClass,
    source: EnrolmentSource,
    facts: Facts,
    identity: Identity,
    another_child: bool = False,
) -> Child:
    """A new child in a class. NumberTaken and LooksAlike are raised before anything is written."""
    alike = [] if another_child else look_alikes(session, by, facts, identity.name)
    if alike:
        raise LooksAlike(alike)
    child = Child(
        sex=facts.sex,
        birth_date=facts.birth_date,
        origin=facts.origin,
        hbsag_exposed_under_2000g=facts.hbsag_exposed_under_2000g,
        created_at=now,
    )
    session.add(child)
    _seal(session, child, identity, now)
    enrolment = Enrolment(
        child_id=child.id, class_id=school_class.id, from_day=on, source=source, state=EnrolmentState.ACTIVE
    )
    session.add(enrolment)
    session.flush()
    touch_roster(session, school_class.school_id)
    detail = {"class": school_class.id, "enrolment": enrolment.id, "source": source}
    record(session, by=by, now=now, action="child.added", subject=("child", child.id), detail=detail)
    return child


def update_child(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    child: Child,
    as_seen: str,
    facts: Facts,
    identity: Identity,
) -> list[str]:
    """Put a child's identity and facts right; gives the names of what changed. `as_seen`: see `stamp`."""
    hold(session, child)
    session.refresh(child)
    if stamp(child) != as_seen:
        raise AlreadyCorrected("Somebody changed this child meanwhile: look at it before saving.")
    changed = _changed(child, facts, open_identity(session, child), identity)
    if not changed:
        return []
    child.sex, child.birth_date, child.origin = facts.sex, facts.birth_date, facts.origin
    child.hbsag_exposed_under_2000g = facts.hbsag_exposed_under_2000g
    _seal(session, child, identity, now)
    record(session, by=by, now=now, action="child.changed", subject=("child", child.id), detail={"changed": changed})
    return changed


def look_alikes(session: Session, by: Actor, facts: Facts, name: str) -> list[int]:
    """Children this person may see with the same name, birth date and sex."""
    found = find_by_name_and_birth(session, name, facts.birth_date)
    wanted = children_in_scope(by).where(Child.id.in_(found), Child.sex == facts.sex).order_by(Child.id)
    return [child.id for child in session.scalars(wanted)]


def stamp(child: Child) -> str:
    """Changes with every change of the child: tells a form that it was opened before somebody else saved."""
    return hashlib.sha256(child.identity_sealed or b"").hexdigest()[:20]


def _seal(session: Session, child: Child, identity: Identity, now: dt.datetime) -> None:
    try:
        seal_identity(session, child, identity, now=now)
    except IntegrityError as error:
        # Another desk saved the same number in the same second; the database was the last wall.
        raise NumberTaken({}) from error


def _changed(child: Child, facts: Facts, before: Identity | None, after: Identity) -> list[str]:
    pairs = {
        "sex": (child.sex, facts.sex),
        "birth_date": (child.birth_date, facts.birth_date),
        "origin": (child.origin, facts.origin),
        "hbsag_exposed_under_2000g": (child.hbsag_exposed_under_2000g, facts.hbsag_exposed_under_2000g),
        "name": (before and before.name, after.name),
        "former_names": (before and before.former_names, after.former_names),
        "identifiers": (before and set(before.identifiers), set(after.identifiers)),
        "guardians": (before and before.guardians, after.guardians),
        "address": (before and before.address, after.address),
    }
    return [name for name, (old, new) in pairs.items() if old != new]
