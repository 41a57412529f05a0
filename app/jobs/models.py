"""Tables of long work: a job, its parts, and the sealed files that were made.

A job is owned by one person of one organisation. What is done stands here; DBOS only remembers where it was. Rows hold
numbers and codes: no name, and no file name that says of whom.
"""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base
from app.people.roles import Role


class JobKind(StrEnum):
    NOTICES = "notices"
    ARCHIVE = "archive"


class JobState(StrEnum):
    """Waiting → running → done; or cancelled by its person, or failed for a reason: both can be taken up again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Failure(StrEnum):
    """Why a job stopped; `app.jobs.wording` has the sentences."""

    NOT_ALLOWED = "not_allowed"
    SEALED = "sealed"
    NO_FONTS = "no_fonts"
    BROKE = "broke"


#: Somebody still works on these, or will.
GOING_ON = frozenset({JobState.WAITING, JobState.RUNNING})


class Job(Base):
    """One long piece of work."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("(state = 'failed') = (failed_because IS NOT NULL)", name="failed_for_a_reason"),
        CheckConstraint("done <= total", name="no_more_than_all"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[JobKind] = mapped_column(word(JobKind))
    state: Mapped[JobState] = mapped_column(word(JobState), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: As what its person asked for it: whoever is something else today fetches nothing.
    role: Mapped[Role] = mapped_column(word(Role))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    #: How it is to be done, in codes: layout, second language, whether to merge.
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: The day that stands on the sheets.
    on_day: Mapped[dt.date]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    #: Left out on the way: withdrawn or replaced meanwhile, or erased.
    skipped: Mapped[int] = mapped_column(default=0)
    #: Counts how often it was begun; names the workflow.
    attempt: Mapped[int] = mapped_column(default=1)
    failed_because: Mapped[Failure | None] = mapped_column(word(Failure))
    asked_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]

    @property
    def workflow_id(self) -> str:
        return f"job-{self.id}-{self.attempt}"


class JobPart(Base):
    """A piece that is made whole or not at all: a class of notices, a sheet of an archive."""

    __tablename__ = "job_part"
    __table_args__ = (UniqueConstraint("job_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    position: Mapped[int]
    #: Of a school or a class, or a kind of sheet; never of a child.
    label: Mapped[str] = mapped_column(String(200))
    #: What is in it, by numbers: {"notices": [4, 8]}, {"sheet": "register", "of": 3}.
    of: Mapped[dict[str, Any]] = mapped_column(JSON)
    total: Mapped[int]
    #: From here on it stands in the trail and in every count.
    recorded_at: Mapped[dt.datetime | None]
    made_at: Mapped[dt.datetime | None]


class JobFile(Base):
    """A file that was made, sealed in the data room under a key of its own. Gone: the key and the bytes are."""

    __tablename__ = "job_file"
    __table_args__ = (
        UniqueConstraint("job_id", "name"),
        CheckConstraint("(wrapped IS NULL) = (gone_at IS NOT NULL)", name="there_or_gone"),
        CheckConstraint("(wrapped IS NULL) = (master_version IS NULL)", name="wrapped_by_a_version"),
        Index("ix_job_file_expires", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("job_part.id"), index=True)
    #: As it is saved by a browser, or as it lies in an archive; unique in its job.
    name: Mapped[str] = mapped_column(String(120))
    #: Shown to its person; a piece of an archive is not.
    offered: Mapped[bool]
    media: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    wrapped: Mapped[bytes | None]
    master_version: Mapped[int | None]
    made_at: Mapped[dt.datetime]
    fetched_at: Mapped[dt.datetime | None]
    #: After this moment it goes.
    expires_at: Mapped[dt.datetime]
    gone_at: Mapped[dt.datetime | None]


class JobWorker(Base):
    """The one process that works: when it was last seen, so that a page can say that nobody works."""

    __tablename__ = "job_worker"

    id: Mapped[int] = mapped_column(primary_key=True)
    seen_at: Mapped[dt.datetime]
