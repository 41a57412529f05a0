"""Brings the tables of a database to a step of their history."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, DateTime, Enum, String, text

from app.database import Database, Moment

_FOLDER = Path(__file__).parent / "migrations"


def types_differ(_context: Any, _inspected: Any, _reflected: Any, found: Any, wanted: Any) -> bool | None:
    """Are the types different? None leaves the answer to Alembic; our own kinds of column it does not know."""
    if isinstance(wanted, Moment):
        return not isinstance(found, DateTime)
    if isinstance(wanted, Enum):
        return not (isinstance(found, String) and found.length == wanted.length)
    return None


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration; there is no ini file that could name another database."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Forwards, all steps in one transaction each database can take back."""
    _walk(database, command.upgrade, revision)


def downgrade(database: Database, revision: str) -> None:
    _walk(database, command.downgrade, revision)


def current(database: Database) -> str | None:
    """The step this database stands at; None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The last step there is."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


@contextmanager
def comparison(database: Database) -> Iterator[MigrationContext]:
    """A context in which Alembic can compare the tables with the models."""
    with database.engine.connect() as connection:
        yield MigrationContext.configure(connection, opts={"compare_type": types_differ})


def _walk(database: Database, step: Callable[[Config, str], None], revision: str) -> None:
    connection = database.engine.connect().execution_options(chayan_writing=True)
    with connection, _foreign_keys_aside(connection), connection.begin():
        step(configuration(connection), revision)
        _prove_foreign_keys(connection)


@contextmanager
def _foreign_keys_aside(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying and dropping it, and a drop would take along the rows that point to it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # By the driver itself: inside a transaction, which SQLAlchemy would begin, SQLite ignores this pragma.
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _prove_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise RuntimeError(f"The migration would leave rows in {tables} pointing at nothing; it was taken back.")
