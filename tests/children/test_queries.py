"""What holds of a record today: the last word on each dose, the exemptions of a day, the enrolment one sees through."""

import datetime as dt

import pytest
from werkzeug.exceptions import NotFound

from app.children.kinds import (
    DoseSource,
    EnrolmentSource,
    EnrolmentState,
    ExemptionEvidence,
    ExemptionKind,
)
from app.children.models import Child, DoseRecord, Enrolment, Exemption
from app.children.queries import active_enrolment, class_of, effective_doses, exemptions_in_force, school_of
from app.database import Database
from tests.actors import actor
from tests.children.conftest import BORN
from tests.district import FIRST_DAY, MOMENT, District


def dose(child: Child, district: District, day: str | None = None, **more: object) -> DoseRecord:
    return DoseRecord(
        child_id=child.id,
        product="HepB",
        day=dt.date.fromisoformat(day) if day else None,
        source=DoseSource.BOOKLET,
        entered_by=district.users["clerk"].id,
        entered_at=MOMENT,
        **more,
    )


def test_the_last_word_on_each_dose_by_day_undated_last(database: Database, district: District, kid: Child) -> None:
    with database.writing() as session:
        first, late, undated = dose(kid, district, "2020-04-05"), dose(kid, district, "2021-01-01"), dose(kid, district)
        session.add_all([late, undated, first])
        session.flush()
        corrected = dose(kid, district, "2020-03-06", supersedes_id=late.id)
        withdrawn = dose(kid, district, "2020-04-05", supersedes_id=first.id, withdrawn=True)
        session.add_all([corrected, withdrawn])
        session.flush()
        assert effective_doses(session, kid.id) == [corrected, undated]


def test_the_doses_of_another_child_are_not_among_them(database: Database, district: District, kid: Child) -> None:
    with database.writing() as session:
        session.add(dose(district.children["near_1"], district, "2020-04-05"))
        session.flush()
        assert effective_doses(session, kid.id) == []


def test_exemptions_hold_to_their_last_day_and_not_when_ended(
    database: Database, district: District, kid: Child
) -> None:
    last_day = dt.date(2026, 9, 30)
    with database.writing() as session:
        for line, valid_to, ended_at in (("MMR", last_day, None), ("live", None, MOMENT), ("JE", None, None)):
            row = Exemption(child_id=kid.id, line=line, kind=ExemptionKind.DEFERRED, valid_to=valid_to)
            row.evidence, row.recorded_by, row.recorded_at = (
                ExemptionEvidence.CLINIC_PAPER,
                district.users["clerk"].id,
                MOMENT,
            )
            row.ended_at = ended_at
            session.add(row)
        session.flush()

        def lines(on: dt.date) -> list[str]:
            return [one.line for one in exemptions_in_force(session, kid.id, on)]

        assert lines(last_day) == ["MMR", "JE"]
        assert lines(last_day + dt.timedelta(days=1)) == ["JE"]
        assert lines(FIRST_DAY - dt.timedelta(days=1)) == ["MMR", "live", "JE"]
        assert "live" not in lines(FIRST_DAY)


def enrol_too(database: Database, child: Child, class_id: int, state: EnrolmentState = EnrolmentState.ACTIVE) -> int:
    with database.writing() as session:
        row = Enrolment(
            child_id=child.id,
            class_id=class_id,
            from_day=FIRST_DAY + dt.timedelta(days=5),
            to_day=None if state is EnrolmentState.ACTIVE else FIRST_DAY + dt.timedelta(days=6),
            source=EnrolmentSource.GUEST,
            state=state,
        )
        session.add(row)
        session.flush()
        return row.id


def test_each_school_sees_a_guest_through_its_own_enrolment(database: Database, district: District, kid: Child) -> None:
    guest = enrol_too(database, kid, district.classes["far_1"].id)
    with database.reading() as session:
        near = active_enrolment(session, actor(district, "clerk"), kid.id)
        far = active_enrolment(session, actor(district, "far_clerk"), kid.id)
        assert far.id == guest
        assert class_of(session, near).id == district.classes["near_1"].id
        assert school_of(session, near).id == district.places["near"].id
        assert active_enrolment(session, actor(district, "nurse"), kid.id).id == near.id
        assert active_enrolment(session, actor(district, "cdc_doctor"), kid.id).id == guest  # the latest


def test_an_enrolment_that_ended_is_none(database: Database, district: District, kid: Child) -> None:
    enrol_too(database, kid, district.classes["near_2"].id, EnrolmentState.LEFT)
    with database.reading() as session:
        enrolment = active_enrolment(session, actor(district, "clerk"), kid.id)
        assert enrolment.class_id == district.classes["near_1"].id


def test_a_child_at_no_school_has_none_for_its_home_clinic(database: Database, district: District) -> None:
    with database.writing() as session:
        child = Child(sex="F", birth_date=BORN, created_at=MOMENT)
        child.home_health_center_id = district.places["near_center"].id
        session.add(child)
    with database.reading() as session:
        assert active_enrolment(session, actor(district, "nurse"), child.id) is None


def test_outside_the_scope_there_is_no_child(database: Database, district: District, kid: Child) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        active_enrolment(session, actor(district, "foreign_clerk"), kid.id)
