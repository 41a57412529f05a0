"""The doses that a center gave a child last: what a slip is printed of."""

from sqlalchemy.orm import Session

from app.children.kinds import DoseSource
from app.children.models import Child, DoseRecord
from app.children.queries import effective_doses
from app.people.actors import Actor
from app.people.models import User


def given_lately(session: Session, actor: Actor, child: Child) -> list[DoseRecord]:
    """Those of the latest day on which this center entered some, as they stand now."""
    own = [
        dose
        for dose in effective_doses(session, child.id)
        if dose.source is DoseSource.CLINIC
        and dose.day is not None
        and session.get_one(User, dose.entered_by).organisation_id == actor.organisation_id
    ]
    latest = max((dose.day for dose in own if dose.day), default=None)
    return [dose for dose in own if dose.day == latest]
