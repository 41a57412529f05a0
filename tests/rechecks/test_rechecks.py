"""The second look: children come up by themselves, a confirmed booklet is a new check, what is left has reasons."""

import datetime as dt
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.campaigns.queries import open_campaign
from app.campaigns.second_looks import second_looks
from app.checks.models import Check
from app.children.kinds import CertificateState, ClinicResult, DoseSource
from app.children.models import Child, DoseRecord, Enrolment
from app.children.queries import latest_certificate
from app.children.record_actions import record_certificate
from app.clinic.actions import give, replace_certificate, say_why_not
from app.clinic.asking import GivenDose
from app.clinic.kinds import WhyNot
from app.database import Database
from app.notices.actions import hand_out, mark_printed
from app.notices.models import Notice
from app.people.models import User
from app.rechecks import queries
from app.rechecks.actions import confirm
from tests.actors import actor
from tests.checking import MORNING
from tests.clinic.conftest import TODAY, Center
from tests.clinic.conftest import center as center
from tests.district import District

SignIn = Callable[[FlaskClient, User], None]
OCTOBER = dt.datetime(2026, 10, 9, 1, tzinfo=dt.UTC)
COMPLETE = {"assessment": "complete"}


def given(center: Center, child_id: int, product: str = "HepA-L") -> None:
    with center.database.writing() as session:
        child = session.get_one(Child, child_id)
        doses = [GivenDose(product, OCTOBER.date())]
        give(session, by=center.by, now=OCTOBER, child=child, doses=doses, unit="近水卫生院")


def test_what_the_center_entered_comes_up_and_the_clerk_confirms(
    client: FlaskClient, center: Center, database: Database, district: District, sign_in: SignIn
) -> None:
    child, other = center.owing(name="李小补"), center.owing(name="李小等")
    by = actor(district, "clerk")
    with database.reading() as session:
        assert queries.count_to_look_at(session, by) == 0
    given(center, child.id)
    with database.reading() as session:
        assert [one.child.id for one in queries.to_look_at(session, by)] == [child.id]
        assert queries.count_to_look_at(session, by) == 1
        assert queries.count_to_look_at(session, actor(district, "foreign_clerk")) == 0
    clock.fix(OCTOBER + dt.timedelta(hours=1))
    sign_in(client, district.users["clerk"])
    page = client.get("/rechecks").text
    assert "李小补" in page
    assert "甲肝减毒活疫苗" in page
    assert "没有记" in client.post(f"/rechecks/{child.id}", follow_redirects=True).text
    client.post(f"/rechecks/{child.id}", data=COMPLETE)
    with database.reading() as session:
        mine = select(Check).join(Enrolment, Enrolment.id == Check.enrolment_id).where(Check.child_id == child.id)
        rows = list(session.scalars(mine.order_by(Check.id)))
        assert [(one.number, one.result) for one in rows] == [(1, "catch_up"), (2, "complete")]
        assert queries.count_to_look_at(session, by) == 0
    assert "已经看过了" in client.post(f"/rechecks/{child.id}", data=COMPLETE, follow_redirects=True).text
    assert "李小等" in client.get("/rechecks").text
    assert "李小补" not in client.get("/rechecks").text
    assert client.post(f"/rechecks/{other.id}", data=COMPLETE).status_code == 303


def test_the_word_of_september_is_no_contradiction(center: Center, database: Database, district: District) -> None:
    """The clinic wrote 需补种 before it gave the doses; what counts is what its page says today."""
    child = center.owing()
    by = actor(district, "clerk")
    with database.writing() as session:
        mine = session.merge(child)
        latest = latest_certificate(session, child.id)
        seen = {"instead_of": latest.id if latest else None, "state": CertificateState.PRESENT}
        record_certificate(session, by=by, now=MORNING, child=mine, clinic_result=ClinicResult.CATCH_UP, **seen)
    given(center, child.id)
    with database.writing() as session:
        (due,) = queries.to_look_at(session, by)
        what = {"now": OCTOBER, "on": OCTOBER.date(), "child": due.child, "enrolment": due.enrolment}
        assert confirm(session, by=by, assessment=ClinicResult.COMPLETE, **what).result == "complete"
        assert queries.to_look_at(session, by) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CertificateState.ABSENT, CertificateState.PRESENT),
        (CertificateState.BEING_REPLACED, CertificateState.REPLACED),
        (CertificateState.REPLACED, CertificateState.REPLACED),
        (CertificateState.DOUBTFUL, CertificateState.DOUBTFUL),
    ],
)
def test_a_booklet_that_is_looked_at_is_here(
    center: Center, database: Database, district: District, before: CertificateState, after: CertificateState
) -> None:
    child = center.owing()
    by = actor(district, "clerk")
    with database.writing() as session:
        mine = session.merge(child)
        latest = latest_certificate(session, child.id)
        seen = {"instead_of": latest.id if latest else None, "state": before}
        record_certificate(session, by=by, now=MORNING, child=mine, **seen)
    given(center, child.id)
    with database.writing() as session:
        (due,) = queries.to_look_at(session, by)
        what = {"now": OCTOBER, "on": OCTOBER.date(), "child": due.child, "enrolment": due.enrolment}
        confirm(session, by=by, assessment=ClinicResult.NONE, **what)
        latest = latest_certificate(session, child.id)
        assert latest is not None
        assert (latest.state, latest.clinic_result) == (after, ClinicResult.NONE)


def test_a_school_s_own_entry_does_not_come_up_and_a_new_booklet_does(
    center: Center, database: Database, district: District
) -> None:
    child = center.owing()
    by = actor(district, "clerk")
    with database.writing() as session:
        row = DoseRecord(child_id=child.id, product="HepA-L", day=TODAY, source=DoseSource.BOOKLET)
        row.entered_by = by.user_id
        row.entered_at = OCTOBER
        session.add(row)
        session.flush()
        assert queries.count_to_look_at(session, by) == 0
        replace_certificate(session, by=center.by, now=OCTOBER, child=session.merge(child), unit="近水卫生院")
        assert queries.count_to_look_at(session, by) == 1
        campaign = open_campaign(session, by.organisation_id)
        assert campaign is not None
        classes = [one.id for one in district.classes.values()]
        assert second_looks(session, campaign, classes) == 1, "the reminder says what the page shows"


def test_what_is_left_has_reasons_and_a_second_call_spares_those_who_are_coming(
    center: Center, database: Database, district: District
) -> None:
    by = actor(district, "clerk")
    children = [center.owing(name=f"李小{one}") for one in "甲乙丙丁"]
    with database.writing() as session:
        notices = {one.child_id: one for one in session.scalars(select(Notice))}
        for child in children[:3]:
            mark_printed(session, by=by, now=MORNING, notices=[notices[child.id]])
            hand_out(session, by=by, now=MORNING, notice=notices[child.id])
        item = center.item(session, children[0])
        refused = session.merge(children[0])
        say_why_not(session, by=center.by, now=MORNING, child=refused, items=[item], because=WhyNot.REFUSED)
    center.book(children[1], day=dt.date(2026, 10, 20))
    with database.reading() as session:
        today = dt.date(2026, 9, 20)
        left = {one.child.id: one.reasons for one in queries.what_is_left(session, by, today)}
        assert [left[child.id] for child in children] == [["refused"], ["booked"], ["to_come"], ["to_come"]]
        # The first has a reason, the second an appointment, the fourth never got a paper.
        called = queries.need_second_call(session, by, today)
        assert [one.child_id for one in called] == [children[2].id]
        assert queries.need_second_call(session, by, TODAY + dt.timedelta(days=3)) == []


def test_a_missing_booklet_is_a_reason_of_its_own(center: Center, database: Database, district: District) -> None:
    child = center.owing()
    with database.writing() as session:
        notice = session.scalars(select(Notice)).one()
        notice.parts = ["certificate", *notice.parts]
        session.flush()
        (left,) = queries.what_is_left(session, actor(district, "clerk"), TODAY)
        assert (left.child.id, left.reasons) == (child.id, ["to_come", "certificate"])
