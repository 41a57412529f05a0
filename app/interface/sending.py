"""Rosters and doses from other programs, as the very tables that a file is: read, compared, proposed, applied alike."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.interface.sent_shapes import DosesIn, RosterChild, RosterIn
from app.people.actors import Actor
from app.registry.reading import read_tables
from app.registry.rows import Export
from app.roster import actions as roster
from app.roster.answering import Answers
from app.roster.groups import ChangeSet
from app.roster.opening import Cell, Sheet
from app.roster.reading import read_table
from app.roster.rows import Roster
from forms.web.registry import RegistryColumn, RegistryHeader
from forms.web.roster import Column, Header

#: In place of a file's name.
NAMED = "API"
#: No row of headings: the first child is row 1.
_ABOVE = -1
_SEX = {"M": "男", "F": "女", None: None}
_ORIGIN = {"local": "本地", "elsewhere": "外地", "abroad": "境外", None: None}
_SOURCE = {"roster": "新生", "transfer": "转入", "midyear": "插班", "guest": "借读", None: None}

_ROSTER = (
    *(Column.NAME, Column.SEX, Column.BIRTH_DATE, Column.NUMBER_KIND, Column.NUMBER, Column.CHILD_CODE),
    *(Column.STUDENT_NUMBER, Column.GRADE, Column.CLASS, Column.GUARDIAN, Column.RELATION, Column.PHONE),
    *(Column.ADDRESS, Column.FORMER_NAME, Column.ORIGIN, Column.SOURCE, Column.FROM_DAY),
)
_DOSES = tuple(RegistryColumn)


def roster_of(sent: RosterIn, *, today: dt.date) -> Roster:
    """Raises `FileRefused` where nothing of it can be read."""
    header = Header(_ABOVE, {column: place for place, column in enumerate(_ROSTER)}, ())
    return read_table(
        _sheet([_row(one) for one in sent.children]), header, file_name=NAMED, today=today, every_row=True
    )


def export_of(sent: DosesIn, *, today: dt.date) -> Export:
    header = RegistryHeader(_ABOVE, {column: place for place, column in enumerate(_DOSES)})
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.child_code or None, one.number or None, one.name or None, _SEX[one.sex], one.birth_date),
            *(dose.vaccine, dose.day, dose.lot or None, dose.unit or None),
        )
        for one in sent.children
        for dose in one.doses
    ]
    return read_tables([(_sheet(rows), header)], file_name=NAMED, today=today, every_row=True)


def propose_roster(
    session: Session, *, by: Actor, now: dt.datetime, read: Roster, changes: ChangeSet, make_classes: bool
) -> int:
    """Proposed as a file is; of all its questions only that of new classes may be answered beforehand."""
    made = roster.propose(session, by=by, now=now, roster=read, changes=changes)
    if make_classes and changes.new_classes:
        roster.answer(session, by=by, now=now, import_id=made.id, said=Answers({}, {}, make_all=True))
    return made.id


def _row(one: RosterChild) -> tuple[Cell, ...]:
    words = (one.number_kind, one.number, one.child_code, one.student_number, one.grade, one.class_name)
    family = (one.guardian, one.relation, one.phone, one.address, one.former_name)
    return (
        *(one.name, _SEX[one.sex], one.birth_date),
        *(word or None for word in (*words, *family)),
        *(_ORIGIN[one.origin], _SOURCE[one.source], one.from_day),
    )


def _sheet(rows: Sequence[tuple[Cell, ...]]) -> Sheet:
    return Sheet("", len(rows), max(map(len, rows)), tuple(rows))
