"""Questions about one child's record: what holds today of the doses, certificates, doubts and exemptions."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.children.kinds import EnrolmentState
from app.children.models import Certificate, DoseRecord, Doubt, Enrolment, Exemption
from app.clock import CHINA
from app.people.actors import Actor
from app.people.roles import Role
from app.people.scope import child_or_404, classes_in_scope
from app.schools.models import Organisation, SchoolClass


def effective_doses(session: Session, child_id: int) -> list[DoseRecord]:
    """The doses that hold: not superseded, not withdrawn; by day, those without a day last."""
    return effective_doses_of(session, [child_id]).get(child_id, [])


def effective_doses_of(session: Session, child_ids: Sequence[int]) -> dict[int, list[DoseRecord]]:
    """The same of many children; who has none is not in it."""
    wanted = select(DoseRecord).where(DoseRecord.child_id.in_(child_ids), _last_word(), DoseRecord.withdrawn.is_(False))
    found: dict[int, list[DoseRecord]] = {}
    for dose in session.scalars(wanted.order_by(DoseRecord.day.is_(None), DoseRecord.day, DoseRecord.id)):
        found.setdefault(dose.child_id, []).append(dose)
    return found


def superseded(session: Session, record_id: int) -> bool:
    """Has somebody corrected or withdrawn this dose already?"""
    return session.scalar(select(DoseRecord.id).where(DoseRecord.supersedes_id == record_id)) is not None


def last_word_on(session: Session, dose: DoseRecord) -> DoseRecord:
    """What stands instead of this record now: itself, its last correction, or its withdrawal."""
    while later := session.scalars(select(DoseRecord).where(DoseRecord.supersedes_id == dose.id)).first():
        dose = later
    return dose


def latest_certificate(session: Session, child_id: int) -> Certificate | None:
    """What was last recorded of the certificate; None: nobody has looked yet."""
    return latest_certificates(session, [child_id]).get(child_id)


def latest_certificates(session: Session, child_ids: Sequence[int]) -> dict[int, Certificate]:
    """The same of many children; of whom nobody has looked is not in it."""
    later = aliased(Certificate)
    wanted = select(Certificate).where(
        Certificate.child_id.in_(child_ids), ~exists().where(later.supersedes_id == Certificate.id)
    )
    return {one.child_id: one for one in session.scalars(wanted.order_by(Certificate.id))}


def open_doubts(session: Session, child_id: int) -> Sequence[Doubt]:
    wanted = select(Doubt).where(Doubt.child_id == child_id, Doubt.settled_at.is_(None))
    return session.scalars(wanted.order_by(Doubt.id)).all()


def open_doubts_of(session: Session, dose: DoseRecord) -> list[Doubt]:
    """The open doubts of a dose, also those that were raised on a record it superseded."""
    records, step = {dose.id}, dose.supersedes_id
    while step is not None:
        records.add(step)
        step = session.scalar(select(DoseRecord.supersedes_id).where(DoseRecord.id == step))
    return [doubt for doubt in open_doubts(session, dose.child_id) if doubt.dose_record_id in records]


def exemptions_in_force(session: Session, child_id: int, on: dt.date) -> list[Exemption]:
    """The clinic's exemptions that hold on a day; one that was ended counts until the day before its end."""
    return exemptions_in_force_of(session, [child_id], on).get(child_id, [])


def exemptions_in_force_of(session: Session, child_ids: Sequence[int], on: dt.date) -> dict[int, list[Exemption]]:
    """The same of many children; who has none is not in it."""
    wanted = select(Exemption).where(
        Exemption.child_id.in_(child_ids), or_(Exemption.valid_to.is_(None), Exemption.valid_to >= on)
    )
    found: dict[int, list[Exemption]] = {}
    for one in session.scalars(wanted.order_by(Exemption.id)):
        if one.ended_at is None or on < one.ended_at.astimezone(CHINA).date():
            found.setdefault(one.child_id, []).append(one)
    return found


def active_enrolment(session: Session, actor: Actor, child_id: int) -> Enrolment | None:
    """The enrolment through which this person sees the child: of the own school or class, else the latest one.

    None for a child whom a health center looks after by residence and who is at no school now.
    """
    child_or_404(session, actor, child_id)
    wanted = select(Enrolment).where(Enrolment.child_id == child_id, Enrolment.state == EnrolmentState.ACTIVE)
    latest_first = wanted.order_by(Enrolment.from_day.desc(), Enrolment.id.desc())
    own = Enrolment.class_id.in_(classes_in_scope(actor).with_only_columns(SchoolClass.id))
    found = session.scalars(latest_first.where(own).limit(1)).first()
    if found is None and actor.role in {Role.NURSE, Role.CDC_DOCTOR}:
        found = session.scalars(latest_first.limit(1)).first()
    return found


def class_of(session: Session, enrolment: Enrolment) -> SchoolClass:
    return session.get_one(SchoolClass, enrolment.class_id)


def school_of(session: Session, enrolment: Enrolment) -> Organisation:
    return session.get_one(Organisation, class_of(session, enrolment).school_id)


def _last_word() -> ColumnElement[bool]:
    later = aliased(DoseRecord)
    return ~exists().where(later.supersedes_id == DoseRecord.id)
