"""Names go when a person says so: who is due, the certificate, and what stays, also in a sealed campaign."""

import datetime as dt

import pypdfium2
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.audit.verifying import verify
from app.campaigns.models import Campaign
from app.campaigns.sealing import seal
from app.checks.models import Check
from app.children.models import Child
from app.notices.models import Notice
from app.privacy.models import ChildIndex, ChildKey
from app.retention.actions import set_years
from app.retention.queries import due
from tests.actors import actor
from tests.conftest import SignIn
from tests.jobs.conftest import School
from tests.notices.september import DAY, at

SURE = {"reason": "asked_for", "sure": "1"}


def sealed(school: School, years: int = 3) -> None:
    with school.database.writing() as session:
        auditor = actor(school.district, "bureau_auditor")
        seal(session, by=auditor, now=at(DAY), campaign=session.scalars(select(Campaign)).one())
        set_years(session, by=auditor, now=at(DAY), years=years)


def first_child(school: School) -> int:
    with school.database.reading() as session:
        return session.scalars(select(Notice.child_id).order_by(Notice.id)).first() or 0


def due_on(school: School, day: dt.date) -> list[int]:
    with school.database.reading() as session:
        return [one.id for one in due(session, actor(school.district, "school_head"), day)]


def test_nobody_is_due_before_the_years_are_over(school: School) -> None:
    assert due_on(school, dt.date(2050, 1, 1)) == []
    sealed(school)
    assert due_on(school, DAY.replace(year=2029) - dt.timedelta(days=1)) == []
    assert first_child(school) in due_on(school, DAY.replace(year=2029))


def test_whoever_is_in_an_open_campaign_is_not_due(school: School) -> None:
    with school.database.writing() as session:
        set_years(session, by=actor(school.district, "bureau_auditor"), now=at(DAY), years=1)
    assert due_on(school, dt.date(2050, 1, 1)) == []


def test_erased_in_a_sealed_campaign_with_a_certificate_that_names_nobody(
    school: School, client: FlaskClient, sign_in: SignIn
) -> None:
    sealed(school)
    child_id = first_child(school)
    clock.fix(at(DAY.replace(year=2029)))
    sign_in(client, school.district.users["school_head"])
    assert "田一" in client.get("/retention").text
    before = counted(school)
    answer = client.post(f"/retention/children/{child_id}", data=SURE, follow_redirects=True)
    assert "已删除 1 人" in answer.text
    assert counted(school) == before
    with school.database.reading() as session:
        child, key = session.get_one(Child, child_id), session.get_one(ChildKey, child_id)
        assert (child.identity_sealed, key.wrapped) == (None, None)
        assert session.scalar(select(func.count()).where(ChildIndex.child_id == child_id)) == 0
        assert verify(session) == []
    pdf = client.post("/retention/erasures/1/print").data
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert "田一" not in text
    assert "已销毁" in text
    assert client.get(f"/retention/children/{child_id}").status_code == 404


def test_the_time_is_over_only_where_it_is(school: School, client: FlaskClient, sign_in: SignIn) -> None:
    """The certificate says why, and must not say what is not so."""
    over = {"reason": "time_is_over", "sure": "1"}
    child_id = first_child(school)
    sign_in(client, school.district.users["school_head"])
    assert "time_is_over" not in client.get(f"/retention/children/{child_id}").text
    assert "还没有删" in client.post(f"/retention/children/{child_id}", data=over, follow_redirects=True).text
    sealed(school)
    clock.fix(at(DAY.replace(year=2029)))
    sign_in(client, school.district.users["school_head"])
    assert "time_is_over" in client.get(f"/retention/children/{child_id}").text
    assert "已删除 1 人" in client.post(f"/retention/children/{child_id}", data=over, follow_redirects=True).text


def test_without_a_reason_and_a_tick_nothing_is_erased(school: School, client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, school.district.users["school_head"])
    child_id = first_child(school)
    for data in ({}, {"reason": "asked_for"}, {"sure": "1"}, {"reason": "spite", "sure": "1"}):
        assert "还没有删" in client.post(f"/retention/children/{child_id}", data=data, follow_redirects=True).text
    with school.database.reading() as session:
        assert session.get_one(Child, child_id).erased_at is None


def test_the_bureau_sets_the_years_and_sees_nobody(school: School, client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, school.district.users["bureau_auditor"])
    for wrong in ("0", "31", "x", ""):
        assert "填 1 到 30 年" in client.post("/retention/years", data={"years": wrong}, follow_redirects=True).text
    assert "已设为 6 年" in client.post("/retention/years", data={"years": "6"}, follow_redirects=True).text
    assert "田一" not in client.get("/retention").text


def counted(school: School) -> list[int | None]:
    with school.database.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in (Check, Notice, Child)]
