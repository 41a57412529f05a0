"""One job from its next part to its end. Each step may be done again after a crash and does nothing twice.

A part is recorded in one transaction, laid out in other processes, and kept in another transaction: what is recorded
is always made, also when somebody cancels in between.
"""

import logging
from collections import deque
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from sqlalchemy import select

from app import clock
from app.campaigns.sealing import Sealed
from app.jobs import keeping
from app.jobs.actions import begin, end, person_of
from app.jobs.hands import Hands
from app.jobs.kinds import Laying, kind_of
from app.jobs.models import Failure, Job, JobPart, JobState
from app.notices.batching import BATCH
from app.office import Office
from forms.paper.fonts import FontMissing

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Nobody should work on the job any more."""


class Broke(Exception):
    """A step did not work. Says what kind of fault it was and nothing more: DBOS writes it down."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Somebody at work: an office and hands."""

    office: Office
    hands: Hands

    def waves(self, job_id: int) -> list[list[int]]:
        """The parts that are still to be made, as many together as the hands can hold; none where nobody should."""
        with self.office.database.writing() as session:
            job = session.get_one(Job, job_id)
            if not begin(session, now=clock.now(), job=job):
                return []
            wanted = select(JobPart).where(JobPart.job_id == job_id, JobPart.made_at.is_(None))
            return _grouped(session.scalars(wanted.order_by(JobPart.position)).all(), self.hands.count * BATCH)

    def make(self, job_id: int, part_ids: Sequence[int]) -> bool:
        """Record, lay out and keep these parts; False where nobody should go on."""
        try:
            self._make_all(job_id, part_ids)
        except (Stopped, Sealed, FontMissing) as why:
            self.fail(job_id, _failure(why))
            return False
        except BrokenProcessPool:
            raise Broke("a hand of the worker died") from None
        except Exception as fault:
            log.exception("Job %s: a part was not made.", job_id)
            raise Broke(type(fault).__name__) from None
        return True

    def _make_all(self, job_id: int, part_ids: Sequence[int]) -> None:
        """As many at once as there are hands and one more, so that a cancel acts soon. What is begun is kept."""
        flying: deque[tuple[int, Laying]] = deque()
        try:
            for part_id in part_ids:
                if len(flying) > self.hands.count:
                    self._keep(job_id, *flying.popleft())
                laying = self._begun(job_id, part_id)
                if laying is not None:
                    flying.append((part_id, laying))
        finally:
            while flying:
                self._keep(job_id, *flying.popleft())

    def finish(self, job_id: int) -> None:
        """Bring the parts together and end the job."""
        try:
            with self.office.database.writing() as session:
                job = session.get_one(Job, job_id)
                if job.state is not JobState.RUNNING:
                    return
                person = person_of(session, job)
                if person is None:
                    raise Stopped
                kind_of(job).finish(session, self.office.settings, job, person)
                end(session, now=clock.now(), job=job)
        except Stopped as why:
            self.fail(job_id, _failure(why))
        except Exception as fault:
            log.exception("Job %s: the whole was not brought together.", job_id)
            raise Broke(type(fault).__name__) from None

    def fail(self, job_id: int, because: Failure) -> None:
        with self.office.database.writing() as session:
            end(session, now=clock.now(), job=session.get_one(Job, job_id), failure=because)

    def _begun(self, job_id: int, part_id: int) -> Laying | None:
        """Record the part unless that was done before, and hand it out; None where it is made already."""
        with self.office.database.writing() as session:
            job, part = session.get_one(Job, job_id), session.get_one(JobPart, part_id)
            if part.made_at is not None or job.state is not JobState.RUNNING:
                return None
            person = person_of(session, job)
            if person is None:
                raise Stopped
            kind = kind_of(job)
            if part.recorded_at is None:
                left_out = kind.record(session, job, part, person)
                part.recorded_at = clock.now()
                part.total -= left_out
                job.total -= left_out
                job.skipped += left_out
        return kind.lay_out(self.office.settings, self.hands, job, part, person)

    def _keep(self, job_id: int, part_id: int, laying: Laying) -> None:
        made = laying()
        with self.office.database.writing() as session:
            job, part = session.get_one(Job, job_id), session.get_one(JobPart, part_id)
            if part.made_at is not None:
                return
            for one in made:
                what = {"name": one.name, "media": one.media, "content": one.content, "offered": one.offered}
                keeping.keep(session, self.office.settings, job=job, part_id=part_id, now=clock.now(), **what)
            part.made_at = clock.now()
            job.done += part.total


def _grouped(parts: Sequence[JobPart], enough: int) -> list[list[int]]:
    waves: list[list[int]] = []
    held = enough
    for part in parts:
        if held >= enough:
            waves.append([])
            held = 0
        waves[-1].append(part.id)
        held += part.total
    return waves


def _failure(why: Exception) -> Failure:
    if isinstance(why, FontMissing):
        return Failure.NO_FONTS
    return Failure.SEALED if isinstance(why, Sealed) else Failure.NOT_ALLOWED
