"""Tables of retention: how long a bureau keeps names, and that a child was erased. No name stands in either."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class Reason(StrEnum):
    """Why a child is erased."""

    TIME_IS_OVER = "time_is_over"
    ASKED_FOR = "asked_for"
    MISTAKE = "mistake"


class RetentionRule(Base):
    """Names are kept so many years after the last campaign of a child was sealed."""

    __tablename__ = "retention_rule"
    __table_args__ = (CheckConstraint("years BETWEEN 1 AND 30", name="some_years"),)

    bureau_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    years: Mapped[int]
    set_at: Mapped[dt.datetime]
    set_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class Erasure(Base):
    """A child was erased, by a person, for a reason; its certificate is printed from this."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reason: Mapped[Reason] = mapped_column(word(Reason))
    erased_at: Mapped[dt.datetime]
    erased_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
