"""Reading the trail again from its beginning: is every event what was written, in its place, and is none missing?

Reads the raw values, not through the models: a row that somebody tampered with need not fit them. Events stream by;
only one head an organisation and day is kept in memory.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.audit import chaining, marks, raw
from app.audit.models import AuditAnchor, AuditEvent, AuditHead
from app.checks.models import Check
from app.children.models import Child, DoseRecord
from app.config import SettingError
from app.privacy.keys import KeyRing, KeyRingError, keys_of
from app.privacy.opening import open_installation

#: Enough to see what happened; a wrong key would otherwise name every event there is.
_MOST = 200


class Wrong(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    OUT_OF_PLACE = "out_of_place"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where."""

    what: Wrong
    #: "organisation 3, 2026-09-01, event 7"
    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


def verify(session: Session, keys: KeyRing | None = None, *, most: int = _MOST) -> list[Finding]:
    """Everything that is wrong with the trail, up to `most` findings; an empty list if it is whole."""
    return list(islice(_findings(session, (keys or keys_of(session)).audit_mac), most))


@dataclass(slots=True)
class _Day:
    """A head, and what was met of its events."""

    opened: str
    events: str
    last: str
    met: int = 0
    met_last: str = ""


#: By organisation and day.
_Days = dict[tuple[str, str], _Day]


def _findings(session: Session, sign: chaining.Sign) -> Iterator[Finding]:
    days: _Days = {}
    try:
        for model in (AuditEvent, AuditHead, AuditAnchor):
            for sentence in raw.damage(session, model):
                yield Finding(Wrong.UNREADABLE, "database", sentence)
        yield from _look_at_heads(session, sign, days)
        yield from _look_at_events(session, sign, days)
        yield from _look_at_ends(days)
    except DatabaseError as error:
        yield Finding(Wrong.UNREADABLE, "database", f"It cannot be read to the end ({type(error.orig).__name__}).")


def _look_at_heads(session: Session, sign: chaining.Sign, days: _Days) -> Iterator[Finding]:
    """The heads in the order in which they were opened, then the anchor that counts them."""
    expected, opened_before = 1, ""
    seals: dict[str, str] = {}
    columns = ("serial", "organisation_id", "day", "opened", "events", "last", "seal")
    for serial, organisation, day, opened, events, last, seal in raw.rows(session, AuditHead, columns, "serial"):
        where = f"organisation {organisation}, {day}"
        if serial != str(expected):
            sentence = f"It is day number {serial} of the office, {expected} should be next: days were taken away."
            yield Finding(Wrong.MISSING, where, sentence)
        if opened != chaining.opened(sign, serial, organisation, day, seals.get(organisation, ""), opened_before).hex():
            yield Finding(Wrong.CHANGED, where, "The day does not follow from the days before it.")
        if seal != chaining.seal(sign, opened, events, last).hex():
            yield Finding(Wrong.CHANGED, where, "The head of the day was changed.")
        days[organisation, day] = _Day(opened, events, last)
        expected, opened_before, seals[organisation] = _number(serial, expected) + 1, opened, seal
    yield from _look_at_anchor(session, sign, expected - 1, opened_before)


def _look_at_anchor(session: Session, sign: chaining.Sign, heads_met: int, opened: str) -> Iterator[Finding]:
    anchors = list(raw.rows(session, AuditAnchor, ("heads", "opened", "seal"), "id"))
    if not anchors:
        if heads_met or _something_was_done(session):
            yield Finding(Wrong.MISSING, "office", "The anchor of the trail was taken away.")
        return
    heads, anchor_opened, seal = anchors[0]
    if seal != chaining.anchor(sign, heads, anchor_opened).hex():
        yield Finding(Wrong.CHANGED, "office", "The anchor of the trail was changed.")
    if (heads, anchor_opened) != (str(heads_met), opened):
        yield Finding(Wrong.MISSING, "office", f"The anchor knows {heads} days, {heads_met} are here.")


def _look_at_events(session: Session, sign: chaining.Sign, days: _Days) -> Iterator[Finding]:
    names = tuple(chaining.EventText.__dataclass_fields__)
    for *values, mac in raw.rows(session, AuditEvent, (*names, "mac"), "organisation_id", "day", "position"):
        event = chaining.EventText(*values)
        where = f"organisation {event.organisation_id}, {event.day}, event {event.position}"
        day = days.get((event.organisation_id, event.day))
        if day is None:
            yield Finding(Wrong.OUT_OF_PLACE, where, "The event stands on a day that was never opened.")
            continue
        if event.position != str(day.met + 1):
            yield Finding(Wrong.MISSING, where, f"Event {day.met + 1} should stand here: taken away or moved.")
        if event.previous != (day.met_last or day.opened):
            yield Finding(Wrong.OUT_OF_PLACE, where, "The event does not follow from the one before it.")
        if mac != event.mac(sign).hex():
            yield Finding(Wrong.CHANGED, where, "The event was changed.")
        day.met, day.met_last = _number(event.position, day.met + 1), mac


def _look_at_ends(days: _Days) -> Iterator[Finding]:
    """Does every day end with the event that its head names?"""
    for (organisation, name), day in days.items():
        if (str(day.met), day.met_last) != (day.events, day.last):
            sentence = f"The head of the day knows {day.events} events, the trail ends otherwise (at {day.met})."
            yield Finding(Wrong.MISSING, f"organisation {organisation}, {name}", sentence)


def _something_was_done(session: Session) -> bool:
    """Children, doses and checks come into being through actions, and every action leaves an event."""
    return any(session.scalar(select(exists().select_from(model))) for model in (Child, DoseRecord, Check))


def _number(shown: str, otherwise: int) -> int:
    return int(shown) if shown.isascii() and shown.isdigit() else otherwise


def main(arguments: list[str] | None = None) -> int:
    """0: the trail is whole. 1: something is wrong with it. 2: it could not be looked at."""
    parser = argparse.ArgumentParser(prog="verify-audit", description="查审计记录是否完整 (is the audit trail whole?)")
    parser.add_argument("--data", type=Path, help="数据文件夹 (the folder of the database and the key file)")
    parser.add_argument("--mark", help="以前记下的标记 (a mark noted at an earlier look)")
    chosen = parser.parse_args(arguments)
    try:
        database = open_installation(chosen.data)
    except (KeyRingError, SettingError) as error:
        print(error, file=sys.stderr)
        return 2
    with database.reading() as session:
        if database.engine.dialect.name == "postgresql":
            # Heads and events have to be of one moment; SQLite's reading transaction always is.
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        findings = [*verify(session), *_compare(session, chosen.mark)]
        newest = None if findings else marks.mark(session)
    database.close()
    for finding in findings:
        print(finding)
    print(_summary(len(findings), newest))
    return 1 if findings else 0


def _compare(session: Session, noted: str | None) -> Iterator[Finding]:
    if noted and not marks.holds(session, noted):
        yield Finding(Wrong.MISSING, "office", f"The trail is not the one in which {noted} was noted: an older copy?")


def _summary(count: int, newest: str | None) -> str:
    if count:
        return f"发现 {count} 处问题。({count} findings.)"
    whole = "审计记录完整。(The audit trail is whole.)"
    return f"{whole}\n标记 (mark): {newest}" if newest else whole


if __name__ == "__main__":
    sys.exit(main())
