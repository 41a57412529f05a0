"""The pages that find children: nothing typed stands in an address, every list that is shown leaves a line."""

import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.children import actions
from app.children.actions import Facts
from app.children.kinds import EnrolmentSource, Sex
from app.children.models import Child
from app.database import Database
from tests.actors import actor
from tests.children.conftest import BORN, NUMBER, Browser
from tests.district import FIRST_DAY, MOMENT, District
from tests.privacy.people import enter, named, numbered


@pytest.fixture
def class_of_four(database: Database, district: District, kid: Child) -> District:
    """Twins, and two of one name, beside 林知夏; one more of that name at the far school."""
    with database.writing() as session:
        for name, born in (("周子墨", "2020-01-11"), ("周子轩", "2020-01-11"), ("李明", "2020-05-19")):
            enter(session, district.classes["near_1"], named(name), born=born)
        enter(session, district.classes["near_1"], numbered("李明", "110101202003059888"), born="2020-06-19")
        enter(session, district.classes["far_1"], named("李明"), born="2020-06-20")
    return district


def ask(client: FlaskClient, text: str, **more: str):
    return client.post("/children", data={"q": text, **more})


def lists_read(database: Database) -> list[dict[str, object]]:
    with database.reading() as session:
        rows = session.scalars(select(AuditEvent).where(AuditEvent.action == "read.list").order_by(AuditEvent.position))
        return [{"subject": row.subject_kind, "id": row.subject_id, **json.loads(row.detail)} for row in rows]


def test_the_search_is_sent_in_a_body_never_in_an_address(clerk: FlaskClient, class_of_four: District) -> None:
    page = clerk.get("/children").text
    assert 'method="post" action="/children"' in page
    assert "q=" not in ask(clerk, "李明").text
    assert "林知夏" not in clerk.get("/children?q=林知夏").text


@pytest.mark.parametrize("typed", [NUMBER, "1101 0120 2003 0512 45", "林知夏", "林知夏 20200305", "13900134321"])
def test_the_one_child_that_was_meant_is_opened_at_once(clerk: FlaskClient, kid: Child, typed: str) -> None:
    answer = ask(clerk, typed)
    assert (answer.status_code, answer.location) == (303, f"/children/{kid.id}")


def test_what_only_resembles_is_shown_first(
    clerk: FlaskClient, kid: Child, database: Database, district: District
) -> None:
    answer = ask(clerk, "lzx")
    assert answer.status_code == 200
    assert "林知夏" in answer.text
    assert "拼音" in answer.text
    near = district.places["near"].id
    assert lists_read(database) == [{"subject": "search", "id": near, "children": [kid.id]}]


def test_twins_and_namesakes_are_told_apart(clerk: FlaskClient, class_of_four: District) -> None:
    twins = ask(clerk, "周子").text
    assert twins.count("2020-01-11") == 2
    namesakes = ask(clerk, "李明").text
    assert namesakes.count("同名") == 2
    assert "2020-05-19" in namesakes
    assert "2020-06-19" in namesakes
    assert "尾号 9888" in namesakes
    assert "2020-06-20" not in namesakes  # the far school's


def test_nothing_found_says_what_to_try(clerk: FlaskClient, kid: Child, database: Database) -> None:
    page = ask(clerk, "查无此人").text
    assert "没有找到" in page
    assert "拼音首字母" in page
    assert 'value="查无此人"' in page
    assert lists_read(database) == []


def test_a_number_of_another_school_is_nobodys(browser: Browser, kid: Child) -> None:
    for who in ("far_clerk", "foreign_clerk"):
        page = ask(browser(who), NUMBER)
        assert page.status_code == 200
        assert "没有找到" in page.text


def test_a_nurse_names_a_school_to_search_by_name(
    browser: Browser, class_of_four: District, kid: Child, database: Database
) -> None:
    with database.writing() as session:
        home = session.merge(class_of_four.children["foreign_1"])
        home.home_health_center_id = class_of_four.places["near_center"].id
    nurse = browser("nurse")
    page = nurse.get("/children").text
    near, foreign = class_of_four.places["near"], class_of_four.places["foreign"]
    assert near.name in page
    assert foreign.name in page
    assert class_of_four.places["far"].name not in page
    assert "先选一所学校" in ask(nurse, "林知夏").text
    assert ask(nurse, "林知夏", school=str(near.id)).location == f"/children/{kid.id}"
    assert "没有找到" in ask(nurse, "林知夏", school=str(foreign.id)).text
    assert ask(nurse, NUMBER).location == f"/children/{kid.id}"
    far = class_of_four.places["far"].id
    assert "李明" not in ask(nurse, "liming", school=str(far)).text


def test_the_cdc_looks_for_one_child_at_a_time(browser: Browser, kid: Child, district: District) -> None:
    doctor = browser("cdc_doctor")
    page = doctor.get("/children").text
    assert "/classes/" not in page
    assert doctor.get(f"/classes/{district.classes['near_1'].id}").status_code == 403
    assert ask(doctor, NUMBER).location == f"/children/{kid.id}"


def test_a_class_in_order_of_name_with_what_is_known(
    clerk: FlaskClient, class_of_four: District, kid: Child, database: Database
) -> None:
    clerk.post(f"/children/{kid.id}/certificate", data={"state": "present", "kind": "booklet"})
    assert clerk.post(f"/children/{kid.id}/checks").status_code == 303
    number = class_of_four.classes["near_1"].id
    page = clerk.get(f"/classes/{number}").text
    places = [page.index(name) for name in ("李明", "林知夏", "周子墨", "周子轩")]
    assert places == sorted(places)
    assert "已见" in page
    assert "is-catch_up" in page
    assert "6 人 ＝ 未查验 5 ＋ 需补种 1" in " ".join(page.split())
    read = lists_read(database)[-1]
    assert (read["subject"], read["id"], len(read["children"])) == ("class", number, 6)


def test_a_class_shows_only_children_in_scope(browser: Browser, class_of_four: District, database: Database) -> None:
    """A child whose home is at another health center is not the school nurse's."""
    with database.writing() as session:
        away = enter(session, class_of_four.classes["near_1"], named("远去"), born="2020-02-02")
        away.home_health_center_id = class_of_four.places["far_center"].id
    number = class_of_four.classes["near_1"].id
    assert "远去" not in browser("nurse").get(f"/classes/{number}").text
    assert "远去" in browser("clerk").get(f"/classes/{number}").text


def test_a_child_registered_now_is_found_now(clerk: FlaskClient, district: District, database: Database) -> None:
    assert "没有找到" in ask(clerk, "新来").text
    with database.writing() as session:
        child = actions.add_child(
            session,
            by=actor(district, "clerk"),
            now=MOMENT,
            on=FIRST_DAY,
            school_class=district.classes["near_1"],
            source=EnrolmentSource.MIDYEAR,
            facts=Facts(Sex.FEMALE, BORN),
            identity=named("新来"),
        )
    assert ask(clerk, "新来").location == f"/children/{child.id}"


@pytest.mark.parametrize("address", ["edit", "doses", "certificate", "doubts/new", "exemptions/new"])
def test_every_page_of_a_child_leaves_a_line(
    clerk: FlaskClient, kid: Child, trail: Callable[[], list[str]], address: str
) -> None:
    assert "林知夏" in clerk.get(f"/children/{kid.id}/{address}").text
    assert trail()[-1] == "read.page"
