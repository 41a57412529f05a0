"""接种记录核实单: a family says that the record is wrong; what the school saw, the family says, and the clinic found.

One A4 that goes to the health center with the booklet and comes back to the school. It accuses nobody.
"""

import datetime as dt
from dataclasses import dataclass

from forms.paper.notice import NoticeSheet, Record
from forms.paper.parties import Clinic, Pupil
from forms.paper.printing import Press

#: Rows for what the family writes.
LINES = 5


@dataclass(frozen=True, slots=True, repr=False)
class RecordQuery:
    """One child. `owed`: the doses that the notice asks for, in words; `unclear`: those that it only asks about."""

    pupil: Pupil
    number: str
    #: 21 digits; the clinic's scanner knows the notice by them.
    code: str
    checked_on: dt.date
    printed_on: dt.date
    clinic: Clinic | None
    records: tuple[Record, ...]
    owed: tuple[str, ...]
    unclear: tuple[str, ...]

    @classmethod
    def of(cls, sheet: NoticeSheet) -> "RecordQuery":
        return cls(
            pupil=sheet.pupil,
            number=sheet.number,
            code=sheet.code,
            checked_on=sheet.checked_on,
            printed_on=sheet.printed_on,
            clinic=sheet.clinic,
            records=sheet.records,
            owed=tuple(f"{dose.vaccine} {dose.dose}" for dose in sheet.owed if not dose.done),
            unclear=tuple(dose for one in sheet.questions for dose in one.doses),
        )


def print_query(press: Press, sheet: RecordQuery) -> bytes:
    """The PDF."""
    return press.print("record_query", sheet=sheet, lines=LINES)
