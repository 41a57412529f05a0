"""What is done to a roster: proposed, answered, written, turned down, or dropped when its day is over.

Each leaves an audit line of counts and none commits. Writing compares once more: what differs from what the person had
before the eyes is not written.
"""

import datetime as dt
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.people.actors import Actor
from app.privacy.keys import keys_of
from app.roster import keeping
from app.roster.answering import Answers
from app.roster.deciding import LEAVE, MAKE, fits
from app.roster.groups import ChangeSet
from app.roster.models import ImportState, RosterImport
from app.roster.queries import import_or_404
from app.roster.refusing import AlreadyDecided, Moved, StillOpen
from app.roster.reviewing import review
from app.roster.rows import Roster
from app.roster.writing import Written, write
from app.schools.models import Organisation

#: Long enough to ask a parent, short enough that no list is forgotten here.
KEPT_FOR = dt.timedelta(hours=24)


def propose(session: Session, *, by: Actor, now: dt.datetime, roster: Roster, changes: ChangeSet) -> RosterImport:
    """Keep what was read, sealed, until somebody decides. Nothing of it is written anywhere else.

    `changes`: see `reviewing.first_look`.
    """
    waiting = RosterImport(
        school_id=by.organisation_id,
        uploaded_by=by.user_id,
        uploaded_at=now,
        expires_at=now + KEPT_FOR,
        state=ImportState.PROPOSED,
        rows=len(roster.rows),
        sealed=b"",
        wrapped=b"",
        master_version=0,
    )
    session.add(waiting)
    session.flush()  # the seal is bound to the row's number
    keeping.keep(keys_of(session), waiting, roster)
    session.flush()
    detail = {"rows": waiting.rows, **{str(group): count for group, count in changes.counts.items() if count}}
    record(session, by=by, now=now, action="roster.proposed", subject=("roster_import", waiting.id), detail=detail)
    return waiting


def answer(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    import_id: int,
    said: Answers,
) -> int:
    """Keep answers; gives how many could not be kept, because the row compares otherwise by now."""
    waiting = _waiting(session, by, now, import_id)
    seen = review(session, waiting)
    outcomes = {one.row.number: one for one in seen.changes.outcomes}
    new_classes = {one.key for one in seen.changes.new_classes}
    late = 0
    for number, (stamp, word) in said.rows.items():
        outcome = outcomes.get(number)
        if outcome is not None and outcome.stamp == stamp and fits(outcome, word):
            seen.roster.answers[number] = (stamp, word)
        else:
            late += 1
    classes = {key: word for key, word in said.classes.items() if key in new_classes and word in {MAKE, LEAVE}}
    if said.make_all:
        classes = {key: MAKE for key in new_classes if key not in seen.roster.class_answers}
    seen.roster.class_answers |= classes
    seen.roster.this_year |= said.this_year
    keeping.keep(keys_of(session), waiting, seen.roster)
    session.flush()
    detail = {"rows": len(said.rows) - late, "classes": len(classes), "this_year": said.this_year}
    record(session, by=by, now=now, action="roster.answered", subject=("roster_import", import_id), detail=detail)
    return late


def apply(session: Session, *, by: Actor, now: dt.datetime, today: dt.date, import_id: int, seen: str) -> Written:
    """Write the roster as `seen` (see `Decision.stamp`), whole or not at all."""
    waiting = _waiting(session, by, now, import_id)
    present = review(session, waiting, lock=True)
    if present.decision.stamp != seen:
        raise Moved("The comparison is not the one that was confirmed.")
    if not present.decision.ready:
        raise StillOpen("A question is open, or there is nothing to write.")
    school = session.get_one(Organisation, waiting.school_id)
    try:
        written = write(session, by=by, now=now, today=today, school=school, decision=present.decision)
    except IntegrityError as error:
        raise Moved("Somebody wrote one of these children in the same second.") from error
    outcome = asdict(written)
    _decide(waiting, ImportState.APPLIED, by, now)
    waiting.outcome = outcome
    session.flush()
    detail = {name: len(ids) for name, ids in outcome.items()}
    record(session, by=by, now=now, action="roster.applied", subject=("roster_import", import_id), detail=detail)
    return written


def refuse(session: Session, *, by: Actor, now: dt.datetime, import_id: int) -> None:
    """Turn the roster down: what was read is gone."""
    waiting = _waiting(session, by, now, import_id)
    _decide(waiting, ImportState.REFUSED, by, now)
    session.flush()
    record(session, by=by, now=now, action="roster.refused", subject=("roster_import", import_id))


def expire(session: Session, *, now: dt.datetime) -> int:
    """Drop every roster whose day is over; how many."""
    wanted = select(RosterImport).where(RosterImport.state == ImportState.PROPOSED, RosterImport.expires_at <= now)
    over = session.scalars(wanted.order_by(RosterImport.id).with_for_update(skip_locked=True)).all()
    for waiting in over:
        _decide(waiting, ImportState.EXPIRED, None, now)
    if over:
        session.flush()
        record(session, by=None, now=now, action="roster.expired", detail={"rosters": [one.id for one in over]})
    return len(over)


def _waiting(session: Session, by: Actor, now: dt.datetime, import_id: int) -> RosterImport:
    waiting = import_or_404(session, by, import_id, lock=True)
    if waiting.state is not ImportState.PROPOSED or waiting.expires_at <= now:
        raise AlreadyDecided("This roster does not wait for anybody any more.")
    return waiting


def _decide(waiting: RosterImport, state: ImportState, by: Actor | None, now: dt.datetime) -> None:
    keeping.forget(waiting)
    waiting.state, waiting.decided_at, waiting.decided_by = state, now, by.user_id if by else None
