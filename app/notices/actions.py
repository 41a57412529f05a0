"""What is done to notices: they follow every check, are printed, handed out, and their slips come back."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.actions import Reading, record, record_read
from app.campaigns.models import Campaign, CampaignState
from app.campaigns.queries import open_campaign
from app.campaigns.sealing import must_be_open
from app.checks.models import Check
from app.children.models import Enrolment
from app.notices.codes import new_code
from app.notices.demands import AskedDose, Demand, demand
from app.notices.models import CERTIFICATES, ENDED, ItemState, Notice, NoticeItem, NoticeKind, NoticeState
from app.notices.queries import live_notice
from app.people.actors import Actor
from app.schools.models import Organisation, SchoolClass
from rules.vocabulary import Result

#: What a check must come to for its certificate to hold.
_CERTIFIED = {NoticeKind.PASSED: Result.COMPLETE, NoticeKind.WAIVED: Result.WAIVED}


class Refusal(StrEnum):
    """Why something cannot be done to a notice; `app.notices.wording` has the sentences."""

    ENDED = "ended"
    NOT_PRINTED = "not_printed"
    NOTHING_OPEN = "nothing_open"
    NOT_PASSED = "not_passed"
    NO_CAMPAIGN = "no_campaign"


class NotNow(ValueError):
    """The notice is not in a state for this."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def follow_check(session: Session, *, by: Actor, now: dt.datetime, check: Check) -> Notice | None:
    """Bring the enrolment's notice in line with a check that was just saved.

    A child that owes, is to be verified or has no certificate is left with exactly one live notice, drafted from this
    check; an earlier one is replaced and its code is dead. Nothing asked: the earlier one is withdrawn. The same check
    twice changes nothing. None where no notice is needed, or where no campaign is open to number it in.
    """
    _end_certificate(session, by=by, now=now, enrolment_id=check.enrolment_id, result=check.result)
    before = live_notice(session, check.enrolment_id)
    if before is not None and before.check_id == check.id:
        return before
    asked = demand(check.inputs, check.findings)
    enrolment = session.get_one(Enrolment, check.enrolment_id)
    school_id = session.get_one(SchoolClass, enrolment.class_id).school_id
    campaign = open_campaign(session, school_id)
    if asked is None or campaign is None:
        _withdraw(session, by=by, now=now, notice=before)
        return None
    if before is not None:
        end(session, before, NoticeState.REPLACED, now)
    notice = draft(session, by=by, now=now, check=check, asked=asked, campaign=campaign, school_id=school_id)
    if before is not None:
        before.replaced_by_id = notice.id
        leave_line(session, by, now, before, "replaced", instead=notice.id)
    leave_line(session, by, now, notice, "drafted", check=check.id, parts=list(notice.parts), doses=len(asked.doses))
    return notice


def withdraw_of(session: Session, *, by: Actor, now: dt.datetime, enrolment: Enrolment) -> None:
    """The child left this class for another school: what this school asked for or certified ends here, unless it is
    archived.
    """
    _end_certificate(session, by=by, now=now, enrolment_id=enrolment.id, result=None)
    notice = live_notice(session, enrolment.id)
    sealed = notice is not None and _campaign_of(session, notice).state is CampaignState.SEALED
    _withdraw(session, by=by, now=now, notice=None if sealed else notice)


def mark_printed(session: Session, *, by: Actor, now: dt.datetime, notices: Iterable[Notice]) -> None:
    """A sheet of each leaves the printer; from the second on it says which print it is."""
    for notice in notices:
        _must_be_live(session, notice)
        notice.print_count += 1
        if notice.state is NoticeState.DRAFTED:
            notice.state, notice.printed_at = NoticeState.PRINTED, now
        session.flush()
        leave_line(session, by, now, notice, "printed", copy=notice.print_count)
        subject = ("child", notice.child_id)
        record_read(session, by=by, now=now, what=Reading.PRINT, subject=subject, detail={"notice": notice.id})


def hand_out(session: Session, *, by: Actor, now: dt.datetime, notice: Notice) -> None:
    """The family has it. Twice changes nothing."""
    _must_be_printed(session, notice)
    if notice.state is not NoticeState.PRINTED:
        return
    notice.state, notice.handed_at = NoticeState.HANDED, now
    session.flush()
    leave_line(session, by, now, notice, "handed")


def take_back(session: Session, *, by: Actor, now: dt.datetime, notice: Notice) -> None:
    """The last tick was a mistake: one step back, from slip back to handed out, from handed out to printed."""
    _must_be_live(session, notice)
    if notice.state is NoticeState.SLIP_BACK:
        notice.state, notice.slip_back_at = NoticeState.HANDED, None
    elif notice.state is NoticeState.HANDED:
        notice.state, notice.handed_at = NoticeState.PRINTED, None
    else:
        return
    session.flush()
    leave_line(session, by, now, notice, "taken_back", to=notice.state.value)


def receive_slip(session: Session, *, by: Actor, now: dt.datetime, notice: Notice) -> None:
    """The reply slip is back, so the family had the notice whatever was ticked. Twice changes nothing."""
    _must_be_printed(session, notice)
    if notice.state is NoticeState.SLIP_BACK:
        return
    notice.state, notice.slip_back_at = NoticeState.SLIP_BACK, now
    notice.handed_at = notice.handed_at or now
    session.flush()
    leave_line(session, by, now, notice, "slip_back")


def draft(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    check: Check,
    asked: Demand,
    campaign: Campaign,
    school_id: int,
    kind: NoticeKind = NoticeKind.FIRST,
) -> Notice:
    """A paper of this check with the next number of the school and a code of its own; whatever it takes the place of
    has ended before.
    """
    notice = Notice(
        campaign_id=campaign.id,
        school_id=school_id,
        enrolment_id=check.enrolment_id,
        child_id=check.child_id,
        check_id=check.id,
        kind=kind,
        number=_next_number(session, campaign.id, school_id),
        code=new_code(),
        parts=[part.value for part in asked.parts],
        state=NoticeState.DRAFTED,
        print_count=0,
        made_at=now,
        made_by=by.user_id,
    )
    session.add(notice)
    session.flush()
    session.add_all(_item(notice.id, dose) for dose in asked.doses)
    session.flush()
    return notice


def _item(notice_id: int, asked: AskedDose) -> NoticeItem:
    return NoticeItem(
        notice_id=notice_id,
        part=asked.part,
        line=asked.line,
        product=asked.product,
        dose=asked.dose,
        earliest=asked.earliest,
        state_at_check=asked.state,
        state=ItemState.OPEN,
    )


def _next_number(session: Session, campaign_id: int, school_id: int) -> int:
    # Two desks of one school queue here; on SQLite the whole writing transaction does.
    session.execute(select(Organisation.id).where(Organisation.id == school_id).with_for_update(key_share=True))
    highest = select(func.max(Notice.number)).where(Notice.campaign_id == campaign_id, Notice.school_id == school_id)
    return (session.scalar(highest) or 0) + 1


def _end_certificate(session: Session, *, by: Actor, now: dt.datetime, enrolment_id: int, result: str | None) -> None:
    """A certificate holds as long as every later check comes to the same."""
    wanted = select(Notice).where(
        Notice.enrolment_id == enrolment_id, Notice.kind.in_(CERTIFICATES), Notice.state.not_in(ENDED)
    )
    for found in session.scalars(wanted):
        sealed = _campaign_of(session, found).state is CampaignState.SEALED
        if _CERTIFIED[found.kind] != result and not sealed:
            _withdraw(session, by=by, now=now, notice=found)


def _withdraw(session: Session, *, by: Actor, now: dt.datetime, notice: Notice | None) -> None:
    if notice is not None:
        end(session, notice, NoticeState.WITHDRAWN, now)
        leave_line(session, by, now, notice, "withdrawn")


def end(session: Session, notice: Notice, how: NoticeState, now: dt.datetime) -> None:
    """Nobody goes by it any more."""
    notice.state, notice.ended_at = how, now
    session.flush()  # before another becomes the live one


def _must_be_live(session: Session, notice: Notice) -> None:
    must_be_open(_campaign_of(session, notice))
    if notice.state in ENDED:
        raise NotNow(Refusal.ENDED)


def _campaign_of(session: Session, notice: Notice) -> Campaign:
    return session.get_one(Campaign, notice.campaign_id)


def _must_be_printed(session: Session, notice: Notice) -> None:
    _must_be_live(session, notice)
    if notice.state is NoticeState.DRAFTED:
        raise NotNow(Refusal.NOT_PRINTED)


def leave_line(session: Session, by: Actor, now: dt.datetime, notice: Notice, verb: str, **detail: object) -> None:
    record(session, by=by, now=now, action=f"notice.{verb}", subject=("notice", notice.id), detail=detail)
