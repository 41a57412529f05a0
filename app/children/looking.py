"""Looking at one child: through the scope only, with a line in the trail, and with what each of its pages shows."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.audit.actions import Reading, record_read
from app.children.actions import Facts, stamp
from app.children.queries import active_enrolment, class_of
from app.people.actors import Actor
from app.people.scope import child_or_404
from app.privacy.identities import Identity, open_identity


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """A child somebody looks at, as it was at that moment."""

    child_id: int
    facts: Facts
    identity: Identity
    #: The class, in words; None for a child at no school now.
    place: str | None
    #: See `actions.stamp`.
    stamp: str

    @property
    def name(self) -> str:
        return self.identity.name

    def __repr__(self) -> str:
        return f"<child {self.child_id}, not shown>"


def look_at_child(session: Session, *, by: Actor, now: dt.datetime, child_id: int) -> Seen:
    """The child with its name, and the read recorded; 404 outside the scope. Needs a writing session."""
    child = child_or_404(session, by, child_id)
    enrolment = active_enrolment(session, by, child_id)
    seen = Seen(
        child_id=child.id,
        facts=Facts(child.sex, child.birth_date, child.origin, child.hbsag_exposed_under_2000g),
        identity=open_identity(session, child) or Identity(name=""),
        place=class_of(session, enrolment).name if enrolment else None,
        stamp=stamp(child),
    )
    record_read(session, by=by, now=now, what=Reading.PAGE, subject=("child", child_id))
    return seen
