"""催种: after the window for catching up, the family is asked again for what is still open, and for nothing else."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.checks.models import Check
from app.children.kinds import CertificateState
from app.children.queries import latest_certificate
from app.notices.actions import NotNow, Refusal, draft, end, leave_line
from app.notices.demands import AskedDose, Demand
from app.notices.models import ENDED, ItemState, Notice, NoticeItem, NoticeKind, NoticePart, NoticeState
from app.people.actors import Actor

_MISSING = frozenset({CertificateState.ABSENT, CertificateState.BEING_REPLACED})


def call_again(session: Session, *, by: Actor, now: dt.datetime, notice: Notice) -> Notice:
    """A second notice of the same check with what is still open; the first one is replaced, its code says so.

    Raises NotNow where the first one never left the house, or where nothing is open any more.
    """
    if notice.state in ENDED:
        raise NotNow(Refusal.ENDED)
    if notice.state is NoticeState.DRAFTED:
        raise NotNow(Refusal.NOT_PRINTED)
    asked = still_asked(session, notice, items_of_notice(session, notice))
    if not asked.parts:
        raise NotNow(Refusal.NOTHING_OPEN)
    end(session, notice, NoticeState.REPLACED, now)
    second = draft(
        session,
        by=by,
        now=now,
        check=session.get_one(Check, notice.check_id),
        asked=asked,
        campaign=session.get_one(Campaign, notice.campaign_id),
        school_id=notice.school_id,
        kind=NoticeKind.SECOND,
    )
    notice.replaced_by_id = second.id
    leave_line(session, by, now, second, "called_again", first=notice.id)
    return second


def still_asked(session: Session, notice: Notice, items: Sequence[NoticeItem]) -> Demand:
    """The parts of a notice of which something is open, and the open doses."""
    opened = [item for item in items if item.state is ItemState.OPEN]  # a reason why not is the center's to follow
    wanted = {item.part for item in opened}
    parts = set(notice.parts)
    if NoticePart.CERTIFICATE in parts:
        certificate = latest_certificate(session, notice.child_id)
        if certificate is None or certificate.state in _MISSING:
            wanted.add(NoticePart.CERTIFICATE)
    if NoticePart.VERIFY in parts and not any(item.part is NoticePart.VERIFY for item in items):
        wanted.add(NoticePart.VERIFY)  # a question without doses is open until the next check
    return Demand(tuple(part for part in NoticePart if part in wanted), tuple(map(_asked, opened)))


def items_of_notice(session: Session, notice: Notice) -> list[NoticeItem]:
    return list(session.scalars(select(NoticeItem).where(NoticeItem.notice_id == notice.id).order_by(NoticeItem.id)))


def to_call_again(session: Session, notices: Iterable[Notice], today: dt.date) -> list[Notice]:
    """Those of these notices that left the house and of which something is open that can be done by now."""
    gone = [one for one in notices if one.state is not NoticeState.DRAFTED and one.state not in ENDED]
    rows = session.scalars(
        select(NoticeItem).where(NoticeItem.notice_id.in_([one.id for one in gone])).order_by(NoticeItem.id)
    )
    items: dict[int, list[NoticeItem]] = {}
    for item in rows:
        items.setdefault(item.notice_id, []).append(item)
    return [one for one in gone if _can_be_done(still_asked(session, one, items.get(one.id, [])), today)]


def _can_be_done(asked: Demand, today: dt.date) -> bool:
    """Something beside doses that have to wait."""
    beside = set(asked.parts) - {NoticePart.CATCH_UP}
    return bool(beside) or any(dose.earliest <= today for dose in asked.doses)


def _asked(item: NoticeItem) -> AskedDose:
    return AskedDose(item.part, item.line, item.product, item.dose, item.earliest, item.state_at_check)
