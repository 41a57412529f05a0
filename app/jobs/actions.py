"""What is done to long work: asked for, begun, cancelled, taken up again, ended. Files are fetched and forgotten."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.config import Settings
from app.jobs import keeping
from app.jobs.models import GOING_ON, Failure, Job, JobFile, JobKind, JobPart, JobState, JobWorker
from app.jobs.queries import files_of
from app.people.actors import Actor
from app.people.models import User
from app.people.sessions import actor_of
from app.schools.models import Organisation


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a job, asked for: its label, what is in it by numbers, how much that is."""

    label: str
    of: Mapping[str, Any]
    total: int


def ask(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    on: dt.date,
    kind: JobKind,
    pieces: Sequence[Piece],
    choices: Mapping[str, Any],
    campaign_id: int | None = None,
) -> Job:
    """A new job of this person; whoever calls it hands it to the queue after the transaction."""
    if not pieces:
        raise ValueError("A job without parts is no work.")
    job = Job(
        kind=kind,
        state=JobState.WAITING,
        user_id=by.user_id,
        organisation_id=by.organisation_id,
        role=by.role,
        class_id=by.class_id,
        campaign_id=campaign_id,
        choices=dict(choices),
        on_day=on,
        total=sum(one.total for one in pieces),
        asked_at=now,
    )
    session.add(job)
    session.flush()
    session.add_all(
        JobPart(job_id=job.id, position=at, label=one.label, of=dict(one.of), total=one.total)
        for at, one in enumerate(pieces, start=1)
    )
    session.flush()
    detail = {"kind": kind.value, "parts": len(pieces), "total": job.total}
    record(session, by=by, now=now, action="job.asked", subject=("job", job.id), detail=detail)
    return job


def begin(session: Session, *, now: dt.datetime, job: Job) -> bool:
    """Somebody works on it from now on; False where nobody should. After a crash it goes on as it stands."""
    if job.state is JobState.WAITING:
        job.state, job.started_at = JobState.RUNNING, now
        session.flush()
    return job.state is JobState.RUNNING


def cancel(session: Session, settings: Settings, *, by: Actor, now: dt.datetime, job: Job) -> None:
    """No further part is begun. What was made stays to be fetched. Twice changes nothing."""
    if job.state not in GOING_ON:
        return
    job.state, job.ended_at = JobState.CANCELLED, now
    keeping.forget(settings, [one for one in files_of(session, job, offered=False) if not one.offered], now)
    session.flush()
    detail = {"done": job.done, "total": job.total}
    record(session, by=by, now=now, action="job.cancelled", subject=("job", job.id), detail=detail)


def go_on(session: Session, *, by: Actor, now: dt.datetime, job: Job) -> bool:
    """Take up what was cancelled or failed: parts that are made are not made again. False where there is nothing to."""
    if job.state not in {JobState.CANCELLED, JobState.FAILED}:
        return False
    _make_pieces_again(session, job)
    job.state, job.failed_because, job.ended_at, job.started_at = JobState.WAITING, None, None, None
    job.attempt += 1
    session.flush()
    record(session, by=by, now=now, action="job.taken_up", subject=("job", job.id), detail={"attempt": job.attempt})
    return True


def end(session: Session, *, now: dt.datetime, job: Job, failure: Failure | None = None) -> None:
    """It is done, or it failed. One that was cancelled meanwhile stays cancelled."""
    if job.state not in GOING_ON:
        return
    job.state = JobState.FAILED if failure else JobState.DONE
    job.failed_because, job.ended_at = failure, now
    session.flush()
    detail = {"state": job.state.value, "done": job.done, "skipped": job.skipped}
    record(session, by=person_of(session, job), now=now, action="job.ended", subject=("job", job.id), detail=detail)


def fetch(session: Session, settings: Settings, *, by: Actor, now: dt.datetime, job: Job, file: JobFile) -> bytes:
    """The file in clear; from now on it has only minutes. Raises Gone."""
    content = keeping.taken_out(session, settings, file)
    file.expires_at = min(file.expires_at, now + keeping.FETCHED_KEPT)
    file.fetched_at = file.fetched_at or now
    session.flush()
    record(session, by=by, now=now, action="job.fetched", subject=("job", job.id), detail={"file": file.id})
    return content


def expire(session: Session, settings: Settings, *, now: dt.datetime) -> int:
    """What has had its time goes; how many files."""
    over = session.scalars(select(JobFile).where(JobFile.gone_at.is_(None), JobFile.expires_at <= now)).all()
    count = keeping.forget(settings, over, now)
    session.flush()
    if count:
        record(session, by=None, now=now, action="job.files_gone", detail={"files": count})
    return count


def person_of(session: Session, job: Job) -> Actor | None:
    """Who asked, if that is still the same person in the same place and role."""
    user = session.get(User, job.user_id)
    if user is None or not user.active:
        return None
    actor = actor_of(user, session.get_one(Organisation, user.organisation_id))
    same = (actor.organisation_id, actor.role, actor.class_id) == (job.organisation_id, job.role, job.class_id)
    return actor if same else None


def sign_of_life(session: Session, *, now: dt.datetime) -> None:
    """The worker is there."""
    if session.execute(update(JobWorker).where(JobWorker.id == 1).values(seen_at=now)).rowcount == 0:
        session.add(JobWorker(id=1, seen_at=now))
        session.flush()


def _make_pieces_again(session: Session, job: Job) -> None:
    """Pieces of an archive that were forgotten with the cancelling are to be made once more; they are not prints."""
    lost = select(JobFile).where(JobFile.job_id == job.id, JobFile.gone_at.is_not(None), ~JobFile.offered)
    rows = session.scalars(lost).all()
    parts = {one.part_id for one in rows}
    for row in rows:
        session.delete(row)
    for part in session.scalars(select(JobPart).where(JobPart.job_id == job.id, JobPart.id.in_(parts))):
        part.made_at = None
        job.done -= part.total
    session.flush()
