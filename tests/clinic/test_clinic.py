"""The nurse sees who is missing what, enters a dose by the notice's code, and the school's look turns green."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.checks.models import Check
from app.children.models import DoseRecord
from app.database import Database
from app.notices.models import ItemState, Notice, NoticeItem
from app.people.models import User
from tests.campaigns import child_with_doses, open_campaign, without
from tests.checking import MORNING, check
from tests.district import District

SignIn = Callable[[FlaskClient, User], None]


@pytest.fixture
def owing(database: Database, district: District) -> int:
    """A checked child who owes HepA and BCG is long over."""
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, without("HepA-L"), name="李小欠")
        check(session, district, child)
        return child.id


@pytest.fixture
def nurse(client: FlaskClient, district: District, sign_in: SignIn) -> FlaskClient:
    sign_in(client, district.users["nurse"])
    return client


def open_item(database: Database) -> NoticeItem:
    with database.reading() as session:
        return session.scalars(select(NoticeItem).where(NoticeItem.state == ItemState.OPEN)).one()


def test_the_list_names_child_dose_and_what_to_order(nurse: FlaskClient, owing: int) -> None:
    page = nurse.get("/clinic").text
    for words in ("李小欠", "甲肝 1", "甲肝减毒活疫苗", "1 剂"):
        assert words in page


def test_another_center_s_nurse_sees_nobody(
    client: FlaskClient, district: District, sign_in: SignIn, owing: int
) -> None:
    sign_in(client, district.users["far_nurse"])
    assert "李小欠" not in client.get("/clinic").text
    assert client.get(f"/clinic/children/{owing}").status_code == 404


def test_scanning_the_notice_opens_the_child(nurse: FlaskClient, database: Database, owing: int) -> None:
    with database.reading() as session:
        code = session.scalars(select(Notice.code)).one()
    assert nurse.post("/clinic/find", data={"code": code}).location == f"/clinic/children/{owing}"
    assert "没有找到" in nurse.post("/clinic/find", data={"code": "12345"}, follow_redirects=True).text


def test_a_dose_given_closes_its_item_and_the_second_look_is_green(
    app: Flask, nurse: FlaskClient, database: Database, district: District, sign_in: SignIn, owing: int
) -> None:
    item = open_item(database)
    nurse.post(f"/clinic/children/{owing}", data={"items": item.id, "lot": "TEST-01"})
    with database.reading() as session:
        dose = session.scalars(select(DoseRecord).where(DoseRecord.product == "HepA-L")).one()
        closed = session.get_one(NoticeItem, item.id)
        assert (dose.lot, dose.source, dose.unit) == ("TEST-01", "clinic", "近水卫生院")
        assert (closed.state, closed.dose_record_id) == (ItemState.GIVEN, dose.id)
    assert "都种了" in nurse.get("/clinic").text
    desk = app.test_client()
    sign_in(desk, district.users["clerk"])
    page = desk.post(f"/desk/children/{owing}", data={"answer": "none", "instead_of": ""}, follow_redirects=True).text
    assert "已种齐" in page
    with database.reading() as session:
        assert [row.number for row in session.scalars(select(Check).order_by(Check.id))] == [1, 2]
        assert session.scalars(select(Notice.state)).one() == "withdrawn"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "还没有勾"),
        ({"items": "0"}, "还没有勾"),
        ({"day": "20261301"}, "没有"),
        ({"day": "20270101"}, "还没到"),
        ({"day": "20200311"}, "早于出生日期"),
        ({"day": "<b>"}, "认不出"),
        ({"lot": "x" * 41}, "批号太长"),
    ],
)
def test_bad_input_keeps_nothing_and_says_why(
    nurse: FlaskClient, database: Database, owing: int, data: dict[str, str], words: str
) -> None:
    if data and "items" not in data:
        data = {"items": str(open_item(database).id), **data}
    with database.reading() as session:
        before = session.scalar(select(func.count()).select_from(DoseRecord))
    page = nurse.post(f"/clinic/children/{owing}", data=data)
    assert page.status_code == 422
    assert words in page.text
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(DoseRecord)) == before
