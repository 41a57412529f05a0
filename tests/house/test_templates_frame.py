"""The frame of a page: who is signed in and where, at most six words of navigation, a way out."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.frame import _TABS
from app.people.models import User
from app.people.roles import Role
from tests.district import District

HEADER = re.compile(r'<header class="header">.*?</header>', re.DOTALL)


def header(client: FlaskClient) -> str:
    found = HEADER.search(client.get("/password").text)
    assert found
    return found.group()


def of_role(district: District, role: Role) -> User:
    return next(user for user in district.users.values() if user.role is role)


@pytest.mark.parametrize("role", list(Role))
def test_the_header_says_who_and_where(
    client: FlaskClient, district: District, sign_in: Callable[[FlaskClient, User], None], role: Role
) -> None:
    user = of_role(district, role)
    place = next(place for place in district.places.values() if place.id == user.organisation_id)
    sign_in(client, user)

    text = header(client)
    assert user.shown_name in text
    assert place.name in text
    assert 'action="/sign-out"' in text


@pytest.mark.parametrize("role", list(Role))
def test_at_most_six_words(role: Role) -> None:
    assert len([tab for tab in _TABS if role in tab[2]]) <= 6


def test_a_word_appears_only_for_those_who_may_go_there(
    client: FlaskClient, district: District, sign_in: Callable[[FlaskClient, User], None]
) -> None:
    sign_in(client, of_role(district, Role.ADMINISTRATOR))
    assert 'href="/users"' in header(client)

    sign_in(client, of_role(district, Role.CLERK))
    assert 'href="/users"' not in header(client)


def test_the_current_word_is_marked(
    client: FlaskClient, district: District, sign_in: Callable[[FlaskClient, User], None]
) -> None:
    sign_in(client, of_role(district, Role.ADMINISTRATOR))

    text = client.get("/users").text
    assert re.search(r'href="/users" aria-current="page"', text)


def test_a_stranger_sees_no_navigation_and_no_cover(client: FlaskClient) -> None:
    text = client.get("/sign-in").text

    assert "data-lock" not in text
    assert '<nav class="nav"' not in text


def test_the_cover_comes_down_before_the_session_ends(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context("/"):
        from app.frame import _frame

        assert _frame().idle_minutes <= app.extensions["chayan"].settings.idle_minutes
