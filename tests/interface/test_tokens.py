"""Who gets in with which token, and what the page of tokens shows."""

import datetime as dt
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.database import Database
from app.interface import pacing
from app.interface.models import ApiToken, Scope
from app.interface.tokens import digest
from app.people import passwords
from app.people.models import User
from tests.conftest import SignIn
from tests.district import District
from tests.interface.conftest import Programs

SHOWN = re.compile(r"chayan_[A-Za-z0-9_-]{43}")


def problem_of(answer) -> dict:
    assert answer.mimetype == "application/problem+json"
    assert answer.json.keys() == {"type", "title", "status", "code", "detail", "errors"}
    assert answer.json["status"] == answer.status_code
    return answer.json


def test_a_token_says_whose_it_is(program: Programs, district: District) -> None:
    answer = program("near", Scope.READ_RESULTS).get("/token")
    assert answer.status_code == 200
    assert answer.json["organisation_id"] == district.places["near"].id
    assert answer.json["scopes"] == ["read_results"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Bearer",
        "Bearer ",
        "Bearer chayan_" + "A" * 43,
        "Bearer " + "x" * 5000,
        "Basic Y2xlcms6cml2ZXI=",
        "Bearer chayan_名",
    ],
)
def test_without_a_good_token_nothing_opens(client: FlaskClient, autumn, header: str | None) -> None:
    headers = {"Authorization": header.encode().decode("latin-1")} if header else {}
    answer = client.get("/api/v1/token", headers=headers)
    assert answer.status_code == 401
    assert problem_of(answer)["code"] == "no_token"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_browser_s_cookie_opens_nothing(client: FlaskClient, autumn, district: District, sign_in) -> None:
    sign_in(client, district.users["school_head"])
    assert client.get("/api/v1/results").status_code == 401


def test_only_what_the_scope_says(program: Programs) -> None:
    answer = program("near", Scope.WRITE_ROSTER).get("/results")
    assert answer.status_code == 403
    assert problem_of(answer)["code"] == "wrong_scope"


def test_an_expired_token_opens_nothing(program: Programs) -> None:
    one = program(days=30)
    clock.fix(clock.now() + dt.timedelta(days=30) - dt.timedelta(seconds=1))
    assert one.get("/token").status_code == 200
    clock.fix(clock.now() + dt.timedelta(seconds=1))
    assert one.get("/token").status_code == 401


def test_a_token_whose_user_was_switched_off_opens_nothing(program: Programs, database: Database) -> None:
    one = program()
    with database.writing() as session:
        user_id = session.get_one(ApiToken, one.token_id).user_id
        session.get_one(User, user_id).active = False
    assert one.get("/token").status_code == 401


def test_the_last_use_is_noted(program: Programs, database: Database) -> None:
    one = program()
    one.get("/token")
    with database.reading() as session:
        assert session.get_one(ApiToken, one.token_id).last_used_at == clock.now()


def test_too_fast_is_said(program: Programs, app: Flask, client: FlaskClient) -> None:
    from limits import parse

    one = program()
    with app.app_context():
        pacing.pace().by_token, pacing.pace().by_address = parse("2/minute"), parse("2/minute")
    assert [one.get("/token").status_code for _ in range(3)] == [200, 200, 429]
    answer = one.get("/token")
    assert problem_of(answer)["code"] == "too_many"
    assert int(answer.headers["Retry-After"]) > 0
    assert [client.get("/api/v1/token").status_code for _ in range(3)] == [401, 401, 429]


def test_what_is_not_there_is_a_problem_too(program: Programs) -> None:
    assert problem_of(program().get("/nothing"))["code"] == "not_found"
    wrong = program().send("DELETE", "/token")
    assert problem_of(wrong)["code"] == "method_not_allowed"
    assert "GET" in wrong.headers["Allow"]


def test_the_head_makes_one_that_is_shown_once_and_takes_it_back(
    app: Flask, client: FlaskClient, autumn, database: Database, district: District, sign_in
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sign_in(client, district.users["school_head"])
    address = f"/organisations/{district.places['near'].id}/tokens"
    assert client.get(address).status_code == 200
    made = client.post(address, data={"label": "省平台", "scopes": ["read_results"], "days": "90"})
    assert made.status_code == 200
    sent = SHOWN.search(made.text).group()
    assert not SHOWN.search(client.get(address).text)
    with database.reading() as session:
        row = session.scalars(select(ApiToken)).one()
        assert row.token_digest == digest(sent)
        assert row.expires_at - row.made_at == dt.timedelta(days=90)
        assert sent not in str(session.execute(select(ApiToken.__table__)).all())
    bearer = {"Authorization": f"Bearer {sent}"}
    other = app.test_client()
    assert other.get("/api/v1/token", headers=bearer).status_code == 200
    assert client.post(f"/tokens/{row.id}/revoke").status_code == 303
    assert client.post(f"/tokens/{row.id}/revoke").status_code == 303
    assert other.get("/api/v1/token", headers=bearer).status_code == 401
    with database.reading() as session:
        told = session.scalars(select(AuditEvent.action).where(AuditEvent.action.like("token.%"))).all()
    assert told == ["token.made", "token.revoked"]


@pytest.mark.parametrize(
    "form",
    [
        {"label": "", "scopes": ["read_results"], "days": "90"},
        {"label": "省平台", "days": "90"},
        {"label": "省平台", "scopes": ["everything"], "days": "90"},
        {"label": "省平台", "scopes": ["read_results"], "days": "9999"},
        {"label": "省" * 41, "scopes": ["read_results"], "days": "90"},
    ],
)
def test_a_form_that_makes_no_sense_makes_nothing(
    app: Flask, client: FlaskClient, autumn, database: Database, district: District, sign_in, form
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sign_in(client, district.users["school_head"])
    assert client.post(f"/organisations/{district.places['near'].id}/tokens", data=form).status_code == 422
    with database.reading() as session:
        assert session.scalars(select(ApiToken)).all() == []


def test_a_bureau_has_none(app: Flask, client: FlaskClient, autumn, district: District, sign_in) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    sign_in(client, district.users["administrator"])
    address = f"/organisations/{district.places['bureau'].id}/tokens"
    assert "这里不建凭证" in client.get(address).text
    assert client.post(address, data={"label": "省", "scopes": ["read_results"], "days": "90"}).status_code == 422


def test_nobody_signs_in_as_a_program(client: FlaskClient, app, program: Programs, database: Database) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    one = program()
    with database.reading() as session:
        user = session.get_one(User, session.get_one(ApiToken, one.token_id).user_id)
    for guess in (one.token, "", "nobody knows it"):
        assert client.post("/sign-in", data={"name": user.sign_in_name, "password": guess}).status_code != 303


def test_a_program_is_in_no_list_of_people_and_at_no_sign_in_page(
    client: FlaskClient, database: Database, district: District, program: Programs, sign_in: SignIn
) -> None:
    """Nobody gives it a password and comes in as it."""
    made = program()
    with database.writing() as session:
        row = session.get_one(User, session.get_one(ApiToken, made.token_id).user_id)
        row.password_hash = passwords.hash_password("somebody guessed it")
        name, number = row.sign_in_name, row.id
    client.application.config["WTF_CSRF_ENABLED"] = False
    sign_in(client, district.users["administrator"])
    near = district.places["near"].id
    for page in ("/users", "/users?q=api", f"/organisations/{near}"):
        shown = client.get(page)
        assert shown.status_code == 200
        assert name not in shown.text
    assert client.get(f"/users/{number}").status_code == 404
    for what in ("new-password", "switch-off", "switch-on"):
        assert client.post(f"/users/{number}/{what}").status_code in {400, 404}
    client.delete_cookie("chayan_session")
    answer = client.post("/sign-in", data={"name": name, "password": "somebody guessed it"})
    assert answer.status_code == 401
    assert made.get("/token").status_code == 200
