"""Erasing a child: its data key is destroyed, and with it everything that was sealed by it.

Doses, checks, counts and the audit trail stay, nameless. In clear stay sex, birth date, origin and the classes.
A backup from before still holds the key: see docs/privacy.md for what to do with backups.
"""

import datetime as dt
import logging
from collections.abc import Iterable

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.models import Child
from app.people.actors import Actor
from app.privacy import indexing
from app.privacy.models import ChildKey
from app.privacy.roster import rosters_of
from app.privacy.roster_version import schools_of, touch_roster

log = logging.getLogger(__name__)

#: How long the log may wait for people who are reading.
_PATIENCE_MS = 2000


def erase_child(session: Session, *, by: Actor | None, now: dt.datetime, child: Child) -> None:
    """Forget who this child is, for good, in every row that was merged into it too. Twice changes nothing."""
    schools = _erased(session, by, now, child)
    event.listen(session, "after_commit", lambda done: _clean_up(done, schools), once=True)


def erase_children(session: Session, *, by: Actor | None, now: dt.datetime, children: Iterable[Child]) -> None:
    """The same of many; the log is emptied once."""
    schools = {school for child in children for school in _erased(session, by, now, child)}
    event.listen(session, "after_commit", lambda done: _clean_up(done, schools), once=True)


def _erased(session: Session, by: Actor | None, now: dt.datetime, child: Child) -> set[int]:
    """Everything but the log; the schools whose rosters held the child."""
    if child.erased_at is not None:
        return set()
    for twin_row in session.scalars(select(Child).where(Child.merged_into_id == child.id)).all():
        erase_child(session, by=by, now=now, child=twin_row)
    key = session.get(ChildKey, child.id)
    if key is not None:
        key.wrapped, key.master_version, key.destroyed_at = None, None, now
    child.identity_sealed, child.erased_at = None, now
    indexing.forget(session, child.id)
    schools = schools_of(session, child.id)
    for school_id in schools:
        touch_roster(session, school_id)
    session.flush()
    record(session, by=by, now=now, action="child.erased", subject=("child", child.id))
    return set(schools)


def empty_the_log(session: Session) -> bool:
    """Write SQLite's log back and cut it to nothing: until then it holds the pages as they were. True if it is empty.

    `secure_delete` (see `app.database`) has overwritten the values in the database file itself.
    """
    engine = session.get_bind().engine
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={before}")
    finally:
        connection.close()
    return not busy


def _clean_up(session: Session, schools: Iterable[int]) -> None:
    for school_id in schools:
        rosters_of(session).evict(school_id)
    if not empty_the_log(session):
        log.warning("The database's log still holds the key of an erased child: somebody reads. A restart empties it.")
