"""Tables of the thirty-day reports: frozen lists, and who stands on them.

The database itself holds that no child stands on two live lists of a campaign.
"""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
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


class ReturnReason(StrEnum):
    """Why a health center sends a list back. A closed list, so that nothing personal can be typed here."""

    NOT_OURS = "not_ours"
    UNREADABLE = "unreadable"
    WRONG_RECORDS = "wrong_records"
    INCOMPLETE = "incomplete"
    BY_PHONE = "by_phone"


class RowKind(StrEnum):
    """A supplement holds differences only: who is new, whose debts are others now, who is not on the list any more."""

    ADDED = "added"
    CHANGED = "changed"
    DROPPED = "dropped"


class WhyDropped(StrEnum):
    """Left this school's campaign, moved to another health center, caught up, or turned out to owe nothing."""

    LEFT = "left"
    MOVED = "moved"
    CAUGHT_UP = "caught_up"
    CORRECTED = "corrected"


class Report(Base):
    """One list of one school for one health center; sequence 1 is the list, 2 and more are supplements."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("campaign_id", "school_id", "health_center_id", "sequence"),
        CheckConstraint("sequence >= 1", name="numbered_from_one"),
        CheckConstraint("(state = 'returned') = (returned_because IS NOT NULL)", name="returned_for_a_reason"),
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
    returned_because: Mapped[ReturnReason | None] = mapped_column(word(ReturnReason))


class ReportRow(Base):
    """One child on a list, by the check it stands there for.

    Of all rows of a child in a campaign at most one is live: the newest that adds or changes, on a list that was not
    returned. A row that changes or drops says which one it replaces.
    """

    __tablename__ = "report_row"
    __table_args__ = (
        UniqueConstraint("report_id", "enrolment_id"),
        Index(
            "uq_report_row_one_live_of_an_enrolment",
            "campaign_id",
            "enrolment_id",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
        CheckConstraint("(kind = 'dropped') = (why IS NOT NULL)", name="dropped_for_a_reason"),
        CheckConstraint("kind <> 'dropped' OR NOT live", name="dropped_is_not_live"),
        CheckConstraint("(kind = 'added') = (replaces_id IS NULL)", name="a_difference_to_a_row"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    #: The report's own, once more, for the index above.
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    kind: Mapped[RowKind] = mapped_column(word(RowKind))
    live: Mapped[bool]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("report_row.id"))
    why: Mapped[WhyDropped | None] = mapped_column(word(WhyDropped))
    #: Row number on the sheet.
    position: Mapped[int]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("check_record.id"), index=True)
    #: The notice's parts as they stood when the list was frozen.
    parts: Mapped[list[str]] = mapped_column(JSON)
