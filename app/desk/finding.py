"""What a clerk scanned or typed: one of our notices, a whole number, or a child by memory. Told apart by what it is."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.children.listing import Listed, found_list
from app.children.matching import MatchedBy
from app.children.models import Child
from app.children.searching import Hit, search
from app.intake.telling_apart import Kind, tell
from app.notices.codes import read_code
from app.notices.models import Notice
from app.people.actors import Actor
from app.people.scope import children_in_scope

#: A code can be long, an address longer; nobody types more.
LONGEST = 200
#: Hits this sure mean one child when there is only one of them.
_SURE = (MatchedBy.NUMBER, MatchedBy.NAME)


@dataclass(frozen=True, slots=True)
class Found:
    """What was meant: one child, several to choose from, or nobody."""

    child_id: int | None = None
    several: tuple[Listed, ...] = ()
    #: The code of a notice that ended.
    dead_notice: bool = False
    #: A code said who it is, not somebody's memory of a name.
    by_code: bool = False


def find(session: Session, actor: Actor, text: str) -> Found:
    """The child meant by `text` among those this person may see."""
    told = tell(text)
    if told.kind is Kind.RESIDENT_ID:
        text = told.meant  # a reader of identity cards types name and address around the number
    code = read_code(text)
    if code is not None:
        return _by_notice(session, actor, code)
    hits = search(session, actor, text)
    sure = [hit for hit in hits if hit.matched in _SURE]
    if len(sure) == 1 or len(hits) == 1:
        meant = (sure or hits)[0]
        return Found(child_id=meant.child_id, by_code=meant.matched is MatchedBy.NUMBER)
    return Found(several=_listed(session, actor, hits))


def _by_notice(session: Session, actor: Actor, code: str) -> Found:
    notice = session.scalars(select(Notice).where(Notice.code == code)).one_or_none()
    if notice is None:
        return Found()
    # Of a record that was merged into another, the paper in somebody's hand means that other one.
    meant = select(func.coalesce(Child.merged_into_id, Child.id)).where(Child.id == notice.child_id)
    seen = session.scalars(children_in_scope(actor).where(Child.id == meant.scalar_subquery())).one_or_none()
    if seen is None:
        return Found()
    return Found(child_id=seen.id, dead_notice=notice.ended_at is not None, by_code=True)


def _listed(session: Session, actor: Actor, hits: list[Hit]) -> tuple[Listed, ...]:
    return tuple(found_list(session, actor, hits)) if hits else ()
