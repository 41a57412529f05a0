"""How a notice is set: on which paper, how close, and whether it should stay on one page, reckoned from its lines.

A wrong guess costs a second layout, never a wrong sheet: `forms.paper.notice_printing` looks at what came out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.paper.setting import Page

#: More owed doses than this do not go on half a sheet.
MOST_ON_HALF = 13


class Layout(StrEnum):
    """What the office asks for: a whole A4, two A5 on one A4, or large print."""

    WHOLE = "a4"
    HALF = "a5"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Style:
    """How a notice is to look; a second language needs the whole sheet."""

    layout: Layout = Layout.WHOLE
    english: bool = False

    @property
    def ladder(self) -> Sequence["Setting"]:
        """The settings to try, the roomiest first."""
        if self.layout is Layout.LARGE:
            return (LARGE_BOTH,) if self.english else (LARGE, LARGE_RUN)
        if self.english:
            return (BOTH, BOTH_TIGHT)
        return (HALF_ROOMY, HALF, HALF_TIGHT, *_WHOLE) if self.layout is Layout.HALF else _WHOLE


@dataclass(frozen=True, slots=True)
class Text:
    """Running text: how many ems go on a line, and the millimetres of a line."""

    ems: float
    line: float

    def height(self, text: str) -> float:
        return self.line * sum(max(1, ceil(ems(line) / self.ems)) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Setting:
    """One way of setting a notice, with the measures of its parts in notice.css."""

    classes: str
    #: The dashed lines, in ems.
    rule_ems: float
    #: Millimetres above the slip; and what strip, title and the gaps between the parts take of them.
    room: float
    frame: float
    letter: Text
    clinic: Text
    heading: Text
    dose: float
    visit_gap: float
    question: Text
    record: Text
    advice: Text
    #: The first column of a dose's line; longer names push the second to the next line.
    dose_ems: float
    slip_rules: int = 8
    record_runs_on: bool = False
    advice_runs_on: bool = False
    bilingual: bool = False
    half: bool = False
    #: When stands above the doses of a visit and not beside them.
    stacked: bool = False
    #: The English of a dose goes on the same line.
    english_beside: bool = False


ROOMY = Setting(
    classes="",
    rule_ems=62,
    room=241,
    frame=67.5,
    letter=Text(44, 6.1),
    clinic=Text(46, 5.6),
    heading=Text(46, 5.9),
    dose=6.5,
    visit_gap=2.2,
    question=Text(24, 4.8),
    record=Text(53, 5.55),
    advice=Text(53, 5.05),
    dose_ems=20.5,
)
DENSE = replace(
    ROOMY,
    classes="is-dense",
    frame=62,
    letter=Text(48, 5.35),
    clinic=Text(48, 5.1),
    dose=5.4,
    dose_ems=21.4,
    visit_gap=1.2,
    record=Text(57, 4.4),
    advice=Text(57, 4.4),
    record_runs_on=True,
)
TIGHT = replace(
    DENSE,
    classes="is-dense is-tight",
    frame=61,
    letter=Text(53, 4.85),
    dose=4.55,
    dose_ems=22.6,
    visit_gap=0.8,
    question=Text(25, 4.3),
    record=Text(62, 4.0),
    advice=Text(62, 4.0),
)
HALF = Setting(
    classes="is-half",
    rule_ems=46.5,
    room=168,
    frame=41.8,
    letter=Text(36, 4.9),
    clinic=Text(37, 4.6),
    heading=Text(36, 4.7),
    dose=4.9,
    visit_gap=1.2,
    question=Text(15, 3.9),
    record=Text(42, 3.9),
    advice=Text(42, 3.9),
    dose_ems=20,
    slip_rules=5,
    record_runs_on=True,
    half=True,
)
HALF_ROOMY = replace(HALF, classes="is-half is-listed", record=Text(48, 4.75), record_runs_on=False)
HALF_TIGHT = replace(
    HALF,
    classes="is-half is-small",
    frame=51,
    letter=Text(39, 4.35),
    clinic=Text(40, 4.1),
    dose=3.9,
    dose_ems=20.6,
    visit_gap=1.0,
    advice_runs_on=True,
    record=Text(45.5, 3.6),
    advice=Text(45.5, 3.6),
)
LARGE = replace(
    ROOMY,
    classes="is-large",
    room=225,
    frame=72,
    letter=Text(31, 8.7),
    clinic=Text(32, 8.0),
    heading=Text(32, 8.4),
    dose=8.4,
    question=Text(17, 7.0),
    record=Text(38, 7.3),
    advice=Text(38, 7.0),
    dose_ems=19.5,
    slip_rules=6,
    stacked=True,
)
LARGE_RUN = replace(LARGE, record=Text(42, 6.2), record_runs_on=True)
BOTH = replace(
    DENSE, classes="is-dense is-both", frame=63, dose=5.02, bilingual=True, record=ROOMY.record, record_runs_on=False
)
BOTH_TIGHT = replace(
    TIGHT, classes="is-dense is-tight is-both", frame=64, bilingual=True, english_beside=True, dose_ems=19.6
)
LARGE_BOTH = replace(LARGE_RUN, classes="is-large is-both", dose=7.02, bilingual=True)
_WHOLE = (ROOMY, DENSE, TIGHT)
SETTINGS: Sequence[Setting] = (*_WHOLE, HALF_ROOMY, HALF, HALF_TIGHT, LARGE, LARGE_RUN, BOTH, BOTH_TIGHT, LARGE_BOTH)

#: From here on characters are as wide as they are high.
_WIDE_FROM = 0x2E80
#: Letters, digits and blanks, on the average of what stands on a notice.
_NARROW = 0.56


def ems(text: str) -> float:
    """About how wide a text is, in ems."""
    return sum(1 if ord(one) >= _WIDE_FROM or one in "“”…—□☑＿┄" else _NARROW for one in text)


def first_setting(pages: Sequence["Page"]) -> int:
    """The place of the first page in the ladder that should stay on one sheet; the last if none."""
    return next((place for place, page in enumerate(pages) if _should_fit(page)), len(pages) - 1)


def _should_fit(page: "Page") -> bool:
    too_many = page.setting.half and page.sheet.still_owed > MOST_ON_HALF
    return not too_many and height(page) <= page.setting.room


def height(page: "Page") -> float:
    """Millimetres that the sheet takes above its slip."""
    sheet, setting = page.sheet, page.setting
    tall = setting.frame + setting.letter.height(f"{page.greeting}{page.letter}")
    if page.closing:
        tall += setting.letter.height("孩子可以照常上学。" + page.closing)
    if page.english_letter:
        tall += Text(setting.letter.ems * 1.2, setting.letter.line * 0.8).height(page.english_letter) + 3
    if sheet.kind.asks:
        tall += setting.clinic.height(page.clinic_name + page.clinic)
    if sheet.owed:
        tall += setting.heading.height(page.owed_heading)
    for when, lines in page.visits:
        tall += setting.visit_gap + setting.dose * (max(when.count("\n"), lines.count("\n")) + 1 + setting.stacked)
    if sheet.waived:
        tall += setting.heading.line + 3 + setting.dose * (page.waived.count("\n") + 1)
    if sheet.questions:
        tall += setting.heading.line + 3
    for one in sheet.questions:
        told = max(setting.question.height("\n".join(one.remarks)), setting.question.line * (len(one.doses) + 1))
        tall += told + 2.2
    tall += setting.record.height(page.records) if not setting.record_runs_on else 0
    tall += setting.record.height(f"{page.records_heading}　{page.records}") if setting.record_runs_on else 8
    return tall + setting.advice.height("种过但没有写在上面？" + page.advice) + setting.advice.height(page.signed)
