"""A child in a class, people in front of their browsers, and a count of everything that is kept."""

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.audit.models import AuditEvent
from app.children.models import Certificate, Child, DoseRecord, Doubt, Enrolment, Exemption
from app.database import Database
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity
from app.privacy.models import ChildIndex, ChildKey
from tests.district import MOMENT, District
from tests.privacy.people import enter

Browser = Callable[[str], FlaskClient]
Kept = Callable[[], dict[str, int]]

#: A girl's.
NUMBER = "110101202003051245"
KNOWN = Identity(
    name="林知夏",
    identifiers=(Identifier(IdentifierKind.RESIDENT_ID, NUMBER), Identifier(IdentifierKind.CHILD_CODE, "330199000077")),
    guardians=(Guardian("林海", "父亲", "13800134321"), Guardian("苏梅", "母亲", "13900134321")),
    address="青禾区河边路 1 号",
)
BORN = dt.date(2020, 3, 5)


@pytest.fixture(autouse=True)
def _morning(district: District) -> None:
    clock.fix(MOMENT)


@pytest.fixture
def kid(database: Database, district: District) -> Child:
    """林知夏, a girl born on 2020-03-05, in the first class of the near school."""
    with database.writing() as session:
        return enter(session, district.classes["near_1"], KNOWN, born=BORN.isoformat())


@pytest.fixture
def browser(app: Flask, district: District, sign_in: Callable[[FlaskClient, object], None]) -> Browser:
    """The browser of one of the district's people."""

    def opened(who: str) -> FlaskClient:
        client = app.test_client()
        sign_in(client, district.users[who])
        return client

    return opened


@pytest.fixture
def clerk(browser: Browser) -> FlaskClient:
    return browser("clerk")


@pytest.fixture
def kept(database: Database) -> Kept:
    """How many rows there are of everything a child's record consists of."""

    def counted() -> dict[str, int]:
        tables = (Child, Enrolment, ChildKey, ChildIndex, DoseRecord, Certificate, Doubt, Exemption)
        with database.reading() as session:
            return {one.__tablename__: session.scalar(select(func.count()).select_from(one)) for one in tables}

    return counted


@pytest.fixture
def trail(database: Database) -> Callable[[], list[str]]:
    """The actions in the trail, in order."""

    def told() -> list[str]:
        with database.reading() as session:
            return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.at, AuditEvent.position)))

    return told
