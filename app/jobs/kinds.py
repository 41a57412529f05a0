"""What each kind of job does with a part: record it, have it laid out, and bring the whole together at the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from app.config import Settings
from app.jobs.hands import Hands
from app.jobs.models import Job, JobKind, JobPart
from app.people.actors import Actor


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A file as it came from the press."""

    name: str
    media: str
    content: bytes
    offered: bool = True


#: Waits for the hands and gives the files of a part.
Laying = Callable[[], Sequence[Made]]


class Kind(Protocol):
    """How one kind of work is done."""

    def record(self, session: Session, job: Job, part: JobPart, by: Actor) -> int:
        """Leave the lines in the trail, in one transaction before anything is laid out; how many are left out."""

    def lay_out(self, settings: Settings, hands: Hands, job: Job, part: JobPart, by: Actor) -> Laying:
        """Hand it to other processes at once. Asked again after a crash, it gives the same."""

    def finish(self, session: Session, settings: Settings, job: Job, by: Actor) -> None:
        """Bring the parts together. Asked again after a crash, it changes nothing that is there."""


def kind_of(job: Job) -> Kind:
    from app.archive.making import ArchiveJob
    from app.jobs.notices import NoticeJob

    return {JobKind.NOTICES: NoticeJob, JobKind.ARCHIVE: ArchiveJob}[job.kind]()
