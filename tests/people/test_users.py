"""The administrator's pages: whom one may add, switch off and help, and what is shown once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.database import Database
from app.people.models import User
from tests.district import PASSWORD, District

ONE_TIME = re.compile(r"\b[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}\b")


@pytest.fixture(autouse=True)
def _administrator_is_in(client: FlaskClient, district: District, sign_in) -> None:
    sign_in(client, district.users["administrator"])


def add(client: FlaskClient, district: District, place: str = "near", **fields: object):
    form = {"sign_in_name": "lin.xh", "shown_name": "林小河", "role": "clerk", "class_id": "", **fields}
    return client.post(f"/organisations/{district.places[place].id}/users/new", data=form)


def user_named(database: Database, name: str) -> User | None:
    with database.reading() as session:
        return session.scalar(select(User).where(User.sign_in_name == name))


def actions_recorded(database: Database) -> list[tuple[str, int | None, int | None]]:
    with database.reading() as session:
        rows = session.execute(select(AuditEvent.action, AuditEvent.subject_id, AuditEvent.user_id))
        return [tuple(row) for row in rows]


def test_a_new_user_signs_in_once_with_what_is_shown_once(
    client: FlaskClient, app: Flask, database: Database, district: District
) -> None:
    page = add(client, district)
    one_time = ONE_TIME.search(page.text).group()
    added = user_named(database, "lin.xh")
    assert one_time not in client.get(f"/users/{added.id}").text
    newcomer = app.test_client()
    assert newcomer.post("/sign-in", data={"name": "Lin.XH", "password": one_time}).status_code == 303
    assert newcomer.get("/").location == "/password"
    assert ("user.added", added.id, district.users["administrator"].id) in actions_recorded(database)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"sign_in_name": ""}, "请填工号。"),
        ({"sign_in_name": "林 小河"}, "工号只用字母、数字、点和横线。"),
        ({"sign_in_name": "a" * 61}, "工号太长"),
        ({"sign_in_name": "CLERK"}, "这个工号已经有人用了"),
        ({"shown_name": "  "}, "请填姓名。"),
        ({"role": "nurse"}, "这个单位没有这项工作"),
        ({"role": "made-up"}, "这个单位没有这项工作"),
        ({"role": "school_head", "class_id": "near_1"}, "只有查验员能限定一个班"),
        ({"class_id": "far_1"}, "这个单位没有这个班"),
        ({"class_id": "x"}, "这个单位没有这个班"),
    ],
)
def test_what_cannot_be_added_says_why_and_keeps_what_was_typed(
    client: FlaskClient, database: Database, district: District, fields: dict, says: str
) -> None:
    if fields.get("class_id") in district.classes:
        fields = {**fields, "class_id": str(district.classes[fields["class_id"]].id)}
    answer = add(client, district, **{"shown_name": "林小河", **fields})
    assert answer.status_code == 422
    assert says in answer.text
    assert fields.get("shown_name", "林小河") in answer.text
    assert user_named(database, "lin.xh") is None


def test_a_name_with_markup_is_shown_as_text(client: FlaskClient, district: District) -> None:
    page = add(client, district, shown_name="<b>林</b> 䶮")
    assert "&lt;b&gt;林&lt;/b&gt; 䶮" in page.text
    assert "<b>林" not in page.text


def test_a_clerk_of_one_class(client: FlaskClient, database: Database, district: District) -> None:
    add(client, district, class_id=str(district.classes["near_1"].id))
    assert user_named(database, "lin.xh").class_id == district.classes["near_1"].id


def test_switching_off_and_on(client: FlaskClient, app: Flask, database: Database, district: District) -> None:
    clerk = district.users["clerk"].id
    client.post(f"/users/{clerk}/switch-off")
    assert "已停用" in client.get(f"/users/{clerk}").text
    door = app.test_client()
    assert door.post("/sign-in", data={"name": "clerk", "password": PASSWORD}).status_code == 401
    client.post(f"/users/{clerk}/switch-on")
    assert door.post("/sign-in", data={"name": "clerk", "password": PASSWORD}).status_code == 303
    assert [action for action, subject, _ in actions_recorded(database) if subject == clerk] == [
        "user.switched_off",
        "user.switched_on",
        "user.signed_in",
    ]


def test_nobody_switches_off_the_own_account(client: FlaskClient, database: Database, district: District) -> None:
    me = district.users["administrator"].id
    assert client.post(f"/users/{me}/switch-off").status_code == 400
    assert user_named(database, "administrator").active


def test_nobody_resets_the_own_password_without_the_old_one(client: FlaskClient, database: Database, district) -> None:
    me = district.users["administrator"]
    assert client.post(f"/users/{me.id}/new-password").status_code == 400
    assert user_named(database, "administrator").password_hash == me.password_hash


def test_a_forgotten_password(client: FlaskClient, app: Flask, database: Database, district: District) -> None:
    door = app.test_client()
    for _ in range(3):
        door.post("/sign-in", data={"name": "clerk", "password": "forgotten"})
    assert door.post("/sign-in", data={"name": "clerk", "password": PASSWORD}).status_code == 429
    page = client.post(f"/users/{district.users['clerk'].id}/new-password")
    one_time = ONE_TIME.search(page.text).group()
    assert door.post("/sign-in", data={"name": "clerk", "password": one_time}).status_code == 303
    assert door.get("/").location == "/password"


def test_two_one_time_passwords_differ(client: FlaskClient, district: District) -> None:
    pages = [client.post(f"/users/{district.users['clerk'].id}/new-password").text for _ in range(2)]
    first, second = (ONE_TIME.search(page).group() for page in pages)
    assert first != second


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", 7),
        ("CLERK", 3),
        ("远山", 1),
        ("%", 0),
        ("_clerk", 2),
        ("foreign", 0),
        ("nurse", 0),
    ],
)
def test_looking_for_users_inside_the_own_subtree(client: FlaskClient, typed: str, found: int) -> None:
    page = client.get("/users", query_string={"q": typed}).text
    assert page.count('href="/users/') == found


def test_no_page_of_users_says_anything_of_password_hashes(client: FlaskClient, district: District) -> None:
    clerk = district.users["clerk"]
    for page in ("/users", f"/users/{clerk.id}", f"/organisations/{clerk.organisation_id}"):
        assert "argon2" not in client.get(page).text
