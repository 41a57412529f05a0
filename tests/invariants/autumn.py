"""What comes after the first check, through the house's own actions: the center answers and vaccinates, a registry's
file is read and taken back, the school looks again, calls again and certifies.
"""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.checks.queries import latest_check
from app.children.kinds import ClinicResult
from app.children.models import Child
from app.children.queries import active_enrolment
from app.clinic import actions as clinic
from app.clinic.kinds import WhyNot
from app.notices.certificate_actions import certify
from app.notices.models import Notice, NoticeItem
from app.notices.queries import live_notice
from app.notices.second_call import call_again
from app.people.actors import Actor
from app.privacy.identities import IdentifierKind, open_identity
from app.privacy.keys import keys_of
from app.rechecks.actions import confirm
from app.rechecks.queries import due_or_none
from app.registry import actions as registry
from app.registry import keeping
from app.registry.comparing import compare
from app.registry.models import RegistryImport
from app.registry.rows import Export, FileChild, FileDose
from app.reports import actions as reports
from app.reports.models import Report, ReportState, ReturnReason
from tests.actors import actor
from tests.invariants.world import World


def answer_list(world: World, *, back: bool) -> None:
    """The oldest list that a center has and nobody answered."""
    with world.transaction() as session:
        sent = select(Report).where(Report.state == ReportState.SENT).order_by(Report.id).limit(1)
        for report in session.scalars(sent).all():
            near = report.health_center_id == world.district.places["near_center"].id
            what = {"by": actor(world.district, "nurse" if near else "far_nurse"), "now": world.now, "report": report}
            if back:
                reports.give_back(session, because=ReturnReason.INCOMPLETE, **what)
            else:
                reports.acknowledge(session, **what)


def say_why_not(world: World, child_id: int, *, open_again: bool) -> None:
    with world.transaction() as session:
        items = _items(session, _notice(session, world.clerk_of(child_id), child_id))
        what = {"by": world.nurse_of(child_id), "now": world.now, "child": session.get_one(Child, child_id)}
        if open_again:
            clinic.open_again(session, items=items, **what)
        elif items:
            clinic.say_why_not(session, items=items, because=WhyNot.REFUSED, **what)


def replace_certificate(world: World, child_id: int) -> None:
    with world.transaction() as session:
        child = session.get_one(Child, child_id)
        clinic.replace_certificate(session, by=world.nurse_of(child_id), now=world.now, child=child, unit="卫生院")


def look_again(world: World, child_id: int, assessment: ClinicResult) -> None:
    """Where the child came up by itself."""
    by = world.clerk_of(child_id)
    with world.transaction() as session:
        due = due_or_none(session, by, child_id)
        if due is not None:
            what = {"now": world.now, "on": world.today, "child": due.child, "enrolment": due.enrolment}
            confirm(session, by=by, assessment=assessment, **what)
            assert due_or_none(session, by, child_id) is None, "It comes up for ever."


def call_a_second_time(world: World, child_id: int) -> None:
    by = world.clerk_of(child_id)
    with world.transaction() as session:
        notice = _notice(session, by, child_id)
        if notice is not None:
            call_again(session, by=by, now=world.now, notice=notice)


def give_a_certificate(world: World, child_id: int) -> None:
    by = world.clerk_of(child_id)
    with world.transaction() as session:
        enrolment = active_enrolment(session, by, child_id)
        check = latest_check(session, enrolment.id) if enrolment else None
        if check is not None:
            certify(session, by=by, now=world.now, check=check)


def read_a_file(world: World, child_id: int, product: str, day: dt.date) -> None:
    """One dose of one child, known by its number; the same file again has nothing to write."""
    by = world.nurse_of(child_id)
    with world.transaction() as session:
        found = _proposed(session, by, world.now, child_id, product, day)
        seen = compare(session, by, keeping.taken_out(keys_of(session), found))
        if not seen.new_doses:
            return
        registry.apply(session, by=by, now=world.now, import_id=found.id, seen=seen.stamp)
    with world.database.reading() as session:
        assert compare(session, by, _file(session, child_id, product, day)).new_doses == 0


def take_a_file_back(world: World) -> None:
    """The newest import that was written."""
    with world.transaction() as session:
        wanted = select(RegistryImport).where(RegistryImport.outcome.is_not(None), RegistryImport.undone_at.is_(None))
        for done in session.scalars(wanted.order_by(RegistryImport.id.desc()).limit(1)).all():
            near = done.organisation_id == world.district.places["near_center"].id
            by = actor(world.district, "nurse" if near else "far_nurse")
            registry.undo(session, by=by, now=world.now, import_id=done.id)


def _proposed(
    session: Session, by: Actor, now: dt.datetime, child_id: int, product: str, day: dt.date
) -> RegistryImport:
    return registry.propose(session, by=by, now=now, export=_file(session, child_id, product, day))


def _file(session: Session, child_id: int, product: str, day: dt.date) -> Export:
    identity = open_identity(session, session.get_one(Child, child_id))
    assert identity is not None
    numbers = tuple(one for one in identity.identifiers if one.kind is IdentifierKind.RESIDENT_ID)
    return Export("导出.xlsx", [FileChild(2, numbers=numbers, doses=[FileDose(2, product, product, day)])], [], 1)


def _notice(session: Session, by: Actor, child_id: int) -> Notice | None:
    enrolment = active_enrolment(session, by, child_id)
    return live_notice(session, enrolment.id) if enrolment else None


def _items(session: Session, notice: Notice | None) -> list[NoticeItem]:
    if notice is None:
        return []
    return list(session.scalars(select(NoticeItem).where(NoticeItem.notice_id == notice.id)))
