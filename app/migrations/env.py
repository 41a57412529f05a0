"""Alembic's door to our tables: uses the connection or address it is handed, never an ini file of its own."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, Enum

from app.database import Moment
from app.migrating import types_differ
from app.tables import metadata

config = context.config


def _render(kind: str, item: Any, writing: Any) -> str | Literal[False]:
    """Our own kinds of column as what the database sees: a step of history must not import today's tables."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        writing.imports.add("from app.migrations.kinds import word")
        return f"word({', '.join(repr(text) for text in (item.name, *item.enums))})"
    return False


def _run(connection: Connection | None, **more: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        # SQLite changes a table by copying it; other databases take the same steps as plain ALTER.
        render_as_batch=True,
        render_item=_render,
        compare_type=types_differ,
        **more,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    _run(None, url=config.get_main_option("sqlalchemy.url"), literal_binds=True)
else:
    _run(config.attributes["connection"])
