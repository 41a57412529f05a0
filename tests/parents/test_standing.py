"""What a family is told of a notice that was replaced, withdrawn, done or never had a sheet."""

import datetime as dt

import pytest
from flask.testing import FlaskClient

from app import clock
from app.children.kinds import CertificateState, EnrolmentState
from app.children.models import Child, Enrolment
from app.database import Database
from app.notices.actions import withdraw_of
from app.notices.models import Notice
from app.notices.settling import settle_items
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, Desk, at, without
from tests.parents.conftest import DIGITS, Family, MakeFamily


def page_of(client: FlaskClient, code: str) -> str:
    assert client.post("/p", data={"code": code, "digits": DIGITS}).status_code == 303
    return client.get("/parents").get_data(as_text=True)


def desk_of(session, district: District) -> Desk:
    return Desk(session, actor(district, "clerk"))


def test_a_replaced_notice_leads_on_to_the_live_one(
    client: FlaskClient, database: Database, district: District, family: Family
) -> None:
    with database.writing() as session:
        desk = desk_of(session, district)
        child = session.get_one(Child, family.child_id)
        desk.doses(child, (("MMR", "2026-09-11"),))
        new = desk.notice(child, DAY.replace(day=20))
        assert new is not None
        number = new.number
    clock.fix(at(DAY.replace(day=20)))
    page = page_of(client, family.code)
    assert "已经换成新的" in page
    assert f"-{number:04}" in page
    assert "还有 1 剂疫苗要补" in page
    assert "百白破" in page
    assert new.code not in page


def test_a_replaced_code_still_asks_for_the_digits(
    client: FlaskClient, database: Database, district: District, family: Family
) -> None:
    with database.writing() as session:
        desk = desk_of(session, district)
        child = session.get_one(Child, family.child_id)
        desk.doses(child, (("MMR", "2026-09-11"),))
        desk.notice(child, DAY.replace(day=20))
    answer = client.post("/p", data={"code": family.code, "digits": "9999"})
    assert answer.status_code == 401
    assert "换成新的" not in answer.get_data(as_text=True)


def test_who_left_finds_a_void_notice_and_nothing_else(
    client: FlaskClient, database: Database, district: District, family: Family
) -> None:
    with database.writing() as session:
        enrolment = session.get_one(Enrolment, session.get_one(Notice, family.notice_id).enrolment_id)
        withdraw_of(session, by=actor(district, "clerk"), now=clock.now(), enrolment=enrolment)
        enrolment.state, enrolment.to_day = EnrolmentState.LEFT, DAY
    page = page_of(client, family.code)
    assert "这张通知已经作废" in page
    for secret in ("白露", "近水", "疫苗", "一（1）班"):
        assert secret not in page
    assert client.post("/parents/sheet").location == "/p?over=1"


def test_given_and_waiting_for_the_second_look(
    client: FlaskClient, database: Database, district: District, family: Family
) -> None:
    clock.fix(at(DAY.replace(day=12)))
    with database.writing() as session:
        desk = desk_of(session, district)
        child = session.get_one(Child, family.child_id)
        desk.doses(child, (("MMR", "2026-09-11"),))
        settle_items(session, by=desk.by, now=clock.now(), child=child)
    page = page_of(client, family.code)
    assert "2026-09-11 种了" in page
    assert "已种 1 剂，还有 1 剂" in page
    with database.writing() as session:
        desk = desk_of(session, district)
        desk.doses(session.get_one(Child, family.child_id), (("DTaP", "2026-09-11"),))
        settle_items(session, by=desk.by, now=clock.now(), child=session.get_one(Child, family.child_id))
    page = client.get("/parents").get_data(as_text=True)
    assert "要补的都有着落了，学校还会再看一次" in page
    assert "2026-12-31 前" in page


def test_caught_up_and_looked_at_again(
    client: FlaskClient, database: Database, district: District, family: Family
) -> None:
    with database.writing() as session:
        desk = desk_of(session, district)
        child = session.get_one(Child, family.child_id)
        desk.doses(child, (("MMR", "2026-09-11"), ("DTaP", "2026-09-11")))
        settle_items(session, by=desk.by, now=at(DAY.replace(day=12)), child=child)
        assert desk.notice(child, DAY.replace(day=20)) is None
    clock.fix(at(DAY.replace(day=21)))
    page = page_of(client, family.code)
    assert "白露该种的都办好了" in page
    assert "学校又看过，没有要办的了" in page
    assert "2026-09-20" in page
    assert "2026-09-11 种了" in page
    assert "去哪里" not in page


def test_a_missing_certificate(client: FlaskClient, database: Database, district: District, make_family) -> None:
    with database.writing() as session:
        desk = desk_of(session, district)
        child = desk.enrol(district.classes["near_1"], "安然")
        desk.certificate(child, CertificateState.ABSENT)
        notice = desk.notice(child)
        assert notice is not None
        code = notice.code
    page = page_of(client, code)
    assert "学校还没有看到接种证" in page
    assert "孩子可以照常上学" in page


def test_what_is_to_be_verified_is_never_called_owed(client: FlaskClient, make_family: MakeFamily) -> None:
    family = make_family("程程", doses=(*without(("MMR", 2)), ("MMR", "2020-12-01")))
    page = page_of(client, family.code)
    assert "的接种记录要请接种单位核实" in page
    assert "请接种单位核实" in page
    assert "剂疫苗要补" not in page


def test_in_english(client: FlaskClient, family: Family) -> None:
    page_of(client, family.code)
    answer = client.get("/language/en?next=/parents")
    assert answer.location == "/parents"
    page = client.get("/parents").get_data(as_text=True)
    assert '<html lang="en">' in page
    assert "白露" in page
    assert "接种日" not in page
    sheet = client.post("/parents/sheet")
    from tests.notices.test_pages import text_of

    assert "接种记录核实单" in text_of(sheet.data)[0]  # papers speak Chinese


@pytest.mark.parametrize("day", [dt.date(2027, 3, 1), dt.date(2027, 11, 20)])
def test_months_later_the_plan_begins_then(client: FlaskClient, family: Family, day: dt.date) -> None:
    clock.fix(at(day))
    page = page_of(client, family.code)
    assert "2026-09-1" not in page.partition("哪天去")[2].partition("到哪一步")[0]
