"""The desk: what was scanned is told apart, one key saves a check, a minute takes it back, nothing is doubled."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.checks.models import Check
from app.children.models import Certificate
from app.database import Database
from app.notices.models import Notice
from app.people.models import User
from tests.campaigns import EVERYTHING, child_with_doses
from tests.desk.conftest import Counted
from tests.district import District

SignIn = Callable[[FlaskClient, User], None]


def test_without_a_class_the_desk_asks_for_one(client: FlaskClient, district: District, sign_in: SignIn) -> None:
    sign_in(client, district.users["clerk"])
    assert client.get("/desk").location == "/desk/classes"


def test_a_foreign_class_is_not_there(client: FlaskClient, district: District, sign_in: SignIn) -> None:
    sign_in(client, district.users["clerk"])
    assert client.post("/desk/classes", data={"class_id": district.classes["foreign_1"].id}).status_code == 404


@pytest.mark.parametrize("typed", ["李小欠", "lxq", "ＬＸＱ"])
def test_a_child_by_name_or_initials(clerk: FlaskClient, children: dict[str, int], typed: str) -> None:
    answer = clerk.post("/desk/find", data={"code": typed})
    assert answer.location == f"/desk/children/{children['欠甲肝']}"


def test_several_who_fit_are_asked_about(clerk: FlaskClient, database: Database, district: District) -> None:
    with database.writing() as session:
        for name in ("周晓彤", "周晓桐"):
            child_with_doses(session, district, EVERYTHING, name=name, clinic=None)
    page = clerk.post("/desk/find", data={"code": "zxt"}).text
    assert "是哪一位" in page
    assert page.count("/desk/children/") == 2
    assert "2020-03-12" in page


def test_an_unknown_code_is_shown_and_saves_nothing(
    clerk: FlaskClient, children: dict[str, int], counted: Counted
) -> None:
    page = clerk.post("/desk/find", data={"code": "6901028075831"})
    assert "6901028075831" in page.text
    assert "不认识这个码" in page.text
    assert counted(Check) == 0


def test_markup_in_a_code_is_only_text(clerk: FlaskClient, children: dict[str, int]) -> None:
    page = clerk.post("/desk/find", data={"code": "<script>alert(1)</script>"})
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


@pytest.mark.parametrize(
    ("who", "answer", "result"),
    [
        ("齐全", "complete", "complete"),
        ("齐全", "none", "complete"),
        ("齐全", "catch_up", "review"),
        ("欠甲肝", "catch_up", "catch_up"),
        ("欠甲肝", "complete", "review"),
        ("齐全", "absent", "no_certificate"),
    ],
)
def test_one_key_records_the_clinic_s_word_and_saves(
    clerk: FlaskClient, database: Database, children: dict[str, int], who: str, answer: str, result: str
) -> None:
    clerk.post(f"/desk/children/{children[who]}", data={"answer": answer})
    with database.reading() as session:
        check = session.scalars(select(Check)).one()
        certificate = session.scalars(select(Certificate)).one()
        notices = session.scalars(select(Notice)).all()
    assert check.result == result
    assert (certificate.clinic_result is None) == (answer == "absent")
    assert len(notices) == (0 if result == "complete" else 1)


def test_the_same_key_twice_saves_once(clerk: FlaskClient, children: dict[str, int], counted: Counted) -> None:
    for _ in range(2):
        clerk.post(f"/desk/children/{children['齐全']}", data={"answer": "complete"})
    assert counted(Check) == 1


def test_no_answer_is_asked_for_again(clerk: FlaskClient, children: dict[str, int], counted: Counted) -> None:
    page = clerk.post(f"/desk/children/{children['齐全']}", data={"answer": "maybe"})
    assert page.status_code == 422
    assert counted(Check) == counted(Certificate) == 0


def test_two_desks_at_one_booklet(clerk: FlaskClient, database: Database, children: dict[str, int]) -> None:
    """Both had the child open; the second answers differently and is told to look again."""
    path = f"/desk/children/{children['欠甲肝']}"
    clerk.post(path, data={"answer": "catch_up", "instead_of": ""})
    second = clerk.post(path, data={"answer": "complete", "instead_of": ""}, follow_redirects=True)
    assert "已查过，保存为“需补种”。这次没有改动任何内容。" in second.text
    assert "1 号台" in second.text
    with database.reading() as session:
        assert session.scalars(select(Check)).one().result == "catch_up"


def test_the_result_says_what_and_why_and_can_be_undone(
    clerk: FlaskClient, database: Database, children: dict[str, int]
) -> None:
    page = clerk.post(f"/desk/children/{children['欠甲肝']}", data={"answer": "catch_up"}, follow_redirects=True).text
    for words in ("需补种", "甲肝减毒活疫苗", "第 1 剂", "已过月龄", "nip-2026 二·九(三)", "孩子可以照常上学"):
        assert words in page
    undo = re.search(r"/desk/checks/\d+/undo", page)
    assert undo
    after = clerk.post(undo.group(), follow_redirects=True).text
    assert "已撤销" in after
    assert "接种证最后的评估页" in after
    assert "还差 <b>4</b>" in re.sub(r"\s+", " ", after).replace("还差<b>", "还差 <b>")


def test_a_child_without_records_is_asked_about_first(clerk: FlaskClient, children: dict[str, int]) -> None:
    page = clerk.get(f"/desk/children/{children['没记录']}").text
    assert "还没有接种记录" in page
    assert "未接种" not in page


def test_another_school_s_child_is_not_there(clerk: FlaskClient, district: District) -> None:
    foreign = next(child for name, child in district.children.items() if "foreign" in name)
    assert clerk.get(f"/desk/children/{foreign.id}").status_code == 404
    assert clerk.post(f"/desk/children/{foreign.id}", data={"answer": "none"}).status_code == 404


def test_whoever_owes_is_given_a_paper_at_once(clerk: FlaskClient, children: dict[str, int]) -> None:
    owing = clerk.post(f"/desk/children/{children['欠甲肝']}", data={"answer": "catch_up"}, follow_redirects=True).text
    ready = clerk.post(f"/desk/children/{children['齐全']}", data={"answer": "complete"}, follow_redirects=True).text
    assert re.search(r'action="/notices/\d+/print" target="_blank"', owing)
    assert "/notices/" not in ready.partition("<main")[2]


def test_doses_typed_from_the_desk_lead_back_to_the_desk(clerk: FlaskClient, children: dict[str, int]) -> None:
    child = children["没记录"]
    (grid,) = re.findall(rf'href="(/desk/children/{child}/doses)" data-key', clerk.get(f"/desk/children/{child}").text)
    (sheet,) = re.findall(rf'href="(/children/{child}/doses[^"]*)"', clerk.get(grid).text)
    (form,) = re.findall(r'action="(/children/\d+/doses[^"]*)"', clerk.get(sheet).text)
    typed = {"vaccine-1": "BCG", "day-1": "20200312", "source": "booklet", "do": "save"}
    assert clerk.post(form, data=typed).location == f"/desk/children/{child}"
