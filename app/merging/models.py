"""The link between two records of one child, with everything that is needed to take it apart again.

Nothing personal stands here: what the kept record took over is said by its place in the other, sealed identity.
"""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class ChildMerge(Base):
    """合并: `gone` is the same child as `kept`, whose record goes on alone."""

    __tablename__ = "child_merge"
    __table_args__ = (
        CheckConstraint("kept_id <> gone_id", name="two_records"),
        CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
        # Of two desks that merge the same record only the first succeeds.
        Index(
            "uq_child_merge_gone_once",
            "gone_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    merged_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    merged_at: Mapped[dt.datetime]
    #: The enrolments of `gone` that ended with the merge and begin again with its undoing.
    enrolments: Mapped[list[int]] = mapped_column(JSON)
    #: The dose records that `kept` got because only `gone` had them.
    doses: Mapped[list[int]] = mapped_column(JSON)
    #: What of `gone`'s identity `kept` took over, see `app.merging.uniting`.
    taken: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[dt.datetime | None]
