"""Rows as the database keeps them, past the models: what somebody tampered with need not fit a type any more."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session


def rows(
    session: Session, model: Any, columns: tuple[str, ...], *order: str, where: Mapping[str, object] | None = None
) -> Iterator[list[Any]]:
    """The rows one by one in this order, each value as text (bytes in hex) or None; `where`: only those equal to it."""
    dialect = session.get_bind().dialect
    quote = dialect.identifier_preparer.quote_identifier
    # SQLite refuses to hand out text that is no UTF-8, and one flipped byte can make it so: ask for bytes instead.
    form = "CAST({} AS BLOB)" if dialect.name == "sqlite" else "{}"
    wanted = ", ".join(form.format(quote(column)) for column in columns)
    sorted_by = ", ".join(quote(column) for column in order)
    only = " AND ".join(f"{quote(column)} = :{column}" for column in where or {})
    chosen = f" WHERE {only}" if only else ""
    sql = text(f"SELECT {wanted} FROM {quote(model.__tablename__)}{chosen} ORDER BY {sorted_by}")  # noqa: S608 - our own names
    binary = [model.__table__.c[column].type.python_type is bytes for column in columns]
    for row in session.execute(sql, dict(where or {}), execution_options={"yield_per": 1000}):
        yield [_as_text(value, in_hex) for value, in_hex in zip(row, binary, strict=True)]


def damage(session: Session, model: Any) -> Iterator[str]:
    """What SQLite itself finds wrong with the table and its indexes, through which other pages read it."""
    if session.get_bind().dialect.name == "sqlite":
        for answer in session.execute(text(f"PRAGMA integrity_check({model.__tablename__})")).scalars().all():
            if answer != "ok":
                yield str(answer)


def _as_text(value: object, in_hex: bool) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex() if in_hex else bytes(value).decode("utf-8", "surrogateescape")
    return str(value)
