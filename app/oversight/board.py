"""The board as numbers: every school in scope with its counts, and groups of them. A few questions for any number."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.pace import goals_of
from app.campaigns.queries import deadline
from app.clock import CHINA
from app.counting.figures import Figures
from app.counting.indicators import Indicator, Reported, indicators_of
from app.oversight.keeping import counts_closed
from app.oversight.measures import Measures, checked, expected, figures_from, sum_up, under
from app.oversight.models import BoardClosing, BoardSchool
from app.oversight.refreshing import refresh
from app.oversight.watching import Place, places_watched
from app.people.actors import Actor
from app.reports.models import Report
from app.reports.standing import GIVEN, Standing
from app.schools.models import Organisation


class By(StrEnum):
    """How schools are put together."""

    TOWNSHIP = "township"
    STAGE = "stage"
    OWNERSHIP = "ownership"


@dataclass(frozen=True)
class Stand:
    """A school in numbers. Nobody is named."""

    place: Place
    measures: Measures
    standing: Standing

    @property
    def school(self) -> Organisation:
        return self.place.school

    @cached_property
    def expected(self) -> int:
        return expected(self.measures)

    @cached_property
    def checked(self) -> int:
        return checked(self.measures)

    @property
    def complete(self) -> int:
        return self.measures.get("result.complete", 0)

    @cached_property
    def begun(self) -> bool:
        return self.checked > 0

    @property
    def share_checked(self) -> float:
        return self.checked / self.expected if self.expected else 1.0

    @property
    def finished(self) -> bool:
        return self.begun and self.checked == self.expected


@dataclass(frozen=True)
class Group:
    """Some schools together."""

    name: str
    stands: tuple[Stand, ...]
    measures: Measures

    @cached_property
    def figures(self) -> Figures:
        begun = sum(one.begun for one in self.stands)
        return figures_from(self.measures, schools=len(self.stands), begun=begun)

    @property
    def reported(self) -> Reported:
        listed = [one for one in self.stands if one.standing.listed_on is not None]
        return Reported(len(self.stands), len(listed), sum(one.standing.in_time for one in listed))

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {one.code: one for one in indicators_of(self.figures, self.reported)}

    @cached_property
    def main_rates(self) -> dict[str, Indicator]:
        """Those without a vaccine: a table of groups asks for no other."""
        return {one.code: one for one in indicators_of(self.figures, self.reported, lines=())}

    @property
    def by_need(self) -> list[Stand]:
        """Who has not begun, then by the share that is still to be looked at."""
        return sorted(self.stands, key=lambda one: (one.begun, one.share_checked, one.school.name))

    @cached_property
    def silent(self) -> list[Stand]:
        """Who has not begun, the largest first."""
        return sorted((one for one in self.stands if not one.begun), key=lambda one: (-one.expected, one.school.name))

    @property
    def by_day(self) -> dict[dt.date, int]:
        """How many children were looked at first on each counting day."""
        return {dt.date.fromisoformat(day): number for day, number in sorted(under(self.measures, "day"))}


@dataclass(frozen=True, slots=True)
class Board:
    """What one person watches over in one campaign, now or as a cut-off closed it.

    `cells`: the schools that no grouping tells apart, summed up once. `left`: classes whose changes are still to be
    counted. `closed_at`: when the counts were taken, None for those of this moment.
    """

    campaign: Campaign
    today: dt.date
    whole: Group
    cells: tuple[Group, ...]
    left: int = 0
    closed_at: dt.datetime | None = None

    @property
    def behind(self) -> list[Stand]:
        """Who has begun and is below the share of the last milestone, the least first."""
        due = max((one.share for one in goals_of(self.campaign) if one.day <= self.today), default=0)
        late = [one for one in self.whole.stands if one.begun and 100 * one.checked < due * one.expected]
        return sorted(late, key=lambda one: (one.share_checked, one.school.name))

    def groups(self, by: By) -> list[Group]:
        parts: dict[str, list[Group]] = {}
        for cell in self.cells:
            parts.setdefault(_KEYS[by](cell.stands[0]), []).append(cell)
        return [
            Group(name, tuple(one for cell in found for one in cell.stands), sum_up(cell.measures for cell in found))
            for name, found in sorted(parts.items())
        ]


def board_of(session: Session, actor: Actor, campaign: Campaign, today: dt.date) -> Board:
    """As of this moment: counts what changed, then adds up."""
    left = refresh(session, campaign, today)
    return _board(campaign, today, _stands(session, campaign, places_watched(session, actor, campaign)), left=left)


def board_closed(session: Session, actor: Actor, campaign: Campaign, closing: BoardClosing) -> Board:
    """As the cut-off of a day closed it; a list counts if it had left by then and was not sent back since."""
    places, kept = places_watched(session, actor, campaign), counts_closed(session, campaign, closing.day)
    stands = _put_together(campaign, places, kept, _lists(session, campaign, until=closing.closed_at))
    return _board(campaign, closing.day, stands, closed_at=closing.closed_at)


def stand_of(session: Session, actor: Actor, campaign: Campaign, today: dt.date, school_id: int) -> Stand | None:
    """One school as of this moment; None where it is not in scope."""
    refresh(session, campaign, today)
    found = _stands(session, campaign, places_watched(session, actor, campaign, school_id), school_id)
    return found[0] if found else None


def group_of(name: str, stands: Iterable[Stand]) -> Group:
    found = tuple(stands)
    return Group(name, found, sum_up(one.measures for one in found))


def _board(campaign: Campaign, day: dt.date, stands: list[Stand], **more: Any) -> Board:
    alike: dict[tuple[str, ...], list[Stand]] = {}
    for one in stands:
        alike.setdefault(tuple(key(one) for key in _KEYS.values()), []).append(one)
    cells = tuple(group_of("", found) for found in alike.values())
    whole = Group("", tuple(stands), sum_up(cell.measures for cell in cells))
    return Board(campaign, day, whole, cells, **more)


def _stands(session: Session, campaign: Campaign, places: list[Place], only: int | None = None) -> list[Stand]:
    wanted = select(BoardSchool.school_id, BoardSchool.children).where(BoardSchool.campaign_id == campaign.id)
    if only is not None:
        wanted = wanted.where(BoardSchool.school_id == only)
    kept: dict[int, Measures] = dict(session.execute(wanted).all())
    return _put_together(campaign, places, kept, _lists(session, campaign))


def _put_together(
    campaign: Campaign,
    places: list[Place],
    kept: Mapping[int, Measures],
    lists: Mapping[int, Mapping[int, dt.datetime]],
) -> list[Stand]:
    nothing: Measures = {}
    until = deadline(campaign)
    stands = []
    for place in places:
        measures = kept.get(place.school.id, nothing)
        standing = _standing(campaign, until, place.school, measures, lists.get(place.school.id, {}))
        stands.append(Stand(place, measures, standing))
    return stands


def _lists(session: Session, campaign: Campaign, until: dt.datetime | None = None) -> dict[int, dict[int, dt.datetime]]:
    """By school and health center: when the first list left."""
    given = (
        select(Report.school_id, Report.health_center_id, func.min(Report.sent_at))
        .where(Report.campaign_id == campaign.id, Report.state.in_(GIVEN))
        .group_by(Report.school_id, Report.health_center_id)
    )
    if until is not None:
        given = given.where(Report.sent_at <= until)
    sent: dict[int, dict[int, dt.datetime]] = {}
    for school, center, moment in session.execute(given):
        sent.setdefault(school, {})[center] = moment
    return sent


def _standing(
    campaign: Campaign, until: dt.date, school: Organisation, measures: Measures, sent: Mapping[int, dt.datetime]
) -> Standing:
    """As `app.reports.standing` says, from what is counted already."""
    everybody = measures.get("on_time.all", 0)
    if campaign.list_within_days is not None and everybody and everybody == measures.get("on_time.seen", 0):
        last = max(dt.date.fromisoformat(day) for day, _number in under(measures, "looked"))
        until = min(until, last + dt.timedelta(days=campaign.list_within_days))
    centers = {int(one) or school.default_health_center_id for one, _number in under(measures, "center")}
    moments = [sent.get(one or 0) for one in centers] if centers else list(sent.values())
    known = [one for one in moments if one is not None]
    if not known or len(known) < len(moments):
        return Standing(until)
    return Standing(until, max(known).astimezone(CHINA).date())


def _township(one: Stand) -> str:
    return one.place.township


def _stage(one: Stand) -> str:
    return one.school.stage.value if one.school.stage else ""


def _ownership(one: Stand) -> str:
    return one.school.ownership.value if one.school.ownership else ""


_KEYS: dict[By, Callable[[Stand], str]] = {By.TOWNSHIP: _township, By.STAGE: _stage, By.OWNERSHIP: _ownership}
