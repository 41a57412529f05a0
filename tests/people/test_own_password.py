"""Choosing one's own password: when one must, what is refused, and what happens to open sessions."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import Database
from app.people.models import User
from tests.district import PASSWORD, District

NEW = "seven-stones-in-the-river"


@pytest.fixture(autouse=True)
def _clerk_is_in(client: FlaskClient, district: District, sign_in) -> None:
    sign_in(client, district.users["clerk"])


def change(client: FlaskClient, old: str = PASSWORD, new: str = NEW, again: str | None = None):
    return client.post("/password", data={"old": old, "new": new, "again": new if again is None else again})


def test_the_new_password_works_and_the_old_one_no_longer(client: FlaskClient, app: Flask) -> None:
    assert change(client).status_code == 303
    other = app.test_client()
    assert other.post("/sign-in", data={"name": "clerk", "password": PASSWORD}).status_code == 401
    assert other.post("/sign-in", data={"name": "clerk", "password": NEW}).status_code == 303


def test_this_browser_stays_in_and_every_other_one_is_out(client: FlaskClient, app: Flask, district, sign_in) -> None:
    other = app.test_client()
    sign_in(other, district.users["clerk"])
    before = client.get_cookie("chayan_session").value
    change(client)
    assert client.get("/password").status_code == 200
    assert client.get_cookie("chayan_session").value != before
    assert other.get("/password").status_code == 303


@pytest.mark.parametrize(
    ("new", "again", "says"),
    [
        ("short-one", None, "新密码只有 9 个字"),
        ("密码密码密码密码密", None, "新密码只有 9 个字"),
        ("", None, "请填新密码。"),
        (NEW, "something else", "两遍新密码不一样"),
        (PASSWORD, None, "新密码和现在的一样"),
        ("1234567890", None, "这个密码太常见"),
        ("Password123", None, "这个密码太常见"),
        ("aaaaaaaaaaaa", None, "这个密码太常见"),
        ("1212121212", None, "这个密码太常见"),
        ("clerk123456", None, "这个密码太常见"),
        ("x" * 201, None, "新密码太长"),
    ],
)
def test_what_is_refused_and_why(client: FlaskClient, new: str, again: str | None, says: str) -> None:
    answer = change(client, new=new, again=again)
    assert answer.status_code == 422
    assert says in answer.text
    assert client.get("/password").status_code == 200


@pytest.mark.parametrize("new", ["青山绿水一二三四五六", "correct horse battery", "Nk7-tree-9z"])
def test_what_is_taken(client: FlaskClient, new: str) -> None:
    assert change(client, new=new).status_code == 303


def test_the_wrong_old_password_changes_nothing_and_counts(client: FlaskClient, database: Database, district) -> None:
    answer = change(client, old="guessing")
    assert answer.status_code == 422
    assert "密码不对。再错 4 次，账号会锁 15 分钟。" in answer.text
    with database.reading() as session:
        assert session.get_one(User, district.users["clerk"].id).password_hash == district.users["clerk"].password_hash


def test_guessing_the_old_password_at_an_unlocked_desk_is_slowed_down(client: FlaskClient) -> None:
    for _ in range(3):
        change(client, old="guessing")
    assert "请过 2 秒再试" in change(client).text


def test_no_password_ever_comes_back(client: FlaskClient) -> None:
    answer = change(client, old="old-secret-text", new="new-secret-text", again="not the same")
    assert "secret-text" not in answer.text


def test_with_a_one_time_password_nothing_else_opens(client: FlaskClient, database: Database, district) -> None:
    with database.writing() as session:
        session.get_one(User, district.users["clerk"].id).must_change_password = True
    for page in ("/", "/organisations", "/users"):
        assert client.get(page).location == "/password"
    assert "一次性密码" in client.get("/password").text
    assert client.post("/sign-out").location == "/sign-in"


def test_afterwards_everything_opens_again(client: FlaskClient, database: Database, district) -> None:
    with database.writing() as session:
        session.get_one(User, district.users["clerk"].id).must_change_password = True
    change(client)
    assert client.get("/").location != "/password"
