"""A campaign's morning at the desk: children of one class, a clerk who sits before it, and a count of what is kept."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.children.models import Child
from app.database import Database
from app.people.models import User
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign, without
from tests.checking import MORNING
from tests.district import District

SignIn = Callable[[FlaskClient, User], None]
Browser = Callable[[str], FlaskClient]
Counted = Callable[[type], int]


@pytest.fixture
def children(database: Database, district: District) -> dict[str, int]:
    """Three children of one class, none checked yet."""
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        made: dict[str, Child] = {
            "齐全": child_with_doses(session, district, EVERYTHING, name="张齐全", clinic=None),
            "欠甲肝": child_with_doses(session, district, without("HepA-L"), name="李小欠", clinic=None),
            "没记录": child_with_doses(session, district, {}, name="王没有", clinic=None),
        }
        return {name: child.id for name, child in made.items()}


@pytest.fixture
def browser(app: Flask, district: District, sign_in: SignIn) -> Browser:
    """A machine of its own at which one of the district's people sits down before the class."""

    def sit_down(who: str = "clerk") -> FlaskClient:
        client = app.test_client()
        sign_in(client, district.users[who])
        client.post("/desk/classes", data={"class_id": district.classes["near_1"].id})
        return client

    return sit_down


@pytest.fixture
def clerk(browser: Browser) -> FlaskClient:
    return browser()


@pytest.fixture
def counted(database: Database) -> Counted:
    """How many rows a table has."""

    def count(model: type) -> int:
        with database.reading() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0

    return count
