"""Marks a class as changed in the same transaction in which one of its rows changes: triggers, on both databases.

Whatever writes (a desk, a clinic, a registry, a script) cannot forget it. `Base.metadata.create_all` installs them; a
migration executes `statements(...)`.
"""

from typing import Any

from sqlalchemy import Connection, MetaData, event

from app.database import Base

_OF_ENROLMENT = "SELECT class_id FROM enrolment WHERE id = {row}.enrolment_id"
_OF_CHILD = "SELECT class_id FROM enrolment WHERE child_id = {row}.child_id"
_OF_ITEM = "SELECT e.class_id FROM notice n JOIN enrolment e ON e.id = n.enrolment_id WHERE n.id = {row}.notice_id"
_OF_BUREAU = (
    "SELECT c.id AS class_id FROM school_class c JOIN organisation o ON o.id = c.school_id "
    "WHERE o.supervisor_id = {row}.bureau_id"
)

#: Table, verb, which classes.
HEARD = (
    ("check_record", "INSERT", _OF_ENROLMENT),
    ("notice", "INSERT", _OF_ENROLMENT),
    ("notice", "UPDATE", _OF_ENROLMENT),
    ("notice_item", "INSERT", _OF_ITEM),
    ("notice_item", "UPDATE", _OF_ITEM),
    ("certificate", "INSERT", _OF_CHILD),
    ("certificate", "UPDATE", _OF_CHILD),
    ("exemption", "INSERT", _OF_CHILD),
    ("exemption", "UPDATE", _OF_CHILD),
    ("child", "UPDATE", "SELECT class_id FROM enrolment WHERE child_id = {row}.id"),
    ("enrolment", "INSERT", "SELECT {row}.class_id AS class_id"),
    # A transfer: the class it leaves and the class it joins.
    ("enrolment", "UPDATE", "SELECT NEW.class_id AS class_id UNION SELECT OLD.class_id"),
    ("enrolment", "DELETE", "SELECT {row}.class_id AS class_id"),
    ("organisation", "UPDATE", "SELECT id AS class_id FROM school_class WHERE school_id = {row}.id"),
    ("campaign", "INSERT", _OF_BUREAU),
    ("campaign", "UPDATE", _OF_BUREAU),
)
#: Everything there is, once: for an installation that is older than the board.
MARK_ALL = "INSERT INTO board_change (class_id, written_in) SELECT id, 0 FROM school_class"


def statements(dialect: str) -> list[str]:
    """The DDL that listens on a database of this dialect."""
    return [one for heard in HEARD for one in (_sqlite(*heard) if dialect == "sqlite" else _postgresql(*heard))]


def undoing_statements(dialect: str) -> list[str]:
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {_name(table, verb)}" for table, verb, _which in HEARD]
    drops = [f"DROP TRIGGER IF EXISTS {_name(table, verb)} ON {table}" for table, verb, _which in HEARD]
    return [*drops, *(f"DROP FUNCTION IF EXISTS {_name(table, verb)}()" for table, verb, _which in HEARD)]


def _name(table: str, verb: str) -> str:
    return f"{table}_tells_board_{verb.lower()}"


def _insert(verb: str, which: str, number: str) -> str:
    rows = which.format(row="OLD" if verb == "DELETE" else "NEW")
    chosen = f"SELECT DISTINCT class_id, {number} FROM ({rows}) AS changed"  # noqa: S608 (nothing of it is typed)
    return f"INSERT INTO board_change (class_id, written_in) {chosen}"


def _sqlite(table: str, verb: str, which: str) -> list[str]:
    """One writer at a time: all of them are number 0."""
    unless = "WHERE NOT EXISTS (SELECT 1 FROM board_change b WHERE b.class_id = changed.class_id)"
    return [
        f"CREATE TRIGGER {_name(table, verb)} AFTER {verb} ON {table} BEGIN {_insert(verb, which, '0')} {unless}; END"
    ]


def _postgresql(table: str, verb: str, which: str) -> list[str]:
    name = _name(table, verb)
    body = f"{_insert(verb, which, 'txid_current()')} ON CONFLICT DO NOTHING"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _install(_tables: MetaData, connection: Connection, **_: Any) -> None:
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


event.listen(Base.metadata, "after_create", _install)
