"""未完成国家免疫规划疫苗接种儿童登记表: what a school reports to a health center. A cover with counts, then the list.

The cover is a letter, the list a table across; number, seal and page stand on every page.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from forms.paper.parties import Pupil
from forms.paper.printing import Press
from forms.translating import translate as _


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the cover; the strong ones are what the letter is about."""

    label: str
    value: int
    strong: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ReportLine:
    """One child of the list."""

    position: int
    pupil: Pupil
    #: The end of the child's code, as much as a list shows; empty where there is none.
    code: str
    #: Name and phone, a guardian each.
    guardians: tuple[str, ...]
    #: 需补种, 需核实, 无接种证
    result: str
    #: 百白破疫苗 4、5; those that wait for an interval carry a mark.
    owed: tuple[str, ...]
    to_verify: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class SumRow:
    """One vaccine: how many children owe each dose, and all of them."""

    vaccine: str
    by_dose: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.by_dose)


@dataclass(frozen=True, slots=True)
class SumTable:
    """Sums that add up both ways."""

    doses: tuple[int, ...]
    rows: tuple[SumRow, ...]

    @property
    def by_dose(self) -> tuple[int, ...]:
        return tuple(sum(row.by_dose[place] for row in self.rows) for place in range(len(self.doses)))

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


@dataclass(frozen=True, slots=True, repr=False)
class ReportSheet:
    """Everything that one list says."""

    school: str
    center: str
    campaign: str
    number: str
    #: The first digits of the seal; empty on a draft.
    seal: str
    is_draft: bool
    #: 1 for the list, 2 and more for its supplements.
    sequence: int
    drawn_on: dt.date
    until: dt.date
    figures: tuple[Figure, ...]
    listed_before: int
    only_due: int
    lines: tuple[ReportLine, ...]
    sums: SumTable
    edition: str
    made_by: str

    @property
    def expected(self) -> int:
        return sum(figure.value for figure in self.figures)

    @property
    def title(self) -> str:
        return _("未完成国家免疫规划疫苗接种儿童登记表")

    @property
    def waits(self) -> bool:
        """Is a dose marked as waiting for its interval?"""
        return any(WAITING in text for line in self.lines for text in line.owed)


#: Behind the number of a dose that cannot be given yet.
WAITING = "*"


def print_report(press: Press, sheet: ReportSheet) -> bytes:
    return press.print("report", sheet=sheet, columns=_columns(sheet.sums.doses))


def _columns(doses: Sequence[int]) -> list[str]:
    return [_("第 %(n)s 剂", n=dose) for dose in doses]
