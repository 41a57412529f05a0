"""The bureau in the first two days: their cut-offs, a visit, a spot check half filled in, every check judged again."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import replay_actions
from app.campaigns.models import Campaign
from app.clock import CHINA
from app.demo.chance import Chance
from app.demo.district import District
from app.editions.choosing import in_force
from app.inspection.actions import Found, put_right, write_down
from app.inspection.models import FindingKind, VisitFinding
from app.oversight.keeping import closings
from app.spotchecks.actions import Plan, draw_sample, enter
from app.spotchecks.models import Outcome, SpotItem, SpotKind

_EVENING = dt.datetime(2026, 9, 2, 17, 30, tzinfo=CHINA)
#: What everybody can read in the newspaper of that day, and nobody can choose.
_SEED = "2026-09-02"
_PLAN = Plan(SpotKind.RECORDS, _SEED, expected=50, precision=50)
#: Of a hundred booklets so many did not agree, and so many children were not there.
_WRONG, _AWAY = 4, 3


def close_day(session: Session, day: dt.date) -> None:
    """The cut-off of a day, for the boards that look back."""
    campaign = session.scalars(select(Campaign)).one()
    closings(session, campaign, dt.datetime.combine(day, dt.time(campaign.cutoff_hour), CHINA))


def oversee(session: Session, district: District) -> None:
    campaign = session.scalars(select(Campaign)).one()
    _visit(session, district)
    _spot_check(session, district, campaign)
    auditor, today = district.actors["auditor"], in_force(_EVENING.date().toordinal()).value
    whole = {"place": district.places["bureau"], "today": today, "size": None, "seed": ""}
    run = replay_actions.begin(session, by=auditor, now=_EVENING, **whole)
    replay_actions.go_on(session, now=_EVENING, run=run, in_time=lambda: True)


def _visit(session: Session, district: District) -> None:
    auditor, day = district.actors["auditor"], _EVENING.date()
    findings = (
        Found(FindingKind.PRIVACY, "接种证收上来放在走廊的桌上，没有人看着。", day + dt.timedelta(1)),
        Found(FindingKind.BOOKLETS, "3 本接种证还没有退给家长。", day + dt.timedelta(5)),
    )
    place = district.places["lab"]
    visit = write_down(session, by=auditor, now=_EVENING, school=place, day=day, findings=findings)
    first = session.scalars(select(VisitFinding).where(VisitFinding.visit_id == visit.id, VisitFinding.position == 1))
    put_right(session, by=auditor, now=_EVENING, on=day, finding=first.one())


def _spot_check(session: Session, district: District, campaign: Campaign) -> None:
    """The larger school has gone through its list; the other one has not begun."""
    found = draw_sample(session, by=district.actors["auditor"], now=_EVENING, campaign=campaign, plan=_PLAN)
    lab = district.places["lab"].id
    own = select(SpotItem).where(SpotItem.spot_check_id == found.id, SpotItem.school_id == lab)
    outcomes = {one.id: _outcome(one.position) for one in session.scalars(own)}
    enter(session, by=district.actors["head"], now=_EVENING, found=found, outcomes=outcomes)


def _outcome(position: int) -> Outcome:
    lot = Chance("spot check", str(position)).between(1, 100)
    if lot <= _WRONG:
        return Outcome.DIFFERS if lot % 2 else Outcome.MISSING_HERE
    return Outcome.NOT_SEEN if lot <= _WRONG + _AWAY else Outcome.AGREES
