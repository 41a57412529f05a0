"""The table of archives: that one was made, what its index hashes to, and what it was made from. Never its content."""

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Archive(Base):
    """One 归档包 of a school or of a bureau."""

    __tablename__ = "archive"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    #: The school, or the bureau: its archive holds counts and no names.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), unique=True)
    files: Mapped[int]
    #: SHA-256 of index.json, which holds the hash of every other file.
    index_hash: Mapped[str] = mapped_column(String(64))
    #: SHA-256 over the states that it was made from: another one means that something changed since.
    made_from: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    #: The campaign was sealed on this archive.
    sealed_at: Mapped[dt.datetime | None]
