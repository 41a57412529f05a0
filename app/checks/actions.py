"""Checking a child: judge what is on record today and keep inputs and findings for good."""

import datetime as dt

from sqlalchemy.orm import Session

from app.audit.actions import record
from app.checks.gathering import gather
from app.checks.judging import judge
from app.checks.models import Check
from app.checks.queries import latest_check
from app.children.models import Child, Enrolment
from app.people.actors import Actor


def check_child(
    session: Session, *, by: Actor, now: dt.datetime, as_of: dt.date, child: Child, enrolment: Enrolment
) -> Check:
    """Keep today's judgement as a check.

    The same inputs twice on one day are one check; other inputs on the same day correct it; a later day is the next
    check of the enrolment.
    """
    judgement = judge(gather(session, child, as_of))
    before = latest_check(session, enrolment.id)
    same_day = before is not None and before.as_of == as_of
    if before is not None and same_day and before.inputs == judgement.inputs:
        return before
    check = Check(
        enrolment_id=enrolment.id,
        child_id=child.id,
        number=1 if before is None else before.number + (not same_day),
        as_of=as_of,
        by=by.user_id,
        at=now,
        inputs=judgement.inputs,
        findings=judgement.findings,
        edition=judgement.assessment.edition,
        rules_digest=judgement.assessment.rules_digest,
        supersedes_id=before.id if before is not None and same_day else None,
    )
    session.add(check)
    session.flush()
    record(
        session,
        by=by,
        now=now,
        action="check.saved",
        subject=("child", child.id),
        detail={"check": check.id, "number": check.number, "result": judgement.assessment.result.value},
    )
    return check
