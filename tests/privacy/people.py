"""Children who exist nowhere, with everything that must stay secret."""

import datetime as dt

from sqlalchemy.orm import Session

from app.children.models import Child
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity, seal_identity
from app.schools.models import SchoolClass
from tests.district import MOMENT, enrol


def named(name: str, **more: object) -> Identity:
    return Identity(name=name, **more)  # type: ignore[arg-type]


def numbered(name: str, number: str, kind: IdentifierKind = IdentifierKind.RESIDENT_ID) -> Identity:
    return Identity(name=name, identifiers=(Identifier(kind, number),))


def reached_at(name: str, *phones: str) -> Identity:
    return Identity(name=name, guardians=tuple(Guardian("家长", "母亲", phone) for phone in phones))


def enter(session: Session, school_class: SchoolClass, identity: Identity, born: str = "2020-03-12") -> Child:
    """A child with an identity in a class."""
    child = enrol(session, school_class)
    child.birth_date = dt.date.fromisoformat(born)
    seal_identity(session, child, identity, now=MOMENT)
    return child
