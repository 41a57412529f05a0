"""Kinds of column as they were when history began; today's are in `app.columns` and may move on."""

import sqlalchemy as sa


def word(name: str, *values: str) -> sa.Enum:
    """A text with a CHECK that it is one of these; `name` ends up in the name of the CHECK."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
