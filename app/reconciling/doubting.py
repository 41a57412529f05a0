"""A contradiction between the sides is a doubt on its lines until it is settled; both come and go by themselves.

Doubts that a person raised are that person's and are left alone.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.kinds import DoubtKind, DoubtOutcome
from app.children.models import Doubt
from app.people.actors import Actor
from app.reconciling.comparing import contradicted_lines
from app.reconciling.guessing import lines_of
from app.reconciling.queries import rows_of_many

_AT_ONCE = 500


def keep_doubts_true(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    child_ids: Sequence[int],
    outcome: DoubtOutcome = DoubtOutcome.HOLDS,
) -> int:
    """Raise a doubt on every line that is contradicted, settle those that are not any more; how many children moved.

    Call it after any change of doses, before notices are settled. `outcome`: how the doubts ended that end here.
    """
    raised: list[Doubt] = []
    ended: list[Doubt] = []
    for start in range(0, len(child_ids), _AT_ONCE):
        some = child_ids[start : start + _AT_ONCE]
        standing = _standing(session, some)
        for child_id, rows in rows_of_many(session, some).items():
            lines, here = contradicted_lines(rows, lines_of), standing.get(child_id, {})
            raised += [_doubt(child_id, line, by, now) for line in sorted(lines - here.keys())]
            ended += [doubt for line, doubt in here.items() if line not in lines]
    for doubt in ended:
        doubt.settled_at, doubt.settled_by, doubt.settled_how = now, by.user_id, outcome
    session.add_all(raised)
    session.flush()
    children = sorted({doubt.child_id for doubt in (*raised, *ended)})
    if children:
        subject = ("child", children[0]) if len(children) == 1 else None
        detail = {"children": len(children), "raised": len(raised), "ended": len(ended)}
        record(session, by=by, now=now, action="comparison.doubted", subject=subject, detail=detail)
    return len(children)


def _standing(session: Session, child_ids: Sequence[int]) -> dict[int, dict[str, Doubt]]:
    wanted = select(Doubt).where(
        Doubt.child_id.in_(child_ids), Doubt.by_comparing.is_(True), Doubt.settled_at.is_(None)
    )
    found: dict[int, dict[str, Doubt]] = {}
    for doubt in session.scalars(wanted.order_by(Doubt.id)):
        found.setdefault(doubt.child_id, {})[doubt.line] = doubt
    return found


def _doubt(child_id: int, line: str, by: Actor, now: dt.datetime) -> Doubt:
    return Doubt(
        child_id=child_id,
        line=line,
        kind=DoubtKind.CONFLICT,
        raised_by=by.user_id,
        raised_at=now,
        by_comparing=True,
    )
