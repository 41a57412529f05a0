"""Rosters that wait or were decided on, with the names of who did it and the counts of what was written."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.people.models import User
from app.roster.models import RosterImport


@dataclass(frozen=True, slots=True)
class Past:
    """One roster, without a word of what it says."""

    roster: RosterImport
    uploaded_by: str
    decided_by: str | None
    #: What was written, as numbers.
    counts: dict[str, int]


def past_of(session: Session, rosters: Iterable[RosterImport]) -> list[Past]:
    rosters = list(rosters)
    ids = {one.uploaded_by for one in rosters} | {one.decided_by for one in rosters if one.decided_by}
    names = dict(session.execute(select(User.id, User.shown_name).where(User.id.in_(ids))).all())
    return [
        Past(
            roster=one,
            uploaded_by=names[one.uploaded_by],
            decided_by=names.get(one.decided_by or 0),
            counts={what: len(ids) for what, ids in (one.outcome or {}).items() if what != "rows"},
        )
        for one in rosters
    ]
