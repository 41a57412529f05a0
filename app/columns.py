"""The column vocabulary: kinds of column that several tables share."""

from enum import StrEnum

from sqlalchemy import Enum


def word(words: type[StrEnum]) -> Enum:
    """A column that holds one of `words` by its value; a plain VARCHAR with a CHECK on every database."""
    return Enum(
        words,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
