"""How close a notice has to be set to stay on one page: reckoned from its lines before it is laid out.

A wrong guess costs a second layout, never a wrong sheet: `forms.paper.notice` looks at the pages that came out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.paper.notice import NoticeSheet

#: Room for everything above the slip, in millimetres: notice.css, `.body`.
_PAGE = 233
_REMARK_CHARACTERS = 33
#: Letters and marks of a date on record, with the comma behind it, as parts of a line of the run.
_DATES_A_LINE = 8.4


@dataclass(frozen=True, slots=True)
class Setting:
    """One way of setting a notice, with the millimetres its parts take in notice.css."""

    classes: str
    #: Head, clinic, advice, signature, and what lies between them.
    frame: float
    letter_line: float
    letter_characters: int
    #: A heading and the head of a table.
    heading: float
    row: float
    question_line: float
    question_gap: float
    #: A line of the record; where it runs on, a line of the run.
    record: float
    record_runs_on: bool


ROOMY = Setting("", 91.0, 5.85, 46, 16.2, 8.35, 5.6, 2.8, 6.05, False)
DENSE = Setting("is-dense", 84.0, 5.3, 51, 16.2, 6.85, 5.6, 1.3, 4.45, True)
TIGHT = Setting("is-dense is-tight", 84.5, 5.05, 53, 13.0, 5.3, 4.6, 0.8, 4.45, True)
SETTINGS: Sequence[Setting] = (ROOMY, DENSE, TIGHT)


def first_setting(sheet: "NoticeSheet") -> int:
    """The roomiest of SETTINGS in which the sheet should stay on a page; the closest if none."""
    fitting = [place for place, setting in enumerate(SETTINGS) if height(sheet, setting) <= _PAGE]
    return fitting[0] if fitting else len(SETTINGS) - 1


def height(sheet: "NoticeSheet", setting: Setting) -> float:
    """Millimetres that the sheet takes above its slip."""
    tall = setting.frame + setting.letter_line * (1 + ceil(_letter(sheet) / setting.letter_characters))
    if sheet.owed:
        tall += setting.heading + setting.row * len(sheet.owed)
        tall += 5 * sum(bool(dose.note) for dose in sheet.owed)
    if sheet.questions:
        tall += setting.heading
    for one in sheet.questions:
        lines = sum(ceil(len(remark) / _REMARK_CHARACTERS) for remark in one.remarks)
        tall += setting.question_gap + max(4.6 * lines, setting.question_line * len(one.doses))
    return tall + _records(sheet, setting)


def _letter(sheet: "NoticeSheet") -> int:
    """Characters of the first paragraph, about."""
    found = 6
    if sheet.certificate:
        found += 62 if sheet.certificate == "absent" else 25
    if sheet.owed:
        found += 62 if sheet.certificate else 55
    if sheet.clinic_says or sheet.questions:
        found += 70 if sheet.clinic_says else 32
    return found


def _records(sheet: "NoticeSheet", setting: Setting) -> float:
    note = 4.5 if sheet.uncounted else 0
    if not setting.record_runs_on:
        rows = sum(ceil(len(record.entries) / 6) for record in sheet.records)
        return 10 + note + setting.record * max(rows, 1)
    dates = sum(len(record.entries) + len(record.vaccine) / 6 for record in sheet.records) + 2
    return 2 + note + setting.record * ceil(dates / _DATES_A_LINE)
