"""Why two records are not made one: said before the question, and again when it is answered."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.sealing import Sealed, must_not_be_sealed
from app.children.kinds import EnrolmentState
from app.children.models import Child, Enrolment
from app.children.queries import exemptions_in_force, open_doubts
from app.people.actors import Actor
from app.people.scope import classes_in_scope
from app.privacy.folding import fold_number
from app.privacy.identities import IdentifierKind, Identity
from app.privacy.resident_ids import IMPOSSIBLE, look_at_resident_id
from app.schools.models import SchoolClass


class Obstacle(StrEnum):
    """`app.merging.wording` has the sentences."""

    OTHER_NUMBER = "other_number"
    ELSEWHERE = "elsewhere"
    DOUBTED = "doubted"
    EXEMPT = "exempt"
    LINKED = "linked"
    SEALED = "sealed"


class CannotMerge(ValueError):
    """These two stay two."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


def differ_for_sure(one: Identity, other: Identity) -> bool:
    """Two valid identity numbers are two children, always."""
    numbers = {fold_number(each.number(IdentifierKind.RESIDENT_ID) or "") for each in (one, other)}
    return len(numbers) == 2 and not any(IMPOSSIBLE & set(look_at_resident_id(each, None, None)) for each in numbers)


def obstacle(
    session: Session, actor: Actor, kept: Child, gone: Child, who: dict[int, Identity], on: dt.date
) -> Obstacle | None:
    """The first reason why `gone` cannot become a part of `kept`; None where nothing is in the way."""
    if differ_for_sure(who[kept.id], who[gone.id]):
        return Obstacle.OTHER_NUMBER
    if session.scalar(select(Child.id).where(Child.merged_into_id == gone.id).limit(1)) is not None:
        return Obstacle.LINKED
    if open_doubts(session, gone.id):
        return Obstacle.DOUBTED
    if exemptions_in_force(session, gone.id, on):
        return Obstacle.EXEMPT
    theirs = active_enrolments(session, gone.id)
    own = set(session.scalars(classes_in_scope(actor).with_only_columns(SchoolClass.id)))
    if any(one.class_id not in own for one in theirs):
        return Obstacle.ELSEWHERE
    try:
        for one in (*theirs, *active_enrolments(session, kept.id)):
            must_not_be_sealed(session, one)
    except Sealed:
        return Obstacle.SEALED
    return None


def active_enrolments(session: Session, child_id: int) -> Sequence[Enrolment]:
    wanted = select(Enrolment).where(Enrolment.child_id == child_id, Enrolment.state == EnrolmentState.ACTIVE)
    return session.scalars(wanted.order_by(Enrolment.id)).all()
