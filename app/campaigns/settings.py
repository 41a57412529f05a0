"""What a bureau decides about a campaign, and what makes no sense together."""

import datetime as dt
from dataclasses import dataclass, fields
from enum import StrEnum

from app.campaigns.models import Campaign, Kind, Round

#: The 2021 办法: the check is finished within thirty days. A county may ask for less, never allow more.
LONGEST_DEADLINE = 30
#: Days after day 0, and percent.
_USUAL_MILESTONES = ((14, 50), (19, 90), (29, 100))


class Fault(StrEnum):
    """What is wrong with the settings; `app.campaigns.wording` has the sentences."""

    NO_KIND = "no_kind"
    JOINS_LATE = "joins_late"
    TOO_MANY_DAYS = "too_many_days"
    LIST_DAYS = "list_days"
    CHECKS_BEFORE_TERM = "checks_before_term"
    SUMS_UP_EARLY = "sums_up_early"
    SUMS_UP_LATE = "sums_up_late"
    CATCHES_UP_BEFORE_TERM = "catches_up_before_term"
    CATCHES_UP_BACKWARDS = "catches_up_backwards"
    RECHECKS_EARLY = "rechecks_early"
    RECHECKS_LATE = "rechecks_late"
    CUTOFF = "cutoff"
    MILESTONE_DAY = "milestone_day"
    MILESTONE_SHARE = "milestone_share"
    MILESTONE_ORDER = "milestone_order"


@dataclass(frozen=True, slots=True)
class Milestone:
    """By this day, this many percent of everybody expected are to be checked."""

    day: dt.date
    share: int


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything of a campaign but its round, its edition and its state, which have actions of their own."""

    name: str
    kinds: tuple[Kind, ...]
    first_day: dt.date
    joins_from: dt.date
    deadline_days: int
    list_within_days: int | None
    checking_from: dt.date
    summarising_from: dt.date
    catch_up_from: dt.date
    catch_up_until: dt.date
    recheck_by: dt.date
    cutoff_hour: int
    due_counts: bool
    milestones: tuple[Milestone, ...] = ()
    focus: tuple[str, ...] = ()

    @property
    def deadline(self) -> dt.date:
        return self.first_day + dt.timedelta(self.deadline_days)


#: The field of a form that shows each fault.
PLACE = {
    Fault.NO_KIND: "kinds",
    Fault.JOINS_LATE: "joins_from",
    Fault.TOO_MANY_DAYS: "deadline_days",
    Fault.LIST_DAYS: "list_within_days",
    Fault.CHECKS_BEFORE_TERM: "checking_from",
    Fault.SUMS_UP_EARLY: "summarising_from",
    Fault.SUMS_UP_LATE: "summarising_from",
    Fault.CATCHES_UP_BEFORE_TERM: "catch_up_from",
    Fault.CATCHES_UP_BACKWARDS: "catch_up_until",
    Fault.RECHECKS_EARLY: "recheck_by",
    Fault.RECHECKS_LATE: "recheck_by",
    Fault.CUTOFF: "cutoff_hour",
    Fault.MILESTONE_DAY: "milestones",
    Fault.MILESTONE_SHARE: "milestones",
    Fault.MILESTONE_ORDER: "milestones",
}


def faults_of(wanted: Settings) -> list[Fault]:
    """Everything that is wrong, in the order of the page."""
    years_end = dt.date(wanted.first_day.year, 12, 31)
    wrong = {
        Fault.NO_KIND: not wanted.kinds,
        Fault.JOINS_LATE: wanted.joins_from > wanted.first_day,
        Fault.TOO_MANY_DAYS: not 1 <= wanted.deadline_days <= LONGEST_DEADLINE,
        Fault.LIST_DAYS: wanted.list_within_days is not None and not 1 <= wanted.list_within_days <= LONGEST_DEADLINE,
        Fault.CHECKS_BEFORE_TERM: wanted.checking_from < wanted.first_day,
        Fault.SUMS_UP_EARLY: wanted.summarising_from < wanted.checking_from,
        Fault.SUMS_UP_LATE: wanted.summarising_from > wanted.deadline,
        Fault.CATCHES_UP_BEFORE_TERM: wanted.catch_up_from < wanted.first_day,
        Fault.CATCHES_UP_BACKWARDS: wanted.catch_up_until < wanted.catch_up_from,
        Fault.RECHECKS_EARLY: wanted.recheck_by <= max(wanted.deadline, wanted.catch_up_from),
        Fault.RECHECKS_LATE: wanted.recheck_by > years_end or wanted.recheck_by < wanted.catch_up_until,
        Fault.CUTOFF: not 0 <= wanted.cutoff_hour <= 23,
    }
    return [fault for fault, there in wrong.items() if there] + _milestone_faults(wanted)


def settings_of(campaign: Campaign) -> Settings:
    kept = {field.name: getattr(campaign, field.name) for field in fields(Settings)}
    milestones = tuple(milestones_of(campaign))
    kinds = tuple(Kind(kind) for kind in campaign.kinds)
    return Settings(**{**kept, "kinds": kinds, "milestones": milestones, "focus": tuple(campaign.focus)})


def milestones_of(campaign: Campaign) -> list[Milestone]:
    return [Milestone(dt.date.fromisoformat(one["day"]), one["share"]) for one in campaign.milestones]


def as_columns(wanted: Settings) -> dict[str, object]:
    """As a campaign keeps them."""
    kept = {field.name: getattr(wanted, field.name) for field in fields(Settings)}
    return {
        **kept,
        "kinds": [kind.value for kind in wanted.kinds],
        "focus": list(wanted.focus),
        "milestones": [{"day": one.day.isoformat(), "share": one.share} for one in wanted.milestones],
    }


def usual(name: str, round_: Round, first_day: dt.date) -> Settings:
    """What most districts choose: the dates of a September, counted from day 0."""
    last = dt.date(first_day.year, 12, 31) if round_ is Round.AUTUMN else first_day + dt.timedelta(135)
    return Settings(
        name=name,
        kinds=tuple(Kind),
        first_day=first_day,
        joins_from=first_day - dt.timedelta(62 if round_ is Round.AUTUMN else 31),
        deadline_days=LONGEST_DEADLINE,
        list_within_days=7,
        checking_from=first_day + dt.timedelta(9),
        summarising_from=first_day + dt.timedelta(19),
        catch_up_from=first_day + dt.timedelta(LONGEST_DEADLINE),
        catch_up_until=first_day + dt.timedelta(90),
        recheck_by=last,
        cutoff_hour=17,
        due_counts=True,
        milestones=tuple(Milestone(first_day + dt.timedelta(days), share) for days, share in _USUAL_MILESTONES),
    )


def _milestone_faults(wanted: Settings) -> list[Fault]:
    found = []
    days, shares = [one.day for one in wanted.milestones], [one.share for one in wanted.milestones]
    if any(not wanted.first_day <= day <= wanted.deadline for day in days):
        found.append(Fault.MILESTONE_DAY)
    if any(not 1 <= share <= 100 for share in shares):
        found.append(Fault.MILESTONE_SHARE)
    if any(later <= day for day, later in zip(days, days[1:], strict=False)) or any(
        more <= share for share, more in zip(shares, shares[1:], strict=False)
    ):
        found.append(Fault.MILESTONE_ORDER)
    return found
