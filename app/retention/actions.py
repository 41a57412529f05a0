"""The years are set by the bureau, a child is erased by its school's head; nothing happens by itself."""

import datetime as dt

from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.models import Child
from app.people.actors import Actor
from app.privacy.erasing import erase_child
from app.retention.models import Erasure, Reason, RetentionRule


def set_years(session: Session, *, by: Actor, now: dt.datetime, years: int) -> None:
    """From now on; the same again changes nothing."""
    rule = session.get(RetentionRule, by.organisation_id)
    if rule is not None and rule.years == years:
        return
    rule = rule or RetentionRule(bureau_id=by.organisation_id)
    rule.years, rule.set_at, rule.set_by = years, now, by.user_id
    session.add(rule)
    session.flush()
    subject = ("organisation", by.organisation_id)
    record(session, by=by, now=now, action="retention.set", subject=subject, detail={"years": years})


def erase(session: Session, *, by: Actor, now: dt.datetime, child: Child, reason: Reason) -> Erasure:
    """Destroy the child's key. Checks, counts and the trail stay, nameless, also of a sealed campaign."""
    erasure = Erasure(child_id=child.id, organisation_id=by.organisation_id, reason=reason)
    erasure.erased_at, erasure.erased_by = now, by.user_id
    session.add(erasure)
    session.flush()
    erase_child(session, by=by, now=now, child=child)
    detail = {"reason": reason.value, "child": child.id}
    record(session, by=by, now=now, action="erasure.certified", subject=("erasure", erasure.id), detail=detail)
    return erasure
