"""A waiting roster looked at now: taken out of its seal, compared with the present state, the answers counted in."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.privacy.keys import keys_of
from app.roster import keeping
from app.roster.braking import Brake, braked
from app.roster.comparing import compare
from app.roster.deciding import Decision, decide
from app.roster.groups import ChangeSet
from app.roster.known import look_up
from app.roster.models import RosterImport
from app.roster.rows import Roster
from app.schools.models import Organisation


@dataclass(frozen=True, slots=True, repr=False)
class Review:
    """Everything the page of a waiting roster shows, and everything that applying it needs."""

    roster: Roster
    changes: ChangeSet
    decision: Decision
    #: Why it may be last year's file; None where nothing speaks for it.
    brake: Brake | None = None

    @property
    def moved(self) -> frozenset[int]:
        """The rows that compare otherwise than when the file came."""
        stamps = self.roster.stamps
        return frozenset(one.row.number for one in self.changes.outcomes if stamps.get(one.row.number) != one.stamp)

    def __repr__(self) -> str:
        return f"<Review of {len(self.changes.outcomes)} rows, not shown>"


def review(session: Session, waiting: RosterImport, *, lock: bool = False) -> Review:
    """`lock`: what was compared stays as it is until the transaction ends."""
    school = session.get_one(Organisation, waiting.school_id, with_for_update=lock)
    return reviewed(session, school, keeping.taken_out(keys_of(session), waiting), lock=lock)


def first_look(session: Session, school_id: int, roster: Roster) -> ChangeSet:
    """The comparison at the upload, remembered in the roster: what differs later has moved underneath."""
    changes = reviewed(session, session.get_one(Organisation, school_id), roster).changes
    roster.stamps = {one.row.number: one.stamp for one in changes.outcomes}
    return changes


def reviewed(session: Session, school: Organisation, roster: Roster, *, lock: bool = False) -> Review:
    present = look_up(session, school, roster.rows, lock=lock)
    changes = compare(roster, present)
    brake = braked(roster, changes, {one.id: one.grade for one in present.classes})
    return Review(roster, changes, decide(roster, changes, held=brake is not None and not roster.this_year), brake)
