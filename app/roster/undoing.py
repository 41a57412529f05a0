"""Taking a whole import back, as far as nobody has built on it: what somebody checked or recorded since stays."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.checks.models import Check
from app.children.models import Certificate, Child, DoseRecord, Doubt, Enrolment, Exemption
from app.notices.models import Notice
from app.people.actors import Actor
from app.privacy.erasing import erase_children
from app.privacy.roster_version import touch_roster
from app.reports.models import ReportRow
from app.roster.models import ImportState, RosterImport
from app.roster.queries import import_or_404
from app.roster.refusing import AlreadyDecided
from app.schools.models import SchoolClass

UNDO_DAYS = 30
_AT_ONCE = 500
#: Rows of these speak of an enrolment, or of a child.
_OF_ENROLMENTS = (Check, Notice, ReportRow)
_OF_CHILDREN = (DoseRecord, Certificate, Doubt, Exemption)


def may_undo(done: RosterImport, now: dt.datetime) -> bool:
    """Written, not taken back yet, and not longer ago than a whole import can be taken back."""
    if done.state is not ImportState.APPLIED or done.undone_at is not None or done.decided_at is None:
        return False
    return now - done.decided_at <= dt.timedelta(days=UNDO_DAYS)


def undo(session: Session, *, by: Actor, now: dt.datetime, import_id: int) -> dict[str, int]:
    """Take it back; how many went back, and how many stay because somebody built on them."""
    done = import_or_404(session, by, import_id, lock=True)
    if not may_undo(done, now):
        raise AlreadyDecided("This import was taken back already, or it is too old.")
    outcome = done.outcome or {}
    enrolments = _held(session, outcome.get("enrolments", []))
    free = _free(session, enrolments)
    session.execute(delete(Enrolment).where(Enrolment.id.in_([one.id for one in free])))
    added = set(outcome.get("added", []))
    erase_children(session, by=by, now=now, children=_unused(session, [one.child_id for one in free], added))
    counts = {
        "children": len(free),
        "stay": len(enrolments) - len(free),
        "moved_back": _move_back(session, outcome.get("moved", [])),
        "classes": _drop_classes(session, outcome.get("classes", [])),
        "changed_stay": len(outcome.get("changed", [])),
    }
    done.undone_at, done.undone_by = now, by.user_id
    touch_roster(session, done.school_id)
    session.flush()
    record(session, by=by, now=now, action="roster.undone", subject=("roster_import", import_id), detail=counts)
    return counts


def _held(session: Session, ids: Sequence[int]) -> list[Enrolment]:
    found: list[Enrolment] = []
    for start in range(0, len(ids), _AT_ONCE):
        wanted = select(Enrolment).where(Enrolment.id.in_(ids[start : start + _AT_ONCE])).order_by(Enrolment.id)
        found += session.scalars(wanted.with_for_update())
    return found


def _free(session: Session, enrolments: Sequence[Enrolment]) -> list[Enrolment]:
    """Those that nobody has checked, noticed, listed, or recorded anything for since."""
    used: set[int] = set()
    known: set[int] = set()
    for start in range(0, len(enrolments), _AT_ONCE):
        some = enrolments[start : start + _AT_ONCE]
        ids, children = [one.id for one in some], [one.child_id for one in some]
        for table in _OF_ENROLMENTS:
            used |= set(session.scalars(select(table.enrolment_id).where(table.enrolment_id.in_(ids))))
        for other in _OF_CHILDREN:
            known |= set(session.scalars(select(other.child_id).where(other.child_id.in_(children))))
    new = {one.child_id for one in enrolments}
    elsewhere = _enrolled_besides(session, sorted(new), {one.id for one in enrolments})
    # A child that joined brought its record along: only what hangs on the enrolment itself keeps it here.
    return [
        one for one in enrolments if one.id not in used and (one.child_id in elsewhere or one.child_id not in known)
    ]


def _enrolled_besides(session: Session, child_ids: Sequence[int], besides: set[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(child_ids), _AT_ONCE):
        some = child_ids[start : start + _AT_ONCE]
        rows = session.execute(select(Enrolment.child_id, Enrolment.id).where(Enrolment.child_id.in_(some)))
        found |= {child_id for child_id, enrolment_id in rows if enrolment_id not in besides}
    return found


def _unused(session: Session, child_ids: Sequence[int], added: Iterable[int]) -> list[Child]:
    """Of the children whom this import made those that are nowhere now."""
    wanted = sorted(set(child_ids) & set(added))
    elsewhere = _enrolled_besides(session, wanted, set())
    gone = [one for one in wanted if one not in elsewhere]
    found: list[Child] = []
    for start in range(0, len(gone), _AT_ONCE):
        found += session.scalars(select(Child).where(Child.id.in_(gone[start : start + _AT_ONCE])).order_by(Child.id))
    return found


def _move_back(session: Session, moved: Iterable[Sequence[int]]) -> int:
    """Who is still in the class of the file goes back to the one before."""
    back = 0
    for enrolment_id, before, after in moved:
        there = update(Enrolment).where(Enrolment.id == enrolment_id, Enrolment.class_id == after)
        back += session.execute(there.values(class_id=before)).rowcount
    return back


def _drop_classes(session: Session, ids: Sequence[int]) -> int:
    """Classes that the import made and nobody is or was in."""
    used = set(session.scalars(select(Enrolment.class_id).where(Enrolment.class_id.in_(ids))))
    empty = [one for one in ids if one not in used]
    session.execute(delete(SchoolClass).where(SchoolClass.id.in_(empty)))
    return len(empty)
