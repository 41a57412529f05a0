"""The table of families' visits."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class FamilyVisit(Base):
    """A browser that proved itself for one notice. The cookie holds a random token, the table only its SHA-256."""

    __tablename__ = "family_visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    opened_at: Mapped[dt.datetime] = mapped_column(index=True)
