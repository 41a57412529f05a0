"""Tables of the thirty-day reports: frozen lists, and who stands on them."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class ReportState(StrEnum):
    """Frozen → sent → acknowledged, or returned with a reason. A draft is counted afresh whenever somebody looks and is
    no row; after freezing only supplements add to it.
    """

    FROZEN = "frozen"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"


class Report(Base):
    """One list of one school for one health center; sequence 1 is the list, 2 and more are supplements."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("campaign_id", "school_id", "health_center_id", "sequence"),
        CheckConstraint("sequence >= 1", name="numbered_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    health_center_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    sequence: Mapped[int]
    state: Mapped[ReportState] = mapped_column(word(ReportState), index=True)
    #: Counts as they stood when it was frozen, without a name: see `app.reports.listing.Draft.counts`.
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: SHA-256 of the frozen rows, printed on the sheet: two copies can be compared by it.
    content_hash: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[dt.datetime]
    frozen_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    sent_at: Mapped[dt.datetime | None]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    returned_because: Mapped[str | None] = mapped_column(String(200))


class ReportRow(Base):
    """One child on a list, by the check it stands there for."""

    __tablename__ = "report_row"
    __table_args__ = (UniqueConstraint("report_id", "enrolment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    #: Row number on the sheet.
    position: Mapped[int]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("check_record.id"), index=True)
    #: The notice's parts as they stood when the list was frozen.
    parts: Mapped[list[str]] = mapped_column(JSON)
