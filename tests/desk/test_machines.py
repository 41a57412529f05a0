"""Which desk a machine is: kept over sign-outs and restarts, never believed blindly; desks see each other."""

import datetime as dt

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock, create_app
from app.checks.models import Check
from app.config import Settings
from app.database import Database
from app.desk.models import Desk
from tests.checking import MORNING
from tests.desk.conftest import Browser, Counted, SignIn
from tests.district import District


def cookie_of(client: FlaskClient) -> str:
    found = client.get_cookie("chayan_desk")
    assert found is not None
    return found.value


def test_the_class_survives_signing_out_and_a_new_server(
    clerk: FlaskClient, children: dict[str, int], settings: Settings, district: District, sign_in: SignIn
) -> None:
    kept = cookie_of(clerk)
    again = create_app(settings).test_client()
    sign_in(again, district.users["school_head"])
    again.set_cookie("chayan_desk", kept)
    page = again.get("/desk").text
    assert district.classes["near_1"].name in page
    assert "1 号台" in page


def test_machines_are_numbered_as_they_come(browser: Browser, children: dict[str, int], database: Database) -> None:
    for _ in range(3):
        browser()
    with database.reading() as session:
        assert sorted(session.scalars(select(Desk.number))) == [1, 2, 3]


@pytest.mark.parametrize("forged", ["", "x", "WzEsMV0.forged", "[1,1]"])
def test_a_cookie_that_we_did_not_sign_is_nothing(clerk: FlaskClient, children: dict[str, int], forged: str) -> None:
    clerk.set_cookie("chayan_desk", forged)
    assert clerk.get("/desk").location == "/desk/classes"


def test_a_machine_moved_to_another_school_is_a_new_desk_there(
    clerk: FlaskClient, children: dict[str, int], sign_in: SignIn, district: District, database: Database
) -> None:
    sign_in(clerk, district.users["foreign_clerk"])
    assert clerk.get("/desk").location == "/desk/classes"
    clerk.post("/desk/classes", data={"class_id": district.classes["foreign_1"].id})
    with database.reading() as session:
        places = {desk.school_id: desk.number for desk in session.scalars(select(Desk))}
    assert places == {district.places["near"].id: 1, district.places["foreign"].id: 1}


def test_the_number_on_the_sign_can_be_given(browser: Browser, children: dict[str, int], database: Database) -> None:
    first, second = browser(), browser()
    assert "这台电脑现在是 7 号台" in first.post("/desk/number", data={"number": "7"}, follow_redirects=True).text
    assert "今天有别的电脑在用" in second.post("/desk/number", data={"number": "7"}, follow_redirects=True).text
    clock.fix(MORNING + dt.timedelta(days=200))
    second = browser()
    assert "这台电脑现在是 7 号台" in second.post("/desk/number", data={"number": "7"}, follow_redirects=True).text
    with database.reading() as session:
        numbers = list(session.scalars(select(Desk.number)))
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("number", ["0", "1000", "-1", "x", ""])
def test_a_number_that_is_none_is_refused(clerk: FlaskClient, children: dict[str, int], number: str) -> None:
    assert "1 到 999" in clerk.post("/desk/number", data={"number": number}, follow_redirects=True).text


def test_three_desks_see_each_other_s_progress(browser: Browser, children: dict[str, int], counted: Counted) -> None:
    desks = [browser(), browser("school_head"), browser()]
    before = desks[2].get("/desk/progress")
    mark = {"If-None-Match": before.headers["ETag"]}
    assert "3 台同步" in before.text
    assert desks[2].get("/desk/progress", headers=mark).status_code == 304
    desks[0].post(f"/desk/children/{children['齐全']}", data={"answer": "complete"})
    after = desks[2].get("/desk/progress", headers=mark)
    assert after.status_code == 200
    assert "还差 3 人" in after.text
    for desk in desks:
        desk.post(f"/desk/children/{children['齐全']}", data={"answer": "complete"})
    assert counted(Check) == 1


def test_a_desk_that_went_home_is_not_counted(browser: Browser, children: dict[str, int]) -> None:
    here, _gone = browser(), browser()
    clock.fix(MORNING + dt.timedelta(minutes=3))
    here.get("/desk/progress")
    assert "1 台同步" in here.get("/desk/progress").text
