"""The declarations themselves: what they refuse to be, and what happens without them."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.people.access import actor_or_none, admit, current_actor, door_of, open_to_all
from app.people.belonging import HOME_OF, roles_at
from app.people.roles import Role
from app.schools.models import OrganisationKind
from tests.district import District


def test_a_view_without_declaration_is_closed_to_everybody(
    app: Flask, client: FlaskClient, district: District, sign_in, caplog: pytest.LogCaptureFixture
) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret", methods=["GET", "POST"])
    with caplog.at_level(logging.ERROR):
        assert client.get("/forgotten").status_code == 403
        sign_in(client, district.users["administrator"])
        assert client.get("/forgotten").status_code == 403
        assert client.post("/forgotten").status_code == 403
    assert "forgotten does not declare who may enter" in caplog.text


def test_two_declarations_are_one_too_many() -> None:
    with pytest.raises(ValueError, match="two declarations"):
        admit(Role.CLERK)(open_to_all(lambda: "page"))


def test_admitting_nobody_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="lets nobody in"):
        admit()


def test_a_declaration_is_kept_on_the_view() -> None:
    door = door_of(admit(Role.NURSE, Role.CLERK)(lambda: "page"))
    assert door.roles == {Role.NURSE, Role.CLERK}
    assert not door.open_to_all
    assert not door.before_new_password


def test_on_an_open_page_a_stranger_has_no_actor(app: Flask, client: FlaskClient, district, sign_in) -> None:
    def who() -> str:
        if actor_or_none() is None:
            with pytest.raises(RuntimeError, match="@admit"):
                current_actor()
            return "nobody"
        return current_actor().shown_name

    app.add_url_rule("/who", "who", open_to_all(who))
    assert client.get("/who").text == "nobody"
    sign_in(client, district.users["clerk"])
    assert client.get("/who").text == district.users["clerk"].shown_name


def test_every_role_works_somewhere_and_every_place_has_an_administrator() -> None:
    assert set(HOME_OF) == set(Role)
    assert all(Role.ADMINISTRATOR in roles_at(kind) for kind in OrganisationKind)
    assert roles_at(OrganisationKind.HEALTH_CENTER) == [Role.NURSE, Role.ADMINISTRATOR]
