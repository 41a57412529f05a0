"""A form is taken only with its token; one that comes with an old token is given back, never lost."""

import re
from html import unescape

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app.people.access import admit
from app.people.roles import Role
from tests.district import PASSWORD, District

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _tokens_are_asked_for(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def written(app: Flask, client: FlaskClient, district: District, sign_in) -> list[dict]:
    """What a saving page was given, of a signed-in clerk."""
    saved: list[dict] = []

    def save() -> str:
        saved.append(request.form.to_dict(flat=False))
        return "saved"

    app.add_url_rule("/save", "save", admit(Role.CLERK)(save), methods=["POST"])
    sign_in(client, district.users["clerk"])
    return saved


def token_in(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)


def test_without_a_token_nothing_is_done(client: FlaskClient, written: list) -> None:
    answer = client.post("/save", data={"dose": "20210312"})
    assert answer.status_code == 400
    assert "这一页放得太久" in answer.text
    assert written == []


def test_with_its_token_it_is(client: FlaskClient, written: list) -> None:
    token = token_in(client.get("/password").text)
    assert client.post("/save", data={"dose": "20210312", "csrf_token": token}).text == "saved"


def test_another_browsers_token_is_worth_nothing(client: FlaskClient, app: Flask, written: list) -> None:
    foreign = token_in(app.test_client().get("/sign-in").text)
    client.get("/password")
    assert client.post("/save", data={"csrf_token": foreign}).status_code == 400
    assert written == []


def test_signing_in_makes_the_strangers_token_worthless(client: FlaskClient, district: District) -> None:
    token = token_in(client.get("/sign-in").text)
    client.post("/sign-in", data={"name": "clerk", "password": PASSWORD, "csrf_token": token})
    assert client.post("/sign-out", data={"csrf_token": token}).status_code == 400


@pytest.mark.parametrize("headers", [OURS, {"Origin": "http://localhost"}])
def test_a_form_of_ours_is_given_back_whole(client: FlaskClient, written: list, headers: dict) -> None:
    form = {"dose": ["20210312", "2021-05-01"], "name": '<b>"林" & 䶮</b>', "csrf_token": "old"}
    page = client.post("/save", data=form, headers=headers)
    assert page.status_code == 400
    assert written == []
    hidden = dict_of_hidden(page.text)
    assert client.post("/save", data=hidden).text == "saved"
    assert {name: values for name, values in written[0].items() if name != "csrf_token"} == {
        "dose": ["20210312", "2021-05-01"],
        "name": ['<b>"林" & 䶮</b>'],
    }


def dict_of_hidden(page: str) -> dict[str, list[str]]:
    main = page[page.index("<main") : page.index("</main>")]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', main):
        fields.setdefault(unescape(name), []).append(unescape(value))
    return fields


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "https://localhost"},
        {"Origin": "null"},
    ],
)
def test_a_foreign_form_is_not(client: FlaskClient, written: list, headers: dict) -> None:
    page = client.post("/save", data={"dose": "20210312"}, headers=headers)
    assert page.status_code == 400
    assert "20210312" not in page.text


def test_passwords_are_never_written_into_a_page(client: FlaskClient, written: list) -> None:
    for form in ({"name": "clerk", "password": "se-cret-text"}, {"old": "se-cret-text", "new": "se-cret-text"}):
        assert "se-cret-text" not in client.post("/sign-in", data=form, headers=OURS).text


def test_a_stranger_is_sent_to_sign_in_and_told_that_nothing_was_done(app: Flask, written: list) -> None:
    answer = app.test_client().post("/save", data={"dose": "20210312"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "刚才那一步没有保存" in answer.text
    assert written == []
