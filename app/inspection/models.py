"""Tables of visits: who was where when, and every finding with the day by which it is to be put right."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class FindingKind(StrEnum):
    """What visits usually find; the free words say the rest."""

    NOT_CHECKED = "not_checked"
    LIST_NOT_SENT = "list_not_sent"
    NOTICES_NOT_HANDED = "notices_not_handed"
    BOOKLETS = "booklets"
    RECORDS = "records"
    RECHECK = "recheck"
    PRIVACY = "privacy"
    OTHER = "other"


class InspectionVisit(Base):
    """One visit to one school."""

    __tablename__ = "inspection_visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Whose visit it is: a bureau's or a CDC's.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    day: Mapped[dt.date]
    inspector_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[dt.datetime]


class VisitFinding(Base):
    """One thing to put right."""

    __tablename__ = "visit_finding"
    __table_args__ = (
        UniqueConstraint("visit_id", "position"),
        CheckConstraint("(put_right_on IS NULL) = (seen_by IS NULL)", name="seen_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("inspection_visit.id"), index=True)
    position: Mapped[int]
    kind: Mapped[FindingKind] = mapped_column(word(FindingKind))
    #: Free words, sealed: they may name somebody.
    note: Mapped[bytes | None]
    put_right_by: Mapped[dt.date]
    put_right_on: Mapped[dt.date | None]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
