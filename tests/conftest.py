"""What every test may ask for: an installation of its own in a temporary folder, a small district, a signed-in browser.

Nobody here exists. Times stand still where a test says so; databases are copies of one empty file.
"""

from collections.abc import Callable, Iterator

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from app import clock, create_app
from app.config import Settings
from app.database import Database
from app.office import Office
from app.people import passwords, sessions
from app.people.models import User
from tests.district import District, build_district

pytest_plugins = ["tests.databases", "tests.sockets"]

SignIn = Callable[[FlaskClient, User], None]


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Argon2 with the least work: tests sign in hundreds of times."""
    slow, passwords.hasher = passwords.hasher, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    passwords.hasher = slow


@pytest.fixture(autouse=True)
def _clock_runs_again() -> Iterator[None]:
    yield
    clock.fix(None)
    clock.run_from(None)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application. CSRF tokens are not asked for, except in the tests of CSRF."""
    application = create_app(settings)
    application.testing = True
    application.config["WTF_CSRF_ENABLED"] = False
    yield application
    _office(application).database.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def database(app: Flask) -> Database:
    return _office(app).database


@pytest.fixture
def district(database: Database) -> District:
    """Two bureaus, two CDCs, three health centers, three schools with classes and children, users of every role."""
    with database.writing() as session:
        return build_district(session)


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """Make a client the browser of a signed-in user, without the sign-in page."""

    def enter(client: FlaskClient, user: User) -> None:
        with _office(app).database.writing() as session:
            token = sessions.open_session(session, user=user, now=clock.now())
        client.set_cookie("chayan_session", token)

    return enter


def _office(application: Flask) -> Office:
    office: Office = application.extensions["chayan"]
    return office
