"""Two records become one child, and part again. The link is all that joins them: what `gone` had stays in its rows.

Each leaves one audit line and none commits. `kept` gets copies of the doses that only `gone` had, so that every room
goes on reading one child's own rows; parting withdraws those copies, unless somebody corrected them since.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.campaigns.sealing import must_not_be_sealed
from app.checks.actions import check_child
from app.checks.queries import latest_check
from app.children.holding import hold
from app.children.kinds import DoubtOutcome, EnrolmentState
from app.children.models import Child, DoseRecord, Enrolment
from app.children.queries import active_enrolment, effective_doses, superseded
from app.children.refusing import AlreadyCorrected
from app.merging.models import ChildMerge
from app.merging.refusing import CannotMerge, Obstacle, active_enrolments, obstacle
from app.merging.uniting import part, unite
from app.notices.actions import follow_check, withdraw_of
from app.notices.settling import settle_items
from app.people.actors import Actor
from app.people.scope import classes_in_scope
from app.privacy import indexing
from app.privacy.identities import open_identities, seal_identity
from app.privacy.roster_version import touch_rosters_of
from app.reconciling.doubting import keep_doubts_true
from app.schools.models import SchoolClass


def merge(session: Session, *, by: Actor, now: dt.datetime, on: dt.date, kept: Child, gone: Child) -> ChildMerge:
    """`gone` is `kept` once more: from here on there is `kept` alone, with everything that both papers say.

    Raises CannotMerge with the obstacle, and AlreadyCorrected where another desk was faster.
    """
    _hold_both(session, kept, gone)
    if kept.id == gone.id or kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise CannotMerge(Obstacle.LINKED)
    who = open_identities(session, [kept, gone])
    why = obstacle(session, by, kept, gone, who, on)
    if why is not None:
        raise CannotMerge(why)
    united, taken = unite(who[kept.id], who[gone.id])
    indexing.forget(session, gone.id)
    seal_identity(session, kept, united, now=now)
    row = ChildMerge(
        kept_id=kept.id,
        gone_id=gone.id,
        merged_by=by.user_id,
        merged_at=now,
        enrolments=_end_enrolments(session, by, now, on, gone),
        doses=_copy_doses(session, by, now, kept, gone),
        taken=taken,
    )
    gone.merged_into_id = kept.id
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyCorrected("Another desk merged this record in the same second.") from error
    touch_rosters_of(session, gone.id)
    detail = {"merge": row.id, "gone": gone.id, "doses": row.doses}
    record(session, by=by, now=now, action="child.merged", subject=("child", kept.id), detail=detail)
    if row.doses:
        _judge_again(session, by, now, on, kept)
    return row


def unmerge(session: Session, *, by: Actor, now: dt.datetime, on: dt.date, row: ChildMerge) -> Child:
    """They were two children after all: the one that was gone, back in its class with its doses, check and notice.

    Raises CannotMerge where its class is another school's or sealed, AlreadyCorrected if it was done already.
    """
    kept, gone = session.get_one(Child, row.kept_id), session.get_one(Child, row.gone_id)
    _hold_both(session, kept, gone)
    session.refresh(row)
    if row.undone_at is not None:
        raise AlreadyCorrected("Somebody parted these two already.")
    own = set(session.scalars(classes_in_scope(by).with_only_columns(SchoolClass.id)))
    enrolments = [session.get_one(Enrolment, one) for one in row.enrolments]
    if any(one.class_id not in own for one in enrolments):
        raise CannotMerge(Obstacle.ELSEWHERE)
    for one in (*enrolments, *active_enrolments(session, kept.id)):
        must_not_be_sealed(session, one)
    who = open_identities(session, [kept, gone])
    seal_identity(session, kept, part(who[kept.id], who[gone.id], row.taken), now=now)
    row.undone_by, row.undone_at, gone.merged_into_id = by.user_id, now, None
    for one in enrolments:
        one.state, one.to_day = EnrolmentState.ACTIVE, None
    session.flush()
    indexing.rewrite(session, gone, who[gone.id])
    touch_rosters_of(session, gone.id)
    withdrawn = _take_back_doses(session, by, now, row)
    detail = {"merge": row.id, "gone": gone.id, "doses": withdrawn}
    record(session, by=by, now=now, action="child.parted", subject=("child", kept.id), detail=detail)
    if withdrawn:
        _judge_again(session, by, now, on, kept)
    for one in enrolments:
        check = latest_check(session, one.id)
        if check is not None:
            follow_check(session, by=by, now=now, check=check)
    settle_items(session, by=by, now=now, child=gone)
    return gone


def _hold_both(session: Session, kept: Child, gone: Child) -> None:
    """In the order of their numbers: two desks that mean the same pair never wait for each other."""
    for child in sorted((kept, gone), key=lambda one: one.id):
        hold(session, child)
        session.refresh(child)


def _end_enrolments(session: Session, by: Actor, now: dt.datetime, on: dt.date, gone: Child) -> list[int]:
    ended = active_enrolments(session, gone.id)
    for one in ended:
        withdraw_of(session, by=by, now=now, enrolment=one)
        one.state, one.to_day = EnrolmentState.LEFT, max(on, one.from_day)
    return [one.id for one in ended]


def _copy_doses(session: Session, by: Actor, now: dt.datetime, kept: Child, gone: Child) -> list[int]:
    """The doses that only `gone` has. A dose without a day could be any of those on record, so it is taken over."""
    here = {(dose.product, dose.as_written, dose.day) for dose in effective_doses(session, kept.id) if dose.day}
    rows = [
        _copy(dose, by, now, child_id=kept.id)
        for dose in effective_doses(session, gone.id)
        if (dose.product, dose.as_written, dose.day) not in here
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _take_back_doses(session: Session, by: Actor, now: dt.datetime, row: ChildMerge) -> list[int]:
    copies: Sequence[DoseRecord] = session.scalars(select(DoseRecord).where(DoseRecord.id.in_(row.doses))).all()
    standing = [one for one in copies if not superseded(session, one.id)]
    session.add_all(
        _copy(one, by, now, child_id=one.child_id, supersedes_id=one.id, withdrawn=True) for one in standing
    )
    session.flush()
    return [one.id for one in standing]


def _copy(dose: DoseRecord, by: Actor, now: dt.datetime, **other: object) -> DoseRecord:
    kept = ("product", "as_written", "day", "partial_date", "lot", "unit", "source")
    return DoseRecord(**{name: getattr(dose, name) for name in kept}, entered_by=by.user_id, entered_at=now, **other)


def _judge_again(session: Session, by: Actor, now: dt.datetime, on: dt.date, child: Child) -> None:
    """The record of a child that was checked is another one now: a new check beside the old one."""
    keep_doubts_true(session, by=by, now=now, child_ids=[child.id], outcome=DoubtOutcome.CORRECTED)
    settle_items(session, by=by, now=now, child=child)
    enrolment = active_enrolment(session, by, child.id)
    if enrolment is not None and latest_check(session, enrolment.id) is not None:
        check_child(session, by=by, now=now, as_of=on, child=child, enrolment=enrolment)
