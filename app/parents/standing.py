"""Which notice a family should read: the one it holds, the one that took its place, or none any more."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.checks.models import Check
from app.checks.queries import latest_check
from app.children.kinds import EnrolmentState
from app.children.models import Child, Enrolment
from app.notices.models import CERTIFICATES, ENDED, Notice
from app.notices.queries import live_notice
from app.reports.models import Report, ReportRow, ReportState
from rules.vocabulary import Result

_NOTHING_OPEN = frozenset({Result.COMPLETE, Result.WAIVED})


class Standing(StrEnum):
    """Something is asked; all of it is done; or the paper has no meaning any more."""

    ASKED = "asked"
    DONE = "done"
    VOID = "void"


def standing_of(session: Session, notice: Notice) -> tuple[Standing, Notice, Check | None]:
    """How the family stands, the notice to read, and the check that says so.

    A replaced notice leads on within the same class only. What was withdrawn because the child was complete says so;
    what was withdrawn because the child left, or a check was undone, is void. Where the child turned out to be written
    down twice, the record that was kept says how the family stands.
    """
    enrolment = _enrolment_of(session, notice)
    live, check = live_notice(session, enrolment.id), latest_check(session, enrolment.id)
    if live is not None:
        return Standing.ASKED, live, session.get_one(Check, live.check_id)
    here = enrolment.state is EnrolmentState.ACTIVE
    certified = notice.kind in CERTIFICATES and notice.state not in ENDED
    if check is not None and (certified or (here and check.result in _NOTHING_OPEN)):
        return Standing.DONE, _what_was_asked(session, enrolment) or notice, check
    return Standing.VOID, notice, None


def list_arrived(session: Session, notice: Notice) -> Report | None:
    """The list of the school on which the child stands, once its health center said that it has it."""
    wanted = (
        select(Report)
        .join(ReportRow, ReportRow.report_id == Report.id)
        .where(
            ReportRow.enrolment_id == notice.enrolment_id,
            Report.campaign_id == notice.campaign_id,
            Report.state == ReportState.ACKNOWLEDGED,
        )
    )
    return session.scalars(wanted.order_by(Report.id.desc()).limit(1)).first()


def child_of(session: Session, notice: Notice) -> Child:
    """Of whom is read: the child of the notice, or the record that was kept where it was written down twice."""
    child = session.get_one(Child, notice.child_id)
    return session.get_one(Child, child.merged_into_id) if child.merged_into_id else child


def _enrolment_of(session: Session, notice: Notice) -> Enrolment:
    own, child = session.get_one(Enrolment, notice.enrolment_id), child_of(session, notice)
    if child.id == notice.child_id:
        return own
    kept = select(Enrolment).where(Enrolment.child_id == child.id, Enrolment.state == EnrolmentState.ACTIVE)
    return session.scalars(kept.order_by(Enrolment.id.desc()).limit(1)).first() or own


def _what_was_asked(session: Session, enrolment: Enrolment) -> Notice | None:
    """The last notice of the enrolment that asked for something; a certificate asked for nothing."""
    wanted = select(Notice).where(Notice.enrolment_id == enrolment.id, Notice.kind.not_in(CERTIFICATES))
    return session.scalars(wanted.order_by(Notice.id.desc()).limit(1)).first()
