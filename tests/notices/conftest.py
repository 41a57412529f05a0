"""A clerk's desk in the district, its campaign open."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import Database
from tests.actors import actor
from tests.district import District
from tests.notices.september import Desk, open_campaign

Browser = Callable[[str], FlaskClient]


@pytest.fixture
def desk(database: Database, district: District) -> Iterator[Desk]:
    """Everything in one transaction."""
    with database.writing() as session:
        open_campaign(session, district)
        yield Desk(session, actor(district, "clerk"))


@pytest.fixture
def browser(app: Flask, district: District, sign_in) -> Browser:
    def of(who: str) -> FlaskClient:
        client = app.test_client()
        sign_in(client, district.users[who])
        return client

    return of
