"""The tables of uploaded rosters: sealed while somebody looks at them, empty of people once it is decided."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class ImportState(StrEnum):
    """Waits for a decision; written; turned down; nobody decided in time."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    REFUSED = "refused"
    EXPIRED = "expired"


class RosterImport(Base):
    """One upload. What was read stands in `sealed` only, and only until the decision; the file itself is never kept."""

    __tablename__ = "roster_import"
    __table_args__ = (
        CheckConstraint("(state = 'proposed') = (sealed IS NOT NULL)", name="sealed_while_proposed"),
        CheckConstraint("(sealed IS NULL) = (wrapped IS NULL)", name="sealed_under_a_key"),
        CheckConstraint("(wrapped IS NULL) = (master_version IS NULL)", name="wrapped_by_a_version"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_on_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    state: Mapped[ImportState] = mapped_column(word(ImportState), index=True)
    #: How many children the file names.
    rows: Mapped[int]
    #: The rows under a key of their own, which goes with them.
    sealed: Mapped[bytes | None]
    wrapped: Mapped[bytes | None]
    master_version: Mapped[int | None]
    #: None where the time ran out by itself.
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[dt.datetime | None]
    #: What was written, as ids: children added, joined and changed, enrolments opened and moved, classes made.
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class RosterColumns(Base):
    """What a school calls its columns, where we did not know the word: said once by hand, for every later file."""

    __tablename__ = "roster_columns"

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    #: Folded word → column.
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    said_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    said_at: Mapped[dt.datetime]
