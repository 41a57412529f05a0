"""Lists of children for a page: a class in order of name, the places of those that a search found."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app.checks.queries import latest_checks
from app.children.kinds import CertificateState, EnrolmentState, Sex
from app.children.kinship import Kin, kin_of
from app.children.models import Certificate, Child, Enrolment
from app.children.pinyin import spoken
from app.children.searching import Hit
from app.people.actors import Actor
from app.people.scope import children_in_scope, classes_in_scope
from app.privacy.folding import fold_name
from app.privacy.identities import IdentifierKind, Identity, open_identities
from app.privacy.roster import rosters_of
from app.schools.models import Organisation, OrganisationKind, SchoolClass
from app.schools.queries import ClassCount, classes_with_counts


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """One row of a list."""

    child_id: int
    name: str
    sex: Sex
    birth_date: dt.date
    #: Another child of the list has the same name.
    namesake: bool
    #: Where names are alike, the end of the identity number tells who is who.
    last_four: str | None
    place: str = ""
    certificate: CertificateState | None = None
    #: The result of the check that stands; None: not checked.
    result: str | None = None
    why_found: str = ""
    #: A twin or a sibling is on the school's roster.
    kin: Kin | None = None

    def __repr__(self) -> str:
        return f"<row of child {self.child_id}, not shown>"


def class_list(session: Session, actor: Actor, school_class: SchoolClass) -> list[Listed]:
    """The children of a class whom this person may see, in order of name."""
    rows = session.execute(
        children_in_scope(actor)
        .join(Enrolment, Enrolment.child_id == Child.id)
        .where(Enrolment.class_id == school_class.id, Enrolment.state == EnrolmentState.ACTIVE)
        .add_columns(Enrolment.id)
    ).all()
    children = {enrolment_id: child for child, enrolment_id in rows}
    identities = open_identities(session, children.values())
    checks = latest_checks(session, children)
    states = _certificate_states(session, [child.id for child in children.values()])
    names = Counter(fold_name(identity.name) for identity in identities.values())
    listed = [
        Listed(
            child_id=child.id,
            sex=child.sex,
            birth_date=child.birth_date,
            name=(identity := identities.get(child.id, Identity(name=""))).name,
            namesake=names[fold_name(identity.name)] > 1,
            last_four=last_four(identity),
            certificate=states.get(child.id),
            result=str(checks[enrolment_id].findings["result"]) if enrolment_id in checks else None,
        )
        for enrolment_id, child in children.items()
    ]
    return sorted(listed, key=_by_name)


def found_list(session: Session, actor: Actor, hits: Sequence[Hit]) -> list[Listed]:
    """What a search found, in its order, each with class and, for people outside the school, the school."""
    ids = [hit.child_id for hit in hits]
    names = Counter(fold_name(hit.name) for hit in hits)
    alike = [hit.child_id for hit in hits if names[fold_name(hit.name)] > 1]
    identities = open_identities(session, session.scalars(children_in_scope(actor).where(Child.id.in_(alike))))
    places = places_of(session, actor, ids)
    inside = actor.organisation_kind is OrganisationKind.SCHOOL
    kin = kin_of(rosters_of(session).of(session, actor.organisation_id), set(ids)) if inside else {}
    return [
        Listed(
            child_id=hit.child_id,
            name=hit.name,
            sex=hit.sex,
            birth_date=hit.birth_date,
            namesake=hit.child_id in identities,
            last_four=last_four(identities[hit.child_id]) if hit.child_id in identities else None,
            place=places.get(hit.child_id, ""),
            why_found=hit.matched.name.lower(),
            kin=kin.get(hit.child_id),
        )
        for hit in hits
    ]


def places_of(session: Session, actor: Actor, child_ids: Iterable[int]) -> dict[int, str]:
    """Where these children are enrolled: the class; seen from outside the school, its name first."""
    inside = actor.organisation_kind is OrganisationKind.SCHOOL
    wanted = (
        select(Enrolment.child_id, SchoolClass.name, Organisation.name)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .join(Organisation, Organisation.id == SchoolClass.school_id)
        .where(Enrolment.child_id.in_(list(child_ids)), Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Enrolment.from_day, Enrolment.id)
    )
    if inside:
        wanted = wanted.where(SchoolClass.id.in_(classes_in_scope(actor).with_only_columns(SchoolClass.id)))
    return {
        child_id: class_name if inside else f"{school} {class_name}"
        for child_id, class_name, school in session.execute(wanted)
    }


def schools_to_search(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """The schools of the children this person may see, by name."""
    seen = children_in_scope(actor).with_only_columns(Child.id)
    here = (
        select(SchoolClass.school_id)
        .join(Enrolment, Enrolment.class_id == SchoolClass.id)
        .where(Enrolment.child_id.in_(seen), Enrolment.state == EnrolmentState.ACTIVE)
    )
    wanted = select(Organisation.id, Organisation.name).where(Organisation.id.in_(here)).order_by(Organisation.name)
    return [(number, name) for number, name in session.execute(wanted)]


def classes_to_show(session: Session, actor: Actor, school_id: int) -> list[ClassCount]:
    """The classes of a school that this person may open, each with its number of children."""
    own = set(session.scalars(classes_in_scope(actor).with_only_columns(SchoolClass.id)))
    return [row for row in classes_with_counts(session, school_id) if row.school_class.id in own]


def last_four(identity: Identity) -> str | None:
    """The end of the identity number, as much as a list shows of it."""
    number = identity.number(IdentifierKind.RESIDENT_ID)
    return number.strip()[-4:].upper() if number else None


def _by_name(row: Listed) -> tuple[tuple[str, ...], str, int]:
    name = spoken(fold_name(row.name))
    return tuple(readings[0] for readings in name.readings), name.letters, row.child_id


def _certificate_states(session: Session, child_ids: list[int]) -> dict[int, CertificateState]:
    later = aliased(Certificate)
    wanted = (
        select(Certificate.child_id, Certificate.state)
        .where(Certificate.child_id.in_(child_ids), ~exists().where(later.supersedes_id == Certificate.id))
        .order_by(Certificate.id)
    )
    return dict(session.execute(wanted).all())
