"""What is done with a spot check: drawn, filled in child by child, closed or abandoned. Nothing is deleted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.campaigns.models import Campaign
from app.people.actors import Actor
from app.spotchecks.drawing import draw, frame_digest
from app.spotchecks.models import OUTCOMES, Outcome, SpotCheck, SpotItem, SpotKind, SpotState
from app.spotchecks.queries import frame
from app.spotchecks.sizing import sample_size


class NobodyToDraw(ValueError):
    """No child of the campaign has been checked with a certificate."""


class SeedUsed(ValueError):
    """This seed was drawn by already."""


class Ended(ValueError):
    """The spot check is closed or abandoned."""


class NotOurs(ValueError):
    """Another office drew this sample."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the size is reckoned from; shares in per mille."""

    kind: SpotKind
    seed: str
    expected: int
    precision: int
    line: str | None = None
    target: int = 950


def draw_sample(session: Session, *, by: Actor, now: dt.datetime, campaign: Campaign, plan: Plan) -> SpotCheck:
    """Draw as the published algorithm says. Raises NobodyToDraw, SeedUsed."""
    same = exists().where(
        SpotCheck.campaign_id == campaign.id, SpotCheck.seed == plan.seed, SpotCheck.kind == plan.kind
    )
    if session.scalar(select(same)):
        raise SeedUsed(plan.seed)
    framed = {one.enrolment_id: one for one in frame(session, campaign)}
    strata: dict[int, list[int]] = {}
    for one in framed.values():
        strata.setdefault(one.school_id, []).append(one.enrolment_id)
    if not framed:
        raise NobodyToDraw
    wanted = sample_size(len(framed), plan.expected / 1000, plan.precision / 1000)
    drawn = draw(plan.seed, strata, wanted)
    found = SpotCheck(
        campaign_id=campaign.id,
        organisation_id=by.organisation_id,
        kind=plan.kind,
        line=plan.line,
        target=plan.target,
        seed=plan.seed,
        expected=plan.expected,
        precision=plan.precision,
        population=len(framed),
        size=sum(len(numbers) for numbers in drawn.values()),
        frame=frame_digest(strata),
        drawn_at=now,
        drawn_by=by.user_id,
    )
    session.add(found)
    session.flush()
    for school, numbers in drawn.items():
        for position, number in enumerate(numbers, start=1):
            one = framed[number]
            session.add(
                SpotItem(
                    spot_check_id=found.id,
                    school_id=school,
                    enrolment_id=number,
                    child_id=one.child_id,
                    check_id=one.check_id,
                    clerk_id=one.clerk_id,
                    position=position,
                )
            )
    session.flush()
    detail = {"seed": f"seed:{plan.seed}", "size": found.size, "population": found.population, "frame": found.frame}
    record(session, by=by, now=now, action="spot_check.drawn", subject=("spot_check", found.id), detail=detail)
    return found


def enter(
    session: Session, *, by: Actor, now: dt.datetime, found: SpotCheck, outcomes: Mapping[int, Outcome | None]
) -> int:
    """Keep what was found, by item; None takes an entry back. How many changed. Raises Ended."""
    _must_be_open(found)
    items = session.scalars(
        select(SpotItem).where(SpotItem.spot_check_id == found.id, SpotItem.id.in_(outcomes)).with_for_update()
    )
    changed = 0
    for item in items:
        outcome = outcomes[item.id]
        if outcome is not None and outcome not in OUTCOMES[found.kind]:
            raise ValueError(f"{outcome} is not found in a spot check of {found.kind}.")
        if outcome is item.outcome:
            continue
        item.outcome = outcome
        item.found_at, item.found_by, item.found_as = (now, by.user_id, by.role) if outcome else (None, None, None)
        changed += 1
    session.flush()
    if changed:
        subject = ("spot_check", found.id)
        record(session, by=by, now=now, action="spot_check.entered", subject=subject, detail={"children": changed})
    return changed


def must_be_own(by: Actor, found: SpotCheck) -> None:
    """Whoever drew it ends it. Raises NotOurs."""
    if found.organisation_id != by.organisation_id:
        raise NotOurs


def close(session: Session, *, by: Actor, now: dt.datetime, found: SpotCheck) -> None:
    """Nothing is filled in any more. Raises Ended."""
    _end(session, by, now, found, SpotState.CLOSED, "spot_check.closed")


def abandon(session: Session, *, by: Actor, now: dt.datetime, found: SpotCheck) -> None:
    """It counts for nothing and stays on the list with its seed. Raises Ended."""
    _end(session, by, now, found, SpotState.ABANDONED, "spot_check.abandoned")


def _end(session: Session, by: Actor, now: dt.datetime, found: SpotCheck, state: SpotState, action: str) -> None:
    _must_be_open(found)
    found.state, found.ended_at = state, now
    session.flush()
    record(session, by=by, now=now, action=action, subject=("spot_check", found.id))


def _must_be_open(found: SpotCheck) -> None:
    if found.state is not SpotState.DRAWN:
        raise Ended
