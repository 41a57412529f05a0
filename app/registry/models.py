"""The table of exports that were uploaded: sealed while somebody looks at them, empty of people once decided."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base
from app.roster.models import ImportState


class RegistryImport(Base):
    """One upload. What was read stands in `sealed` only, and only until the decision; the file itself is never kept."""

    __tablename__ = "registry_import"
    __table_args__ = (
        CheckConstraint("(state = 'proposed') = (sealed IS NOT NULL)", name="sealed_while_proposed"),
        CheckConstraint("(sealed IS NULL) = (wrapped IS NULL)", name="sealed_under_a_key"),
        CheckConstraint("(wrapped IS NULL) = (master_version IS NULL)", name="wrapped_by_a_version"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_on_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    state: Mapped[ImportState] = mapped_column(word(ImportState), index=True)
    #: How many doses the file has.
    rows: Mapped[int]
    #: The children and doses under a key of their own, which goes with them.
    sealed: Mapped[bytes | None]
    wrapped: Mapped[bytes | None]
    master_version: Mapped[int | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[dt.datetime | None]
    #: What was written: how many children, and the dose records as ranges of ids, so that it can be taken back.
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
