"""Questions about long work: the jobs of a person, what is made already, how long the rest will take."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.jobs.models import GOING_ON, Job, JobFile, JobPart, JobState, JobWorker
from app.people.actors import Actor

#: A worker says that it is there every few seconds; silent for so long, it is not.
SILENT_AFTER = dt.timedelta(seconds=45)
#: Too little was done to say how long the rest takes.
_FEW = 3


def jobs_in_scope(actor: Actor) -> Select[tuple[Job]]:
    """The person's own jobs, asked for as what the person is today."""
    return select(Job).where(
        Job.user_id == actor.user_id,
        Job.organisation_id == actor.organisation_id,
        Job.role == actor.role,
        Job.class_id.is_(None) if actor.class_id is None else Job.class_id == actor.class_id,
    )


def job_or_404(session: Session, actor: Actor, job_id: int) -> Job:
    return session.scalars(jobs_in_scope(actor).where(Job.id == job_id)).one_or_none() or abort(404)


def file_or_404(session: Session, actor: Actor, job_id: int, file_id: int) -> tuple[Job, JobFile]:
    job = job_or_404(session, actor, job_id)
    wanted = select(JobFile).where(JobFile.id == file_id, JobFile.job_id == job.id, JobFile.offered)
    return job, session.scalars(wanted).one_or_none() or abort(404)


def recent_jobs(session: Session, actor: Actor, limit: int = 30) -> Sequence[Job]:
    """Newest first."""
    return session.scalars(jobs_in_scope(actor).order_by(Job.id.desc()).limit(limit)).all()


def parts_of(session: Session, job: Job) -> Sequence[JobPart]:
    return session.scalars(select(JobPart).where(JobPart.job_id == job.id).order_by(JobPart.position)).all()


def files_of(session: Session, job: Job, *, offered: bool = True) -> Sequence[JobFile]:
    """What was made, in the order of the parts; what stands for the whole comes last."""
    wanted = (
        select(JobFile)
        .outerjoin(JobPart, JobPart.id == JobFile.part_id)
        .where(JobFile.job_id == job.id, JobFile.offered if offered else JobFile.gone_at.is_(None))
    )
    return session.scalars(wanted.order_by(JobFile.part_id.is_(None), JobPart.position, JobFile.id)).all()


def going_on(session: Session) -> Sequence[Job]:
    return session.scalars(select(Job).where(Job.state.in_(GOING_ON)).order_by(Job.id)).all()


def somebody_works(session: Session, now: dt.datetime) -> bool:
    seen = session.scalar(select(JobWorker.seen_at).where(JobWorker.id == 1))
    return seen is not None and abs(now - seen) < SILENT_AFTER


@dataclass(frozen=True, slots=True)
class Progress:
    """A job as its page shows it."""

    job: Job
    parts: Sequence[JobPart]
    files: Sequence[JobFile]
    #: Seconds that the rest will take; None where that cannot be said.
    seconds_left: float | None
    somebody_works: bool

    @property
    def goes_on(self) -> bool:
        return self.job.state in GOING_ON


def progress_of(session: Session, job: Job, now: dt.datetime) -> Progress:
    return Progress(job, parts_of(session, job), files_of(session, job), _left(job, now), somebody_works(session, now))


def _left(job: Job, now: dt.datetime) -> float | None:
    if job.state is not JobState.RUNNING or job.started_at is None or job.done < _FEW:
        return None
    elapsed = (now - job.started_at).total_seconds()
    return elapsed / job.done * (job.total - job.done)
