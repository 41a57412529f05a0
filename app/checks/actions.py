"""Checking a child: judge what is on record today and keep inputs and findings for good. Undoing supersedes."""

import datetime as dt

from sqlalchemy.orm import Session

from app.audit.actions import record
from app.campaigns.pinning import edition_for
from app.campaigns.sealing import must_not_be_sealed
from app.checks.gathering import gather
from app.checks.judging import Judgement, judge
from app.checks.models import Check
from app.checks.queries import last_word, latest_check
from app.children.models import Child, Enrolment
from app.notices.actions import follow_check, withdraw_of
from app.notices.settling import settle_items
from app.people.actors import Actor

#: How long one key takes a check back; afterwards another check corrects it.
UNDO_SECONDS = 60


class TooLateToUndo(ValueError):
    """The check is older than a minute, not one's own, or no longer the one that stands."""


def check_child(
    session: Session, *, by: Actor, now: dt.datetime, as_of: dt.date, child: Child, enrolment: Enrolment
) -> Check:
    """Keep today's judgement as a check, and bring the child's notice in line with it.

    The same inputs twice on one day are one check. Other inputs on the same day correct it, unless a dose was given
    since: then, as on every later day, it is the next check of the enrolment and the first one stays the baseline.
    Judged by the edition that the campaign pins. Raises Sealed.
    """
    must_not_be_sealed(session, enrolment)
    judgement = judge(gather(session, child, as_of), edition_for(session, enrolment))
    before = last_word(session, enrolment.id)
    if before is not None and before.as_of == as_of and judgement.is_kept_by(before):
        return before
    corrects = before is not None and (
        before.withdrawn or (before.as_of == as_of and not _given_since(before, judgement))
    )
    check = _kept(by, now, enrolment, judgement)
    check.number = 1 if before is None else before.number + (not corrects)
    check.supersedes_id = before.id if before is not None and corrects else None
    session.add(check)
    session.flush()
    record(
        session,
        by=by,
        now=now,
        action="check.saved",
        subject=("child", child.id),
        detail={"check": check.id, "number": check.number, "result": check.result},
    )
    follow_check(session, by=by, now=now, check=check)
    return check


def undo_check(session: Session, *, by: Actor, now: dt.datetime, check: Check) -> Check | None:
    """Take back a check saved within the last minute: what stood before it stands again. Returns that, if anything.

    Raises TooLateToUndo, Sealed.
    """
    must_not_be_sealed(session, session.get_one(Enrolment, check.enrolment_id))
    standing = latest_check(session, check.enrolment_id)
    fresh = now - check.at <= dt.timedelta(seconds=UNDO_SECONDS)
    if standing is None or standing.id != check.id or check.by != by.user_id or not fresh:
        raise TooLateToUndo
    corrected = session.get(Check, check.supersedes_id) if check.supersedes_id else None
    back_to = check if corrected is None or corrected.withdrawn else corrected
    undone = Check(
        enrolment_id=check.enrolment_id,
        child_id=check.child_id,
        number=check.number,
        as_of=back_to.as_of,
        by=by.user_id,
        at=now,
        inputs=back_to.inputs,
        findings=back_to.findings,
        edition=back_to.edition,
        rules_digest=back_to.rules_digest,
        result=back_to.result,
        supersedes_id=check.id,
        withdrawn=back_to is check,
    )
    session.add(undone)
    session.flush()
    record(
        session, by=by, now=now, action="check.undone", subject=("child", check.child_id), detail={"check": check.id}
    )
    stands_again = latest_check(session, check.enrolment_id)
    if stands_again is not None:
        follow_check(session, by=by, now=now, check=stands_again)
        # The record may hold by now what that check found owed.
        settle_items(session, by=by, now=now, child=session.get_one(Child, check.child_id))
    else:
        withdraw_of(session, by=by, now=now, enrolment=session.get_one(Enrolment, check.enrolment_id))
    return stands_again


def _given_since(before: Check, judgement: Judgement) -> bool:
    """Whether the record holds a dose of that day or later which the check before did not know."""
    known = {dose.get("record") for dose in before.inputs["doses"]}
    day = before.as_of.isoformat()
    return any(
        dose["record"] not in known and dose["date"] is not None and dose["date"] >= day
        for dose in judgement.inputs["doses"]
    )


def _kept(by: Actor, now: dt.datetime, enrolment: Enrolment, judgement: Judgement) -> Check:
    assessment = judgement.assessment
    return Check(
        enrolment_id=enrolment.id,
        child_id=enrolment.child_id,
        as_of=dt.date.fromordinal(judgement.case.as_of),
        by=by.user_id,
        at=now,
        inputs=judgement.inputs,
        findings=judgement.findings,
        edition=assessment.edition,
        rules_digest=assessment.rules_digest,
        result=assessment.result.value,
        withdrawn=False,
    )
