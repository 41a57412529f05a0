"""The table of campaigns: one round of checking in one district."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class Round(StrEnum):
    AUTUMN = "autumn"
    SPRING = "spring"


class CampaignState(StrEnum):
    """Preparing: only seen by the bureau; open: schools check; sealed: nothing changes any more."""

    PREPARING = "preparing"
    OPEN = "open"
    SEALED = "sealed"


class Campaign(Base):
    """A round of checking, set up by a bureau for its schools."""

    __tablename__ = "campaign"
    __table_args__ = (
        UniqueConstraint("bureau_id", "year", "round"),
        CheckConstraint("joins_from <= first_day", name="joins_before_it_begins"),
        CheckConstraint("recheck_by > first_day", name="rechecks_after_it_begins"),
        CheckConstraint("cutoff_hour BETWEEN 0 AND 23", name="cut_off_at_an_hour"),
        CheckConstraint("deadline_days > 0", name="some_days_to_check"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bureau_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    round: Mapped[Round] = mapped_column(word(Round))
    #: First day of term: day 0 of the thirty days.
    first_day: Mapped[dt.date]
    #: Enrolments from this day on are new entrants, transfers or mid-year joiners of the campaign.
    joins_from: Mapped[dt.date]
    #: The check is finished this many days after day 0 (or after a child's own first day).
    deadline_days: Mapped[int] = mapped_column(default=30)
    #: Older local rules: the list within this many days of finishing the check. None: switched off.
    list_within_days: Mapped[int | None]
    recheck_by: Mapped[dt.date]
    #: Figures of a day are taken at this hour, Chinese time.
    cutoff_hour: Mapped[int] = mapped_column(default=17)
    #: Do doses that are only due (not overdue) make a child 需补种? Otherwise it is 到龄待种.
    due_counts: Mapped[bool] = mapped_column(default=True)
    #: The rule edition that judges; changing it is an action of its own.
    edition: Mapped[str] = mapped_column(String(32))
    state: Mapped[CampaignState] = mapped_column(word(CampaignState))
    created_at: Mapped[dt.datetime]
