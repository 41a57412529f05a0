"""What the checks say of the children in scope, for another program: who stands where now, and what changed since."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.audit.actions import Reading, Subject, record_read
from app.checks.judging import judge
from app.checks.models import Check
from app.checks.queries import latest_checks
from app.checks.showing import debts
from app.children.kinds import EnrolmentState
from app.children.models import Child, Enrolment
from app.interface.shapes import Change, Changes, ChildResult, Owed, Page, Results, Verdict
from app.notices.models import NoticePart
from app.people.actors import Actor
from app.people.scope import child_or_404, children_in_scope
from app.privacy.identities import IdentifierKind, Identity, open_identities
from app.reports.differing import asked_by
from app.schools.models import OrganisationKind, SchoolClass
from rules.vocabulary import Status

#: On PostgreSQL a check with a smaller number may come a moment later: what is younger waits for the next question.
_SETTLED = dt.timedelta(seconds=20)

Found = Row[tuple[Enrolment, Child, SchoolClass]]


def results(session: Session, *, by: Actor, now: dt.datetime, page: Page) -> Results:
    """A page of the children in scope, in the order of their enrolments. Hand it out only after `note_read`."""
    changes_from = _changes_from(session, now)
    found = session.execute(
        _enrolled(by).where(Enrolment.id > page.after).order_by(Enrolment.id).limit(page.limit + 1)
    ).all()
    shown = found[: page.limit]
    last = shown[-1][0].id if len(found) > page.limit else None
    return Results(items=_items(session, shown), next=last, changes_from=changes_from)


def result_of(session: Session, *, by: Actor, child_id: int) -> ChildResult:
    """One child; of several enrolments in scope the latest."""
    child_or_404(session, by, child_id)
    wanted = _enrolled(by).where(Child.id == child_id).order_by(Enrolment.id.desc()).limit(1)
    found = session.execute(wanted).all()
    return _items(session, found)[0]


def changes(session: Session, *, by: Actor, now: dt.datetime, page: Page) -> Changes:
    """The checks after a place in the sequence, in the order in which they were made."""
    ids = _enrolled(by).with_only_columns(Enrolment.id).subquery()
    wanted = select(Check).join(ids, ids.c.id == Check.enrolment_id).where(Check.id > page.after)
    found = session.scalars(wanted.order_by(Check.id).limit(page.limit + 1)).all()
    settled = []
    for check in found:
        if check.at > now - _SETTLED:
            break
        settled.append(check)
    shown = settled[: page.limit]
    items = [
        Change(
            enrolment_id=one.enrolment_id,
            child_id=one.child_id,
            supersedes=one.supersedes_id,
            withdrawn=one.withdrawn,
            verdict=verdict(one),
        )
        for one in shown
    ]
    return Changes(items=items, next=shown[-1].id if shown else page.after, more=len(settled) > page.limit)


def note_read(session: Session, *, by: Actor, now: dt.datetime, children: int, subject: Subject | None = None) -> None:
    """In a short transaction of its own: what was read is judged again outside of it, for that takes its time."""
    about = subject or ("organisation", by.organisation_id)
    detail = {"children": children}
    record_read(session, by=by, now=now, what=Reading.EXPORT, subject=about, detail=detail)


def verdict(check: Check) -> Verdict:
    owed, to_verify = owed_by(check)
    return Verdict(
        check_id=check.id,
        number=check.number,
        checked_on=check.as_of,
        recorded_at=check.at,
        result=check.result,
        edition=check.edition,
        owed=owed,
        to_verify=to_verify,
    )


def owed_by(check: Check) -> tuple[list[Owed], list[Owed]]:
    """What a check asks for, and what it asks about: the very doses of the notice and the list."""
    asked = asked_by(check)
    if asked is None:
        return [], []
    told = _told(check)
    found: dict[NoticePart, list[Owed]] = {NoticePart.CATCH_UP: [], NoticePart.VERIFY: []}
    for dose in asked.doses:
        why, because = told.get((dose.line, dose.product, dose.dose), ("", ()))
        found[dose.part].append(
            Owed(
                line=dose.line,
                product=dose.product,
                dose=dose.dose,
                earliest=dose.earliest,
                state=dose.state,
                why=why,
                reasons=list(because),
            )
        )
    return found[NoticePart.CATCH_UP], found[NoticePart.VERIFY]


def numbers_of(identity: Identity | None) -> dict[str, str | None]:
    """The numbers that systems share; nothing else of who a child is goes out."""
    return {
        "child_code": identity.number(IdentifierKind.CHILD_CODE) if identity else None,
        "student_number": identity.number(IdentifierKind.STUDENT_NUMBER) if identity else None,
    }


def _told(check: Check) -> dict[tuple[str, str, int], tuple[str, tuple[str, ...]]]:
    """The sentence and the readings of every owed dose, by the edition that the check was judged by."""
    judgement = judge(check.inputs, check.edition)
    said = debts(judgement)
    found = {}
    for status, rows in ((Status.OWED, said.owed), (Status.REVIEW, said.to_verify)):
        owed = [(one.line, dose) for one in judgement.assessment.lines if one.status is status for dose in one.owed]
        for (line, dose), row in zip(owed, rows, strict=True):
            found[line, dose.product, dose.dose] = (row.why, dose.because)
    return found


def _items(session: Session, found: Iterable[Found]) -> list[ChildResult]:
    rows = list(found)
    checks = latest_checks(session, [enrolment.id for enrolment, _child, _class in rows])
    who = open_identities(session, [child for _enrolment, child, _class in rows])
    return [
        ChildResult(
            enrolment_id=enrolment.id,
            child_id=child.id,
            **numbers_of(who.get(child.id)),
            school_id=school_class.school_id,
            grade=school_class.grade,
            class_name=school_class.name,
            checked=enrolment.id in checks,
            verdict=verdict(checks[enrolment.id]) if enrolment.id in checks else None,
        )
        for enrolment, child, school_class in rows
    ]


def _enrolled(actor: Actor) -> Select[tuple[Enrolment, Child, SchoolClass]]:
    """The active enrolments of the children in scope; for a school those in its own classes."""
    seen = children_in_scope(actor).with_only_columns(Child.id).subquery()
    wanted = (
        select(Enrolment, Child, SchoolClass)
        .join(seen, seen.c.id == Enrolment.child_id)
        .join(Child, Child.id == Enrolment.child_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(Enrolment.state == EnrolmentState.ACTIVE)
    )
    if actor.organisation_kind is OrganisationKind.SCHOOL:
        wanted = wanted.where(SchoolClass.school_id == actor.organisation_id)
    return wanted


def _changes_from(session: Session, now: dt.datetime) -> int:
    """The place before which everything is settled: what comes later is told again rather than not at all."""
    young = session.scalar(select(func.min(Check.id)).where(Check.id > _recent(session), Check.at > now - _SETTLED))
    return young - 1 if young is not None else session.scalar(select(func.max(Check.id))) or 0


def _recent(session: Session) -> int:
    """Of the last few thousand checks the first: no desk makes more within the wait."""
    return max(0, (session.scalar(select(func.max(Check.id))) or 0) - 5_000)
