"""Finding a child: exactly in everything the person may see, by memory in one school.

Exactly means by a whole number, or by name and birth date. Every hit passes `children_in_scope` in the database,
however it was found. Nothing is written here: the view records the read of the list.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.kinds import Sex
from app.children.matching import MatchedBy, birth_date_in, fold_question, match, words
from app.children.models import Child, Enrolment
from app.people.actors import Actor
from app.people.scope import children_in_scope
from app.privacy.identities import open_identities
from app.privacy.indexing import find_by_name_and_birth, find_by_number
from app.privacy.roster import rosters_of
from app.schools.models import OrganisationKind, SchoolClass

LIMIT = 50
#: Shorter than any whole number worth an index; four characters are looked for in the roster only.
_SHORTEST_NUMBER = 5
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """A child that was found, and why."""

    child_id: int
    name: str
    sex: Sex
    birth_date: dt.date
    matched: MatchedBy

    def __repr__(self) -> str:
        return f"<Hit of child {self.child_id}, not shown>"


def search(session: Session, actor: Actor, text: str, *, school_id: int | None = None, limit: int = LIMIT) -> list[Hit]:
    """The children meant by `text`, the surest first. People outside a school name one to search it by memory."""
    ranked = dict.fromkeys(_exactly(session, text), MatchedBy.NUMBER)
    school = actor.organisation_id if actor.organisation_kind is OrganisationKind.SCHOOL else school_id
    if school is not None and _sees_into(session, actor, school):
        for child_id, matched in _in_roster(session, school, text):
            ranked.setdefault(child_id, matched)
    order = sorted(ranked, key=lambda child_id: (ranked[child_id], child_id))
    return _hits(session, _in_scope(session, actor, order, limit), ranked)


def _exactly(session: Session, text: str) -> set[int]:
    parts = fold_question(text).split()
    whole = "".join(parts)
    found = find_by_number(session, whole) if len(whole) >= _SHORTEST_NUMBER else set()
    for part in parts:
        birth_date = birth_date_in(part)
        name = " ".join(other for other in parts if other is not part)
        if birth_date and name:
            found |= find_by_name_and_birth(session, name, birth_date)
    return found


def _sees_into(session: Session, actor: Actor, school_id: int) -> bool:
    """Does this person see any child of the school? Otherwise its roster stays sealed."""
    here = select(Enrolment.child_id).join(SchoolClass).where(SchoolClass.school_id == school_id)
    return session.scalars(children_in_scope(actor).where(Child.id.in_(here)).limit(1)).first() is not None


def _in_roster(session: Session, school_id: int, text: str) -> Iterable[tuple[int, MatchedBy]]:
    question = words(text)
    if not question:
        return
    for entry in rosters_of(session).of(session, school_id):
        matched = match(question, entry)
        if matched is not None:
            yield entry.child_id, matched


def _in_scope(session: Session, actor: Actor, order: Sequence[int], limit: int) -> list[Child]:
    """The first of these children that this person may see, in this order."""
    seen: list[Child] = []
    for start in range(0, len(order), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        rows = {child.id: child for child in session.scalars(children_in_scope(actor).where(Child.id.in_(some)))}
        seen += [rows[child_id] for child_id in some if child_id in rows]
        if len(seen) >= limit:
            break
    return seen[:limit]


def _hits(session: Session, children: list[Child], ranked: dict[int, MatchedBy]) -> list[Hit]:
    identities = open_identities(session, children)
    return [
        Hit(child.id, identities[child.id].name, child.sex, child.birth_date, ranked[child.id])
        for child in children
        if child.id in identities
    ]
