"""An empty database with every table, made once, then copied for each test: a file, or a PostgreSQL database.

PostgreSQL is used when CHAYAN_TEST_DATABASE names a server (scripts/with-postgres sets it). Every test that stands on
such a copy gets the mark `database`, so that scripts/test --full can run those on PostgreSQL too.
"""

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from app import migrating
from app.config import Settings
from app.database import Database


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "settings" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


@pytest.fixture(scope="session")
def _empty_database(tmp_path_factory: pytest.TempPathFactory) -> "EmptyDatabase":
    """A database with every table and no row, made once."""
    return make_empty(tmp_path_factory.mktemp("empty"))


@pytest.fixture
def settings(tmp_path: Path, _empty_database: "EmptyDatabase") -> Iterator[Settings]:
    """Settings of a fresh installation, its tables made."""
    data_dir = tmp_path / "instance"
    data_dir.mkdir()
    address = _empty_database.copy(data_dir)
    yield Settings.from_environment({"CHAYAN_DATA": str(data_dir), "CHAYAN_DATABASE": address})
    _empty_database.discard(address)


class EmptyDatabase(Protocol):
    """Makes copies of itself."""

    def copy(self, data_dir: Path) -> str:
        """The address of a fresh copy."""

    def discard(self, address: str) -> None:
        """The test of this copy is over."""


def make_empty(folder: Path) -> EmptyDatabase:
    server = os.environ.get("CHAYAN_TEST_DATABASE")
    return OnPostgres(make_url(server)) if server else InFile(folder)


class InFile:
    """SQLite: a file, copied."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "empty.sqlite"
        _fill(f"sqlite:///{self._path}")

    def copy(self, data_dir: Path) -> str:
        shutil.copy(self._path, data_dir / "chayan.sqlite")
        return f"sqlite:///{data_dir / 'chayan.sqlite'}"

    def discard(self, address: str) -> None:
        """The folder of the test goes by itself."""


class OnPostgres:
    """PostgreSQL: a database, used as a template."""

    def __init__(self, server: URL) -> None:
        self._server = server
        self._template = f"empty_{os.getpid()}"
        self._numbers = itertools.count(1)
        self._tell(f"CREATE DATABASE {self._template}")
        _fill(self._address(self._template))

    def copy(self, data_dir: Path) -> str:
        name = f"{self._template}_copy_{next(self._numbers)}"
        self._tell(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return self._address(name)

    def discard(self, address: str) -> None:
        self._tell(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")

    def _address(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _tell(self, statement: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def _fill(address: str) -> None:
    database = Database(address)
    migrating.upgrade(database)
    database.close()
