"""Leaving a line in the trail, inside the transaction of what it tells about: both are kept, or neither.

Call it last in an action: on PostgreSQL the organisation's head stays locked from here until the transaction ends.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.audit import chaining, plain
from app.audit.models import OFFICE, AuditAnchor, AuditEvent, AuditHead
from app.clock import CHINA
from app.people.actors import Actor, Parent
from app.privacy.keys import keys_of

_ACTION = re.compile(r"[a-z][a-z_]*(\.[a-z_]+)*\Z")
#: What or who an event is about: ("child", 7).
Subject = tuple[str, int | None]


class Reading(StrEnum):
    """The ways personal data leaves the database for somebody's eyes."""

    PAGE = "page"
    LIST = "list"
    EXPORT = "export"
    PRINT = "print"


def record(
    session: Session,
    *,
    by: Actor | Parent | None,
    now: dt.datetime,
    action: str,
    subject: Subject | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Somebody did something. `by` None is the console; `detail` holds codes, counts and days only."""
    if not _ACTION.match(action):
        raise ValueError(f"{action!r} is no name of an action: write it like dose.entered.")
    organisation_id = by.organisation_id if by else OFFICE
    kind, subject_id = subject or (None, None)
    text = plain.canonical(detail or {})
    sign = keys_of(session).audit_mac
    head = _locked_head(session, sign, organisation_id, now.astimezone(CHINA).date().isoformat())
    row = {
        "organisation_id": organisation_id,
        "day": head.day,
        "position": head.events + 1,
        "at": now.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "user_id": by.user_id if by else None,
        "role": str(by.role) if by else "console",
        "action": action,
        "subject_kind": kind,
        "subject_id": subject_id,
        "detail": text,
    }
    before = head.last if head.events else head.opened
    as_text = {name: None if value is None else str(value) for name, value in row.items()}
    mac = chaining.EventText(**as_text, previous=before.hex()).mac(sign)  # type: ignore[arg-type]
    session.execute(insert(AuditEvent).values(**row, previous=before, mac=mac))
    _move(session, sign, head, mac)


def record_read(
    session: Session,
    *,
    by: Actor | Parent,
    now: dt.datetime,
    what: Reading,
    subject: Subject,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Somebody saw personal data. The one place that records it: a child's page, a list, an export, a print."""
    record(session, by=by, now=now, action=f"read.{what}", subject=subject, detail=detail)


@dataclass(frozen=True, slots=True)
class _Head:
    """The organisation's latest day, locked until this transaction ends."""

    organisation_id: int
    day: str
    opened: bytes
    events: int
    last: bytes
    seal: bytes


def _locked_head(session: Session, sign: chaining.Sign, organisation_id: int, day: str) -> _Head:
    """The head to append to. A clock that runs behind never reopens a day that is over."""
    latest = select(
        AuditHead.organisation_id, AuditHead.day, AuditHead.opened, AuditHead.events, AuditHead.last, AuditHead.seal
    ).where(AuditHead.organisation_id == organisation_id)
    while True:
        row = session.execute(latest.order_by(AuditHead.day.desc()).limit(1).with_for_update()).one_or_none()
        head = _Head(*row) if row else None
        if head and head.day >= day:
            if _is_latest(session, head, organisation_id):
                return head
            continue  # while this one waited for the lock, another transaction opened the next day
        anchor_heads, anchor_opened = _locked_anchor(session, sign)
        if _is_latest(session, head, organisation_id):
            return _open_day(session, sign, organisation_id, day, head, anchor_heads, anchor_opened)


def _is_latest(session: Session, head: _Head | None, organisation_id: int) -> bool:
    days = select(func.max(AuditHead.day)).where(AuditHead.organisation_id == organisation_id)
    return session.scalar(days) == (head.day if head else None)


def _locked_anchor(session: Session, sign: chaining.Sign) -> tuple[int, bytes]:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    empty = {"id": 1, "heads": 0, "opened": b"", "seal": chaining.anchor(sign, "0", "")}
    session.execute(dialect.insert(AuditAnchor).values(**empty).on_conflict_do_nothing())
    row = session.execute(select(AuditAnchor.heads, AuditAnchor.opened).with_for_update()).one()
    return row.heads, row.opened


def _open_day(
    session: Session,
    sign: chaining.Sign,
    organisation_id: int,
    day: str,
    before: _Head | None,
    heads: int,
    opened_before: bytes,
) -> _Head:
    serial = heads + 1
    seal_before = before.seal.hex() if before else ""
    opened = chaining.opened(sign, str(serial), str(organisation_id), day, seal_before, opened_before.hex())
    head = _Head(organisation_id, day, opened, 0, b"", chaining.seal(sign, opened.hex(), "0", ""))
    session.execute(
        insert(AuditHead).values(
            organisation_id=organisation_id, day=day, serial=serial, opened=opened, events=0, last=b"", seal=head.seal
        )
    )
    anchor = {"heads": serial, "opened": opened, "seal": chaining.anchor(sign, str(serial), opened.hex())}
    session.execute(update(AuditAnchor).values(**anchor))
    return head


def _move(session: Session, sign: chaining.Sign, head: _Head, mac: bytes) -> None:
    events = head.events + 1
    session.execute(
        update(AuditHead)
        .where(AuditHead.organisation_id == head.organisation_id, AuditHead.day == head.day)
        .values(events=events, last=mac, seal=chaining.seal(sign, head.opened.hex(), str(events), mac.hex()))
    )
