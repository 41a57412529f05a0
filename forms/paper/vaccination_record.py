"""接种记录单: one A4 a child for the school's health file: who, every dose on record, what the check came to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from forms.paper.notice import Record
from forms.paper.parties import Pupil
from forms.paper.printing import Press


@dataclass(frozen=True, slots=True, repr=False)
class RecordSheet:
    """One child. `checked_on` None: nobody looked."""

    pupil: Pupil
    campaign: str
    records: tuple[Record, ...]
    result: str
    checked_on: dt.date | None
    drawn_on: dt.date
    edition: str


def print_records(press: Press, sheets: Sequence[RecordSheet]) -> bytes:
    """One PDF, a page a child, in the order given."""
    return press.print("vaccination_record", sheets=sheets)
