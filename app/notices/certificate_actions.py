"""The paper of a child of whom nothing is asked: 查验合格证明 where it passed, 查验证明 where a line was waived."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.queries import open_campaign
from app.checks.models import Check
from app.children.models import Enrolment
from app.notices.actions import NotNow, Refusal, draft, end
from app.notices.demands import Demand
from app.notices.models import CERTIFICATES, ENDED, Notice, NoticeKind, NoticeState
from app.people.actors import Actor
from app.schools.models import SchoolClass
from rules.vocabulary import Result

_KIND = {Result.COMPLETE: NoticeKind.PASSED, Result.WAIVED: NoticeKind.WAIVED}
_NOTHING = Demand((), ())


def certify(session: Session, *, by: Actor, now: dt.datetime, check: Check) -> Notice:
    """The certificate of a check that asks for nothing: drafted once, the same one ever after.

    Raises NotNow where the check asks for something, or where no campaign is open to number it in.
    """
    kind = _KIND.get(Result(check.result))
    enrolment = session.get_one(Enrolment, check.enrolment_id)
    school_id = session.get_one(SchoolClass, enrolment.class_id).school_id
    campaign = open_campaign(session, school_id)
    if kind is None or campaign is None:
        raise NotNow(Refusal.NOT_PASSED if kind is None else Refusal.NO_CAMPAIGN)
    before = live_certificate(session, check.enrolment_id)
    if before is not None and before.check_id == check.id:
        return before
    if before is not None:
        end(session, before, NoticeState.REPLACED, now)
    made = draft(
        session, by=by, now=now, check=check, asked=_NOTHING, campaign=campaign, school_id=school_id, kind=kind
    )
    if before is not None:
        before.replaced_by_id = made.id
    return made


def live_certificate(session: Session, enrolment_id: int) -> Notice | None:
    wanted = select(Notice).where(
        Notice.enrolment_id == enrolment_id, Notice.kind.in_(CERTIFICATES), Notice.state.not_in(ENDED)
    )
    return session.scalars(wanted).one_or_none()
