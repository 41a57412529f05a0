"""Puts the made-up children into the tables: who they are, where they sit, what the registry's file knows of them."""

import datetime as dt

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.kinds import DoseSource, EnrolmentSource, EnrolmentState, ExemptionEvidence
from app.children.models import Child, DoseRecord, Enrolment
from app.children.record_actions import raise_doubt, record_certificate, record_exemption
from app.demo import days
from app.demo.children import MadeUpChild, population
from app.demo.district import District
from app.demo.families import CAME_FROM
from app.demo.places import SCHOOLS, Seat
from app.demo.records import LOST, doubted_index
from app.people.actors import Actor
from app.privacy.identities import seal_identity

#: When on the first morning: the list of names, the registry's file, what the health center and the parents said.
_REGISTRY, _SAID = days.ROSTERS + dt.timedelta(minutes=9), days.ROSTERS + dt.timedelta(minutes=31)
#: Until when a deferral holds.
_DEFERRED_TO = dt.date(2026, 12, 31)
_BORN_IN = "青河市妇幼保健院"


def load_rosters(session: Session, district: District) -> dict[Seat, tuple[Child, Enrolment]]:
    """Every child of every school whose roster is not left as a file; by seat."""
    loaded: dict[Seat, tuple[Child, Enrolment]] = {}
    for school in SCHOOLS:
        if not school.roster_loaded:
            continue
        clerk = district.clerk_of(school.short)
        children = [child for child in population() if child.school is school]
        for child in children:
            loaded[child.seat] = _enrol(session, district, child)
        _note(session, clerk, days.ROSTERS, "demo.roster_loaded", children=len(children))
        _registry(session, district, clerk, children, loaded)
    return loaded


def tell_what_is_known(
    session: Session, district: District, loaded: dict[Seat, tuple[Child, Enrolment]], seen: set[Seat]
) -> None:
    """Doubts, exemptions and lost certificates, which people said on the first morning; `seen`: checked later on."""
    by_seat = {child.seat: child for child in population()}
    for seat, (row, _) in loaded.items():
        child = by_seat[seat]
        nurse = district.nurse_of(child.center)
        for one in child.record.exemptions:
            record_exemption(
                session,
                by=nurse,
                now=_SAID,
                child=row,
                line=one.line,
                kind=one.kind,
                evidence=ExemptionEvidence.CLINIC_PAPER,
                valid_to=None if one.for_good else _DEFERRED_TO,
            )
        if child.record.doubts and not child.school_class.booklets_to_type:
            _raise_doubts(session, nurse, child, row)
        if child.record.certificate in LOST and seat not in seen:
            clerk = district.clerk_of(child.school.short)
            state = child.record.certificate
            record_certificate(session, by=clerk, now=_SAID, child=row, instead_of=None, state=state)


def _enrol(session: Session, district: District, child: MadeUpChild) -> tuple[Child, Enrolment]:
    row = Child(
        sex=child.sex,
        birth_date=child.birth,
        origin=child.origin,
        home_health_center_id=district.places[child.home_center].id if child.home_center else None,
        hbsag_exposed_under_2000g=child.record.born_small,
        created_at=days.ROSTERS,
    )
    session.add(row)
    session.flush()
    enrolment = Enrolment(
        child_id=row.id,
        class_id=district.classes[child.seat[:2]].id,
        from_day=child.from_day,
        source=child.source,
        state=EnrolmentState.ACTIVE,
    )
    session.add(enrolment)
    if child.seat in CAME_FROM:
        school, class_name, since, until = CAME_FROM[child.seat]
        session.add(
            Enrolment(
                child_id=row.id,
                class_id=district.classes[school, class_name].id,
                from_day=since,
                to_day=until,
                source=EnrolmentSource.ROSTER,
                state=EnrolmentState.LEFT,
            )
        )
    seal_identity(session, row, child.identity, now=days.ROSTERS)
    return row, enrolment


def _registry(
    session: Session,
    district: District,
    clerk: Actor,
    children: list[MadeUpChild],
    loaded: dict[Seat, tuple[Child, Enrolment]],
) -> None:
    rows = [
        row
        for child in children
        if not child.school_class.booklets_to_type
        for row in _dose_rows(district, clerk, child, loaded[child.seat][0])
    ]
    session.execute(insert(DoseRecord), rows)
    _note(session, clerk, _REGISTRY, "demo.doses_loaded", doses=len(rows))


def _dose_rows(district: District, clerk: Actor, child: MadeUpChild, row: Child) -> list[dict[str, object]]:
    center = district.places[child.center].name
    return [
        {
            "child_id": row.id,
            "product": dose.product,
            "as_written": dose.as_written,
            "day": dose.day,
            "partial_date": dose.partial_date,
            "lot": f"YS{dose.day:%Y%m}" if dose.day and dose.source is DoseSource.REGISTRY else None,
            "unit": (_BORN_IN if dose.day == child.birth else center) if dose.source is DoseSource.REGISTRY else None,
            "source": dose.source,
            "entered_by": clerk.user_id,
            "entered_at": _REGISTRY,
            "withdrawn": False,
        }
        for dose in child.record.doses
    ]


def _raise_doubts(session: Session, nurse: Actor, child: MadeUpChild, row: Child) -> None:
    rows = session.scalars(select(DoseRecord).where(DoseRecord.child_id == row.id)).all()
    for one in child.record.doubts:
        place = doubted_index(one, child.record.doses)
        meant = None if place is None else child.record.doses[place]
        dose = meant and next(found for found in rows if (found.product, found.day) == (meant.product, meant.day))
        raise_doubt(session, by=nurse, now=_SAID, child=row, lines=[one.line], kind=one.kind, dose=dose)


def _note(session: Session, by: Actor, now: dt.datetime, action: str, **counts: int) -> None:
    record(session, by=by, now=now, action=action, subject=("organisation", by.organisation_id), detail=counts)
