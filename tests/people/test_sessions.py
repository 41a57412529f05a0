"""Sessions: what keeps one alive, and everything that ends one."""

import datetime as dt
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app import clock, create_app
from app.database import Database
from app.people import actions, passwords, sessions
from app.people.actors import Actor
from app.people.models import User, UserSession
from app.people.roles import Role
from app.schools.models import OrganisationKind
from tests.district import MOMENT, PASSWORD, District

PAGE = "/password"  # open to every role


def later(**time: float) -> None:
    clock.fix(clock.now() + dt.timedelta(**time))


def is_in(client: FlaskClient) -> bool:
    return client.get(PAGE).status_code == 200


@pytest.fixture(autouse=True)
def _clerk_is_in(client: FlaskClient, district: District, sign_in) -> None:
    clock.fix(MOMENT)
    sign_in(client, district.users["clerk"])
    assert is_in(client)


def last_seen(database: Database) -> dt.datetime:
    with database.reading() as session:
        return session.scalars(select(UserSession.last_seen_at)).one()


def test_fifteen_idle_minutes_end_it(client: FlaskClient) -> None:
    later(minutes=14, seconds=59)
    assert is_in(client)
    later(minutes=15)
    assert not is_in(client)


def test_working_keeps_it_alive(client: FlaskClient) -> None:
    for _ in range(5):
        later(minutes=10)
        assert is_in(client)


def test_nobody_works_longer_than_half_a_day_without_signing_in(client: FlaskClient) -> None:
    for _ in range(71):
        later(minutes=10)
        assert is_in(client)
    later(minutes=10)
    assert not is_in(client)


def test_presence_is_written_at_most_once_a_minute(client: FlaskClient, database: Database) -> None:
    later(seconds=59)
    client.get(PAGE)
    assert last_seen(database) == MOMENT
    later(seconds=1)
    client.get(PAGE)
    assert last_seen(database) == MOMENT + dt.timedelta(minutes=1)


def test_static_files_do_not_keep_it_alive(client: FlaskClient, database: Database) -> None:
    later(minutes=5)
    client.get("/static/favicon.svg")
    assert last_seen(database) == MOMENT


def test_signing_out_ends_it_on_the_server(client: FlaskClient) -> None:
    token = client.get_cookie("chayan_session").value
    assert client.post("/sign-out").location == "/sign-in"
    assert client.get_cookie("chayan_session") is None
    client.set_cookie("chayan_session", token)  # somebody kept a copy
    assert not is_in(client)


def test_a_second_browser_is_not_signed_out_with_the_first(client: FlaskClient, app: Flask, district, sign_in) -> None:
    other = app.test_client()
    sign_in(other, district.users["clerk"])
    client.post("/sign-out")
    assert is_in(other)


def test_a_token_nobody_gave_out_opens_nothing(client: FlaskClient) -> None:
    client.set_cookie("chayan_session", "x" * 43)
    assert not is_in(client)


def test_the_table_holds_only_a_digest(client: FlaskClient, database: Database) -> None:
    token = client.get_cookie("chayan_session").value
    with database.reading() as session:
        assert session.scalars(select(UserSession.token_digest)).one() != token
    client.set_cookie("chayan_session", "stolen digest")
    with database.reading() as session:
        client.set_cookie("chayan_session", session.scalars(select(UserSession.token_digest)).one())
    assert not is_in(client)


def administrator(district: District) -> Actor:
    user = district.users["administrator"]
    return Actor(user.id, user.shown_name, Role.ADMINISTRATOR, user.organisation_id, OrganisationKind.BUREAU)


def test_switching_off_ends_it_at_once(client: FlaskClient, database: Database, district: District) -> None:
    with database.writing() as session:
        user = session.get_one(User, district.users["clerk"].id)
        actions.switch_off(session, by=administrator(district), now=MOMENT, user=user)
    assert not is_in(client)


def test_even_a_row_changed_by_hand_ends_it(client: FlaskClient, database: Database, district: District) -> None:
    with database.writing() as session:
        session.execute(update(User).where(User.sign_in_name == "clerk").values(active=False))
    assert not is_in(client)


def test_a_reset_password_ends_it(client: FlaskClient, database: Database, district: District, app: Flask) -> None:
    with database.writing() as session:
        user = session.get_one(User, district.users["clerk"].id)
        actions.reset_password(
            session,
            by=administrator(district),
            now=MOMENT,
            user=user,
            password_hash=passwords.hash_password("another-long-one"),
            secret=app.extensions["chayan"].secret,
        )
    assert not is_in(client)


@pytest.mark.parametrize("change", [{"organisation": "far"}, {"role": Role.SCHOOL_HEAD}])
def test_another_place_or_role_ends_it(client: FlaskClient, database: Database, district: District, change) -> None:
    with database.writing() as session:
        values = {"role": change.get("role", Role.CLERK)}
        values["organisation_id"] = district.places[change.get("organisation", "near")].id
        session.execute(update(User).where(User.sign_in_name == "clerk").values(**values))
    assert not is_in(client)


def test_moving_a_user_ends_it(client: FlaskClient, database: Database, district: District) -> None:
    with database.writing() as session:
        user = session.get_one(User, district.users["clerk"].id)
        far = session.merge(district.places["far"])
        actions.move_user(session, by=administrator(district), now=MOMENT, user=user, organisation=far, role=Role.CLERK)
    assert not is_in(client)


def test_ended_sessions_are_swept_away(client: FlaskClient, database: Database, district: District) -> None:
    later(days=2)
    with database.writing() as session:
        sessions.open_session(session, user=district.users["nurse"], now=clock.now())
    with database.reading() as session:
        assert len(session.scalars(select(UserSession.id)).all()) == 1


def test_signing_in_replaces_what_the_stranger_had(client: FlaskClient, app: Flask, district: District) -> None:
    """Session fixation: the token after signing in is never one that the browser brought along."""
    stranger = app.test_client()
    stranger.set_cookie("chayan_session", "chosen-by-an-attacker")
    stranger.post("/sign-in", data={"name": "clerk", "password": PASSWORD})
    assert stranger.get_cookie("chayan_session").value != "chosen-by-an-attacker"
    assert is_in(stranger)


@pytest.mark.parametrize("https", [False, True])
def test_the_cookie_is_for_our_server_only(settings, https: bool) -> None:
    application = create_app(replace(settings, https=https))
    application.config["WTF_CSRF_ENABLED"] = False
    scheme = "https" if https else "http"
    answer = application.test_client().post(
        "/sign-in", data={"name": "clerk", "password": PASSWORD}, base_url=f"{scheme}://localhost"
    )
    cookie = next(line for line in answer.headers.getlist("Set-Cookie") if "_session=" in line)
    name, *attributes = [part.strip() for part in cookie.split(";")]
    assert name.startswith("__Host-chayan_session=" if https else "chayan_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(attributes)
    assert ("Secure" in attributes) is https
    assert not any(part.startswith(("Domain", "Expires", "Max-Age")) for part in attributes)
