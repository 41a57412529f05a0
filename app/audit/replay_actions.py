"""Many checks judged again, a few seconds at a time: a run is begun, goes on, and ends when all of it is done."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.audit.models import ReplayRun
from app.audit.replay_queries import checks_of
from app.audit.replaying import replay
from app.checks.models import Check
from app.people.actors import Actor
from app.schools.models import Organisation

#: Alarms are kept by number up to here; all are counted.
MOST_ALARMS = 200
_AT_A_TIME = 100


def begin(
    session: Session, *, by: Actor, now: dt.datetime, place: Organisation, today: str, size: int | None, seed: str
) -> ReplayRun:
    """A new run over all checks of a place, or over `size` of them drawn by `seed`."""
    number, newest = session.execute(
        checks_of(place).with_only_columns(func.count(), func.coalesce(func.max(Check.id), 0))
    ).one()
    run = ReplayRun(
        place_id=place.id,
        sample_size=size,
        seed=seed,
        started_at=now,
        started_by=by.user_id,
        today=today,
        newest_check=newest,
        total=number if size is None else min(size, number),
        ended_at=None if number else now,
    )
    session.add(run)
    session.flush()
    detail = {"run": run.id, "total": run.total, "seed": f"seed:{seed}", "today": today}
    record(session, by=by, now=now, action="check.replayed", subject=("organisation", place.id), detail=detail)
    return run


def go_on(session: Session, *, now: dt.datetime, run: ReplayRun, in_time: Callable[[], bool]) -> None:
    """Judge the next checks again while there is time."""
    place = session.get_one(Organisation, run.place_id)
    rest = [one for one in drawn(session, place, run) if one > run.reached]
    alarms, moves = list(run.alarms), dict(run.moves)
    for start in range(0, len(rest), _AT_A_TIME):
        if start and not in_time():
            break
        for check in session.scalars(
            select(Check).where(Check.id.in_(rest[start : start + _AT_A_TIME])).order_by(Check.id)
        ):
            found = replay(check.inputs, check.findings, check.edition, run.today)
            run.done, run.reached = run.done + 1, check.id
            run.equal += found.equal
            run.other_line += found.other_line
            if found.alarm and len(alarms) < MOST_ALARMS:
                alarms.append(check.id)
            if found.move:
                run.other_verdict += 1
                key = ">".join(found.move)
                moves[key] = moves.get(key, 0) + 1
    run.alarms, run.moves = alarms, moves
    if run.done >= run.total:
        run.ended_at = now
    session.flush()


def drawn(session: Session, place: Organisation, run: ReplayRun) -> Sequence[int]:
    """The rows of the run in their order: all, or those whose SHA-256 of seed and number comes first."""
    wanted = checks_of(place).where(Check.id <= run.newest_check)
    ids = session.scalars(wanted.with_only_columns(Check.id).order_by(Check.id)).all()
    if run.sample_size is None:
        return ids
    first = sorted(ids, key=lambda one: hashlib.sha256(f"{run.seed}:{one}".encode()).digest())
    return sorted(first[: run.sample_size])
