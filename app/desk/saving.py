"""Saving at the desk: what one key or one scan leaves behind, once, whoever else has the child before the eyes."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.queries import open_campaign
from app.checks.actions import TooLateToUndo, check_child, undo_check
from app.checks.models import Check
from app.checks.queries import latest_check
from app.children.holding import hold
from app.children.kinds import CertificateState, ClinicResult, Whereabouts
from app.children.models import Child, Enrolment
from app.children.queries import effective_doses, latest_certificate
from app.children.record_actions import record_certificate
from app.clock import CHINA
from app.desk.models import Desk, DeskSave
from app.people.actors import Actor
from app.people.models import User

#: A certificate that lies here, whatever may be wrong with it.
_HERE = frozenset({CertificateState.PRESENT, CertificateState.REPLACED})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the clerk read on the assessment page. `seen`: the certificate's row that was on the screen."""

    state: CertificateState
    clinic_result: ClinicResult | None
    seen: int | None


@dataclass(frozen=True, slots=True)
class Saved:
    """The check that stands now; `new`: this very save made it."""

    check: Check
    new: bool


def save(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
    enrolment: Enrolment,
    token: str,
    desk: Desk | None,
    answer: Answer | None = None,
) -> Saved:
    """Keep the answer and the check made of it. A token that was seen, or the same facts again, change nothing.

    Raises AlreadyCorrected where another desk recorded the certificate meanwhile.
    """
    child = session.get_one(Child, enrolment.child_id)
    hold(session, child)
    known = session.get(DeskSave, token)
    if known is not None and known.check_id is not None:
        return Saved(session.get_one(Check, known.check_id), new=False)
    before = latest_check(session, enrolment.id)
    if answer is not None:
        _record(session, by, now, child, answer)
    check = check_child(session, by=by, now=now, as_of=today, child=child, enrolment=enrolment)
    new = before is None or before.id != check.id
    if new:
        session.add(DeskSave(token=token, check_id=check.id, desk_id=desk.id if desk else None))
        session.flush()
    return Saved(check, new)


def saved_at_the_scan(session: Session, child: Child, enrolment: Enrolment, by: Actor) -> bool:
    """Is everything known that a check needs? Nothing stands yet, the certificate lies here with the clinic's word of
    this campaign, and there are doses to judge by.
    """
    certificate = latest_certificate(session, child.id)
    campaign = open_campaign(session, by.organisation_id)
    if certificate is None or campaign is None or certificate.clinic_result is None:
        return False
    fresh = certificate.recorded_at.astimezone(CHINA).date() >= max(campaign.joins_from, enrolment.from_day)
    known = certificate.state in _HERE and fresh and bool(effective_doses(session, child.id))
    return known and latest_check(session, enrolment.id) is None


def undo_last(session: Session, *, by: Actor, now: dt.datetime, desk: Desk | None) -> Check:
    """Take back what this person saved last at this desk; gives that check. Raises TooLateToUndo."""
    wanted = select(Check).join(DeskSave, DeskSave.check_id == Check.id).where(Check.by == by.user_id)
    wanted = wanted.where(DeskSave.desk_id == desk.id) if desk else wanted
    last = session.scalars(wanted.order_by(Check.id.desc()).limit(1)).first()
    if last is None:
        raise TooLateToUndo
    undo_check(session, by=by, now=now, check=last)
    return last


def who_saved(session: Session, check: Check) -> tuple[int | None, str]:
    """The number of the desk where this check was saved, if it was one, and the person."""
    wanted = select(Desk.number).join(DeskSave, DeskSave.desk_id == Desk.id).where(DeskSave.check_id == check.id)
    return session.scalars(wanted.limit(1)).first(), session.get_one(User, check.by).shown_name


def _record(session: Session, by: Actor, now: dt.datetime, child: Child, answer: Answer) -> None:
    """Keep what the clerk saw, unless it is on record already."""
    latest = latest_certificate(session, child.id)
    if latest is not None and (latest.state, latest.clinic_result) == (answer.state, answer.clinic_result):
        return
    record_certificate(
        session,
        by=by,
        now=now,
        child=child,
        instead_of=answer.seen,
        state=answer.state,
        kind=latest.kind if latest else None,
        whereabouts=None if answer.state is CertificateState.ABSENT else Whereabouts.SEEN,
        clinic_result=answer.clinic_result,
        clinic_unit=latest.clinic_unit if latest else None,
        clinic_day=latest.clinic_day if latest and latest.clinic_result == answer.clinic_result else None,
    )
