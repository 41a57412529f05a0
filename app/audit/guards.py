"""The database's own refusal to rewrite history: triggers on what is written once, for SQLite and PostgreSQL.

They stop mistakes and honest programs; against a hand that removes the triggers stands the chain (see `verifying`).
`Base.metadata.create_all` installs them; a migration executes `statements(...)` of the same tables.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, event

from app.audit.models import AuditAnchor, AuditEvent, AuditHead
from app.checks.models import Check
from app.children.models import DoseRecord

#: Rows of these are never changed and never deleted.
WRITTEN_ONCE = tuple(model.__tablename__ for model in (AuditEvent, Check, DoseRecord))
#: Rows of these move forward with every event and are never deleted.
NEVER_DELETED = tuple(model.__tablename__ for model in (AuditHead, AuditAnchor))


def statements(dialect: str, tables: Iterable[str] = WRITTEN_ONCE + NEVER_DELETED) -> list[str]:
    """The DDL that guards `tables` on a database of this `dialect`."""
    guarded = [(table, verb) for table in tables for verb in _refused(table)]
    if dialect == "sqlite":
        return [_sqlite(table, verb) for table, verb in guarded]
    if dialect == "postgresql":
        return [_POSTGRESQL_FUNCTION, *(_postgresql(table, verb) for table, verb in guarded)]
    raise ValueError(f"No guards are written for {dialect}: use SQLite or PostgreSQL.")


def undoing_statements(dialect: str, tables: Iterable[str] = WRITTEN_ONCE + NEVER_DELETED) -> list[str]:
    """The DDL that takes the guards of `tables` away again: for a migration backwards, before the tables go."""
    guarded = [(table, verb) for table in tables for verb in _refused(table)]
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {_name(table, verb)}" for table, verb in guarded]
    drops = [f"DROP TRIGGER IF EXISTS {_name(table, verb)} ON {table}" for table, verb in guarded]
    return [*drops, "DROP FUNCTION IF EXISTS refuse_rewriting()"]


def _refused(table: str) -> tuple[str, ...]:
    return ("UPDATE", "DELETE") if table in WRITTEN_ONCE else ("DELETE",)


def _name(table: str, verb: str) -> str:
    return f"{table}_refuses_{verb.lower()}"


def _sqlite(table: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is written once: add a row that supersedes the old one.'); END"
    )


#: Statement level: refuses before a row is touched, and TRUNCATE has no rows.
_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION USING MESSAGE = "
    "TG_TABLE_NAME || ' is written once: add a row that supersedes the old one.'; END $$"
)


def _postgresql(table: str, verb: str) -> str:
    verbs = "DELETE OR TRUNCATE" if verb == "DELETE" else verb
    return (
        f"CREATE TRIGGER {_name(table, verb)} BEFORE {verbs} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()"
    )


def _install(table: Table, connection: Connection, **_: Any) -> None:
    for statement in statements(connection.dialect.name, [table.name]):
        connection.exec_driver_sql(statement)


for _model in (AuditEvent, Check, DoseRecord, AuditHead, AuditAnchor):
    event.listen(_model.__table__, "after_create", _install)
