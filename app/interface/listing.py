"""The thirty-day lists for another program: those that the organisation made or got, with their rows."""

from sqlalchemy.orm import Session

from app.interface.results import numbers_of, owed_by
from app.interface.shapes import ListHead, ListRow, Lists, Page, WholeList
from app.people.actors import Actor
from app.reports.listing import rows_of
from app.reports.models import Report, RowKind
from app.reports.queries import report_or_404, reports_in_scope


def lists(session: Session, *, by: Actor, page: Page) -> Lists:
    """Counts only: nobody is named here."""
    wanted = reports_in_scope(by).where(Report.id > page.after).order_by(Report.id)
    found = session.scalars(wanted.limit(page.limit + 1)).all()
    shown = found[: page.limit]
    return Lists(items=[_head(one) for one in shown], next=shown[-1].id if len(found) > page.limit else None)


def whole_list(session: Session, *, by: Actor, list_id: int) -> WholeList:
    report = report_or_404(session, by, list_id)
    rows = rows_of(session, report)
    drawn = []
    for row in rows:
        owed, to_verify = ([], []) if row.kind is RowKind.DROPPED else owed_by(row.check)
        drawn.append(
            ListRow(
                position=row.position,
                kind=row.kind.value,
                why=row.why.value if row.why else None,
                child_id=row.child.id,
                **numbers_of(row.identity),
                class_name=row.school_class.name,
                parts=list(row.parts),
                owed=owed,
                to_verify=to_verify,
            )
        )
    return WholeList(head=_head(report), rows=drawn)


def _head(report: Report) -> ListHead:
    return ListHead(
        list_id=report.id,
        school_id=report.school_id,
        health_center_id=report.health_center_id,
        sequence=report.sequence,
        state=report.state.value,
        content_hash=report.content_hash,
        frozen_at=report.frozen_at,
        sent_at=report.sent_at,
        children=int(report.counts["listed"]),
    )
