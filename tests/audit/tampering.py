"""What somebody with the database, but without the keys, could do to the trail."""

from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from app.audit import guards
from app.audit.models import AuditAnchor, AuditEvent, AuditHead
from app.database import Database

EVENT: Table = AuditEvent.__table__
HEAD: Table = AuditHead.__table__
ANCHOR: Table = AuditAnchor.__table__


def take_guards_away(database: Database) -> None:
    """The triggers stop programs, not a hand that drops them first."""
    dialect = database.engine.dialect.name
    with database.writing() as session:
        for statement in guards.undoing_statements(dialect):
            if "FUNCTION" not in statement:  # PostgreSQL keeps it, it does nothing without triggers
                session.connection().exec_driver_sql(statement)


def flipped(value: Any) -> Any:
    """The value with one bit changed; something where there was nothing."""
    if value is None:
        return 1
    if isinstance(value, int):
        return value ^ 64  # far enough not to meet another row
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    return chr(ord(value[0]) ^ 1) + value[1:]


def flip(session: Session, table: Table, column: str, *where: Any) -> None:
    """Change one bit of one column of one row."""
    row = session.execute(select(table).where(*where)).mappings().one()
    keys = [table.c[key.name] == row[key.name] for key in table.primary_key]
    done = session.execute(update(table).where(*keys).values({column: flipped(row[column])}))
    assert done.rowcount == 1
