"""Whose code is it? Only an exact number or one of our notices says so, and only to whoever may see the child."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.checks.queries import latest_check
from app.children.listing import Listed, found_list
from app.children.matching import MatchedBy
from app.children.models import Child
from app.children.queries import active_enrolment
from app.children.searching import Hit, search
from app.intake.looking import Code
from app.intake.telling_apart import Kind, Told
from app.notices.models import Notice
from app.people.actors import Actor
from app.people.scope import children_in_scope
from app.privacy.identities import open_identity
from app.privacy.resident_ids import birth_date_in

#: Kinds that can belong to a child; what stands on goods and packs cannot.
_OF_A_CHILD = frozenset({Kind.NOTICE, Kind.RESIDENT_ID, Kind.CHILD_CODE, Kind.UNKNOWN})
_LONGEST = 120


@dataclass(frozen=True, slots=True, repr=False)
class Meant:
    """A code with the child it belongs to, if it is known and in this person's scope."""

    told: Told
    child: Listed | None = None
    #: The notice was replaced or withdrawn.
    ended: bool = False
    #: The birth date inside the number is not the one on record: another child's booklet, or a slip of the pen.
    other_birth_date: bool = False


def children_meant(session: Session, actor: Actor, codes: Iterable[Code]) -> list[Meant]:
    return [child_meant(session, actor, code.told) for code in codes]


def child_meant(session: Session, actor: Actor, told: Told) -> Meant:
    if told.kind not in _OF_A_CHILD or not 0 < len(told.meant) <= _LONGEST:
        return Meant(told)
    if told.kind is Kind.NOTICE:
        return _by_notice(session, actor, told)
    hits = [hit for hit in search(session, actor, told.meant) if hit.matched is MatchedBy.NUMBER]
    if len(hits) != 1:
        return Meant(told)
    child = _listed(session, actor, hits[0])
    born = birth_date_in(told.meant) if told.kind is Kind.RESIDENT_ID else None
    return Meant(told, child, other_birth_date=born is not None and born != child.birth_date)


def several_children(meant: Iterable[Meant]) -> bool:
    """Do the codes of one sheet belong to different children?"""
    return len({one.child.child_id for one in meant if one.child}) > 1


def _by_notice(session: Session, actor: Actor, told: Told) -> Meant:
    notice = session.scalars(select(Notice).where(Notice.code == told.meant)).one_or_none()
    found = notice and session.scalars(children_in_scope(actor).where(Child.id == notice.child_id)).one_or_none()
    identity = open_identity(session, found) if found else None
    if notice is None or found is None or identity is None:
        return Meant(told)
    hit = Hit(found.id, identity.name, found.sex, found.birth_date, MatchedBy.NUMBER)
    return Meant(told, _listed(session, actor, hit), ended=notice.ended_at is not None)


def _listed(session: Session, actor: Actor, hit: Hit) -> Listed:
    """The child with the result of the check that stands."""
    (child,) = found_list(session, actor, [hit])
    enrolment = active_enrolment(session, actor, hit.child_id)
    check = latest_check(session, enrolment.id) if enrolment else None
    return replace(child, result=check.result if check else None)
