"""Who at the school may be the same child, what the two records say side by side, and which links there are."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.checks.models import Check
from app.children.kinship import Kin, kin_of
from app.children.matching import MatchedBy, match, words
from app.children.models import Child, DoseRecord
from app.children.queries import effective_doses
from app.merging.models import ChildMerge
from app.people.actors import Actor
from app.people.scope import children_in_scope
from app.privacy.folding import fold_name
from app.privacy.identities import Identity, open_identities
from app.privacy.roster import Entry, rosters_of

#: A name that matches so is worth a look where the birth date is the same; with another birth date only the first two.
_SAME_NAME = frozenset({MatchedBy.NAME, MatchedBy.FORMER_NAME})
_ALIKE = _SAME_NAME | {
    MatchedBy.NAME_BEGINS,
    MatchedBy.NAME_PART,
    MatchedBy.LOOK_ALIKE,
    MatchedBy.HOMOPHONE,
    MatchedBy.NEAR_SOUND,
}


def candidates(session: Session, actor: Actor, child: Child, identity: Identity) -> list[int]:
    """The children of this person's school or class that may be this one, those born on the same day first."""
    question = words(fold_name(identity.name))
    found = [
        (entry.birth_date != child.birth_date, entry.child_id)
        for entry in rosters_of(session).of(session, actor.organisation_id)
        if entry.child_id != child.id and _may_be(child, match(question, entry), entry)
    ]
    order = [child_id for _other_day, child_id in sorted(found)]
    seen = set(session.scalars(children_in_scope(actor).where(Child.id.in_(order)).with_only_columns(Child.id)))
    return [one for one in order if one in seen]


def _may_be(child: Child, matched: MatchedBy | None, entry: Entry) -> bool:
    return matched in (_ALIKE if entry.birth_date == child.birth_date else _SAME_NAME)


@dataclass(frozen=True, slots=True, repr=False)
class Side:
    """One of the two records."""

    child: Child
    identity: Identity
    place: str
    checks: int

    def __repr__(self) -> str:
        return f"<record of child {self.child.id}, not shown>"


@dataclass(frozen=True, slots=True)
class GivenDose:
    """A dose as one or both of them have it."""

    dose: DoseRecord
    on_first: bool
    on_second: bool


def sides(session: Session, children: Sequence[Child], places: dict[int, str]) -> list[Side]:
    """What each of these records says."""
    who = open_identities(session, children)
    counted = dict(
        session.execute(
            select(Check.child_id, func.count())
            .where(Check.child_id.in_([one.id for one in children]))
            .group_by(Check.child_id)
        ).all()
    )
    nobody = Identity(name="")
    return [Side(one, who.get(one.id, nobody), places.get(one.id, ""), counted.get(one.id, 0)) for one in children]


def doses_of_both(session: Session, first: int, second: int) -> list[GivenDose]:
    """Every dose once, by day; those without a day last."""
    rows: dict[tuple[object, ...], list[DoseRecord | None]] = {}
    for at, child_id in enumerate((first, second)):
        for dose in effective_doses(session, child_id):
            # Two doses without a day are two doses until somebody says otherwise.
            key = (dose.product, dose.as_written, dose.day or dose.id)
            rows.setdefault(key, [None, None])[at] = dose
    found = [GivenDose(one or other, one is not None, other is not None) for one, other in rows.values()]  # type: ignore[arg-type]
    return sorted(found, key=lambda each: (each.dose.day is None, each.dose.day or dt.date.max, each.dose.product))


def better_kept(session: Session, first: Side, second: Side, possible: Collection[int]) -> int:
    """Of those that can be kept the one that would lose more by going: more checks, more doses, the older."""
    weights = {
        one.child.id: (one.child.id in possible, one.checks, len(effective_doses(session, one.child.id)), -one.child.id)
        for one in (first, second)
    }
    return max(weights, key=lambda child_id: weights[child_id])


def perhaps_twins(session: Session, actor: Actor, first: int, second: int) -> bool:
    """Born on one day in one family under two given names: said loudly before anybody answers."""
    entries = [one for one in rosters_of(session).of(session, actor.organisation_id) if one.child_id in {first, second}]
    if len({fold_name(one.name) for one in entries}) < 2 and len({one.sex for one in entries}) < 2:
        return False
    return bool({Kin.TWIN, Kin.PERHAPS_TWIN} & set(kin_of(entries, {first, second}).values()))


def links_of(session: Session, child_id: int) -> Sequence[ChildMerge]:
    """The records that are part of this child now."""
    wanted = select(ChildMerge).where(ChildMerge.kept_id == child_id, ChildMerge.undone_at.is_(None))
    return session.scalars(wanted.order_by(ChildMerge.id)).all()
