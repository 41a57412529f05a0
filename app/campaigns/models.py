"""Tables of campaigns: one round of checking in one district, and what its schools have prepared."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class Round(StrEnum):
    AUTUMN = "autumn"
    SPRING = "spring"


class Kind(StrEnum):
    """Whose entry is checked: 入托, 入学, 转学插班 (whoever joins a running class, guests too)."""

    KINDERGARTEN = "kindergarten"
    SCHOOL = "school"
    JOINING = "joining"


class CampaignState(StrEnum):
    """Preparing: only seen by the bureau; open: schools check; sealed: nothing changes any more."""

    PREPARING = "preparing"
    OPEN = "open"
    SEALED = "sealed"


def _days_on(days: int) -> Callable[[Any], dt.date]:
    """So many days after day 0, where nobody said otherwise."""

    def day(context: Any) -> dt.date:
        first: dt.date = context.get_current_parameters()["first_day"]
        return first + dt.timedelta(days)

    return day


class Campaign(Base):
    """A round of checking, set up by a bureau for its schools."""

    __tablename__ = "campaign"
    __table_args__ = (
        UniqueConstraint("bureau_id", "year", "round"),
        CheckConstraint("joins_from <= first_day", name="joins_before_it_begins"),
        CheckConstraint("recheck_by > first_day", name="rechecks_after_it_begins"),
        CheckConstraint("cutoff_hour BETWEEN 0 AND 23", name="cut_off_at_an_hour"),
        CheckConstraint("deadline_days > 0", name="some_days_to_check"),
        CheckConstraint("checking_from <= summarising_from", name="summarises_what_was_checked"),
        CheckConstraint("catch_up_from <= catch_up_until", name="catches_up_forwards"),
        CheckConstraint("(state = 'sealed') = (sealed_at IS NOT NULL)", name="sealed_on_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bureau_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    round: Mapped[Round] = mapped_column(word(Round))
    #: Whose entry is checked (`Kind`).
    kinds: Mapped[list[str]] = mapped_column(JSON, default=lambda: [kind.value for kind in Kind])
    #: First day of term: day 0 of the thirty days.
    first_day: Mapped[dt.date]
    #: Enrolments from this day on are new entrants, transfers or mid-year joiners of the campaign.
    joins_from: Mapped[dt.date]
    #: The check is finished this many days after day 0 (or after a child's own first day).
    deadline_days: Mapped[int] = mapped_column(default=30)
    #: Older local rules: the list within this many days of finishing the check. None: switched off.
    list_within_days: Mapped[int | None]
    #: The timeline of every school: until the first of these it prepares, then it checks, then it sums up.
    checking_from: Mapped[dt.date] = mapped_column(default=_days_on(9))
    summarising_from: Mapped[dt.date] = mapped_column(default=_days_on(19))
    #: The window in which the health centers catch up; from the day after it the schools look again.
    catch_up_from: Mapped[dt.date] = mapped_column(default=_days_on(30))
    catch_up_until: Mapped[dt.date] = mapped_column(default=_days_on(90))
    recheck_by: Mapped[dt.date]
    #: Figures of a day are taken at this hour, Chinese time.
    cutoff_hour: Mapped[int] = mapped_column(default=17)
    #: Do doses that are only due (not overdue) make a child 需补种? Otherwise it is 到龄待种.
    due_counts: Mapped[bool] = mapped_column(default=True)
    #: The rule edition that judges; changing it is an action of its own.
    edition: Mapped[str] = mapped_column(String(32))
    #: Milestones: [{"day": "2026-09-15", "share": 50}, …]: how many percent are to be checked by then.
    milestones: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    #: Lines that the district looks at most closely this time.
    focus: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[CampaignState] = mapped_column(word(CampaignState))
    created_at: Mapped[dt.datetime]
    opened_at: Mapped[dt.datetime | None]
    sealed_at: Mapped[dt.datetime | None]


class Preparation(Base):
    """One thing of the checklist before the start that a school has ticked."""

    __tablename__ = "campaign_preparation"
    __table_args__ = (UniqueConstraint("campaign_id", "school_id", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Which thing: `app.campaigns.preparing.Item`.
    item: Mapped[str] = mapped_column(String(32))
    done_at: Mapped[dt.datetime]
    done_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
