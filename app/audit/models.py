"""Tables of the audit trail: events, the head of each organisation's day, and the anchor of the whole office.

An event carries the MAC of the one before it; a head carries the MAC of its last event and of the heads before it; the
anchor says how many heads there are. So nothing can be changed, swapped or taken away without the key and stay unseen.
Times and days are kept as the very text that the MAC was made of: no database may render them in its own way.
"""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base

#: The chain of what belongs to no organisation: the console, a failed sign-in, the very first start.
OFFICE = 0


class AuditEvent(Base):
    """Somebody did or read something. Written once; the database refuses to change or delete it."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject_kind", "subject_id"),)

    #: No foreign key here or below: the trail outlives what it speaks of, and `OFFICE` is no row.
    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: The day in China, "2026-09-01"; never earlier than the day of the event before it.
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    #: 1, 2, 3 … within the organisation's day, without a gap.
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: In UTC, "2026-09-01T00:15:30.000000+00:00": sorts as text.
    at: Mapped[str] = mapped_column(String(32), index=True)
    #: None for the console and for a family (the role says which).
    user_id: Mapped[int | None] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(String(32))
    #: "dose.entered", "read.page"
    action: Mapped[str] = mapped_column(String(64), index=True)
    subject_kind: Mapped[str | None] = mapped_column(String(32))
    subject_id: Mapped[int | None]
    #: Canonical JSON of codes and numbers; `record` refuses what could be personal.
    detail: Mapped[str] = mapped_column(Text)
    previous: Mapped[bytes]
    mac: Mapped[bytes]


class AuditHead(Base):
    """The end of one organisation's day: how many events there are and which is the last. It only moves forward."""

    __tablename__ = "audit_head"
    __table_args__ = (UniqueConstraint("serial"), CheckConstraint("events >= 0", name="counts_up"))

    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    #: 1, 2, 3 … through the whole office: a day that vanished leaves a gap.
    serial: Mapped[int]
    #: Set when the day opens; binds the seal of the organisation's day before and the `opened` of the serial before.
    opened: Mapped[bytes]
    events: Mapped[int]
    last: Mapped[bytes]
    #: Over all of the above, anew with every event.
    seal: Mapped[bytes]


class AuditAnchor(Base):
    """One row for the whole office: how many heads there are."""

    __tablename__ = "audit_anchor"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    heads: Mapped[int]
    opened: Mapped[bytes]
    seal: Mapped[bytes]


class AuditLook(Base):
    """When one organisation's day was last read again, and whether it was whole then. Moves with every look."""

    __tablename__ = "audit_look"

    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    looked_at: Mapped[dt.datetime]
    looked_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    #: How many events the day had then.
    events: Mapped[int]
    #: How many things were wrong.
    wrong: Mapped[int]


class ReplayRun(Base):
    """Stored checks judged again: of one place, all or a sample by a seed; goes on where it stopped."""

    __tablename__ = "replay_run"
    __table_args__ = (CheckConstraint("done <= total", name="no_more_than_all"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Whose schools' checks: a school, or everything under a bureau or CDC.
    place_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: None: every check.
    sample_size: Mapped[int | None]
    seed: Mapped[str] = mapped_column(String(40), default="")
    started_at: Mapped[dt.datetime]
    started_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    #: The edition that was today's.
    today: Mapped[str] = mapped_column(String(32))
    #: Checks up to this row belong to it; later ones are another run's.
    newest_check: Mapped[int]
    #: The last check that was judged again.
    reached: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    equal: Mapped[int] = mapped_column(default=0)
    #: Judged otherwise today: the verdict, and only some line.
    other_verdict: Mapped[int] = mapped_column(default=0)
    other_line: Mapped[int] = mapped_column(default=0)
    #: The first checks that came out otherwise under their own edition.
    alarms: Mapped[list[int]] = mapped_column(JSON, default=list)
    #: "catch_up>complete": 3.
    moves: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    ended_at: Mapped[dt.datetime | None]
