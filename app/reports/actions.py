"""What is done to lists: frozen, sent, received or given back. Each leaves an audit line and none commits."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.campaigns.models import Campaign
from app.campaigns.sealing import must_be_open
from app.people.actors import Actor
from app.reports.freezing import content_hash
from app.reports.listing import Draft, draft_of
from app.reports.models import Report, ReportRow, ReportState, ReturnReason, RowKind
from app.schools.models import Organisation


class Refusal(StrEnum):
    """Why something cannot be done to a list; `app.reports.wording` has the sentences."""

    NOTHING_NEW = "nothing_new"
    NOT_FROZEN = "not_frozen"
    NOT_SENT = "not_sent"


class NotNow(ValueError):
    """The list is not in a state for this."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def freeze(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    campaign: Campaign,
    school: Organisation,
    center: Organisation,
) -> Report:
    """Keep the list of a center as it stands now: every child that must be listed and is on no live list yet.

    The first list may be empty: that nobody owes anything is a report too. A supplement says something: who is new,
    whose debts changed, who does not belong on the list any more.
    """
    must_be_open(campaign)
    # Two people who freeze at once: the second waits, and finds everybody listed.
    session.execute(select(Organisation.id).where(Organisation.id == school.id).with_for_update(key_share=True))
    draft = draft_of(session, campaign, school, center)
    if draft.supplements and not draft.all_rows:
        raise NotNow(Refusal.NOTHING_NEW)
    report = _kept(session, draft, by=by, now=now)
    detail = {
        "sequence": report.sequence,
        "children": len(draft.rows),
        "changed": len(draft.changed),
        "dropped": len(draft.dropped),
        "hash": report.content_hash,
    }
    record(session, by=by, now=now, action="report.frozen", subject=("report", report.id), detail=detail)
    return report


def send(session: Session, *, by: Actor, now: dt.datetime, report: Report) -> None:
    """The list left the school. Twice changes nothing."""
    _must_go_on(session, report)
    if report.state in (ReportState.SENT, ReportState.ACKNOWLEDGED):
        return
    if report.state is not ReportState.FROZEN:
        raise NotNow(Refusal.NOT_FROZEN)
    report.state, report.sent_at, report.sent_by = ReportState.SENT, now, by.user_id
    session.flush()
    record(session, by=by, now=now, action="report.sent", subject=("report", report.id))


def acknowledge(session: Session, *, by: Actor, now: dt.datetime, report: Report) -> None:
    """The health center has it. Twice changes nothing."""
    _must_go_on(session, report)
    if report.state is ReportState.ACKNOWLEDGED:
        return
    if report.state is not ReportState.SENT:
        raise NotNow(Refusal.NOT_SENT)
    report.state, report.answered_at, report.answered_by = ReportState.ACKNOWLEDGED, now, by.user_id
    session.flush()
    record(session, by=by, now=now, action="report.acknowledged", subject=("report", report.id))


def _must_go_on(session: Session, report: Report) -> None:
    must_be_open(session.get_one(Campaign, report.campaign_id))


def give_back(session: Session, *, by: Actor, now: dt.datetime, report: Report, because: ReturnReason) -> None:
    """The health center sends the list back. Twice changes nothing.

    Its children are on no list any more and come up for the next one; whom it changed or dropped stands again where it
    stood before, unless that list came back too.
    """
    _must_go_on(session, report)
    if report.state is ReportState.RETURNED:
        return
    if report.state is not ReportState.SENT:
        raise NotNow(Refusal.NOT_SENT)
    session.execute(select(Organisation.id).where(Organisation.id == report.school_id).with_for_update(key_share=True))
    report.state, report.returned_because = ReportState.RETURNED, because
    report.answered_at, report.answered_by = now, by.user_id
    rows = session.scalars(select(ReportRow).where(ReportRow.report_id == report.id)).all()
    stood = {row.id: row.live for row in rows}
    for row in rows:
        row.live = False
    session.flush()  # before another becomes the live one
    for row in rows:
        if row.replaces_id and (stood[row.id] or row.kind is RowKind.DROPPED):
            _stands_again(session, row.replaces_id)
    session.flush()
    detail = {"reason": because.value}
    record(session, by=by, now=now, action="report.returned", subject=("report", report.id), detail=detail)


def _stands_again(session: Session, row_id: int) -> None:
    """The newest row before that is on a list which was not returned, if the child stands nowhere else."""
    row: ReportRow | None = session.get_one(ReportRow, row_id)
    while row is not None and session.get_one(Report, row.report_id).state is ReportState.RETURNED:
        row = session.get_one(ReportRow, row.replaces_id) if row.replaces_id else None
    if row is None or row.kind is RowKind.DROPPED or _stands(session, row):
        return
    row.live = True
    session.flush()


def _stands(session: Session, row: ReportRow) -> bool:
    wanted = select(ReportRow.id).where(
        ReportRow.campaign_id == row.campaign_id, ReportRow.enrolment_id == row.enrolment_id, ReportRow.live
    )
    return session.scalar(wanted.limit(1)) is not None


def _kept(session: Session, draft: Draft, *, by: Actor, now: dt.datetime) -> Report:
    which = {
        "campaign_id": draft.campaign.id,
        "school_id": draft.school.id,
        "health_center_id": draft.center.id,
        "sequence": draft.sequence,
    }
    report = Report(
        **which,
        state=ReportState.FROZEN,
        counts=draft.counts,
        content_hash=content_hash(which, draft.counts, draft.all_rows),
        frozen_at=now,
        frozen_by=by.user_id,
    )
    session.add(report)
    session.flush()
    for row in draft.all_rows:
        if row.replaces:
            session.get_one(ReportRow, row.replaces).live = False
    session.flush()  # before another becomes the live one
    session.add_all(
        ReportRow(
            report_id=report.id,
            campaign_id=draft.campaign.id,
            kind=row.kind,
            live=row.kind is not RowKind.DROPPED,
            replaces_id=row.replaces,
            why=row.why,
            position=row.position,
            enrolment_id=row.enrolment.id,
            check_id=row.check.id,
            parts=list(row.parts),
        )
        for row in draft.all_rows
    )
    session.flush()
    return report
