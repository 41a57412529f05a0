"""The database: one engine, reading sessions and writing sessions.

SQLite is the embedded default, PostgreSQL the larger house; nothing here may work on one alone.
A writing transaction on SQLite begins with BEGIN IMMEDIATE: with a deferred BEGIN two desks that save at once both
read, then one of them fails with "database is locked"; with IMMEDIATE they queue.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine import Dialect, ExceptionContext
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, kept in UTC on every database (SQLite drops time zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without time zone cannot be kept: use app.clock.now().")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    """The root of every table; constraint names are fixed so that migrations can name what they drop."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dt.datetime: Moment()}


class Database:
    """Hands out sessions: `reading()` for questions, `writing()` for one transaction, kept whole or not at all."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writing_engine = self.engine.execution_options(chayan_writing=True)
        #: What every session carries along: the key ring puts itself here when it is opened.
        self.session_info: dict[str, Any] = {}

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False, info=self.session_info) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        session = Session(self._writing_engine, expire_on_commit=False, info=self.session_info)
        with session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    # Parameters stay out of error messages: they would carry what people typed into the log.
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _settle_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "handle_error", _shorten_error)
    return engine


def _settle_sqlite(connection: Any, _record: Any) -> None:
    # isolation_level None: the driver begins nothing by itself, `_begin_sqlite` does.
    connection.isolation_level = None
    # FULL: a saved check survives a power cut.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _shorten_error(context: ExceptionContext) -> None:
    # PostgreSQL adds a DETAIL with the values of the whole row that it refused: parameters again, by another door.
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\nDETAIL:")[0], *error.args[1:])


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("chayan_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
