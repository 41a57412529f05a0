"""补种通知书: what a family takes home. One child a sheet, as many sheets as there are children in one file.

The sheet carries three parts as they apply: 补证 (no certificate was seen), 补种 (every owed dose on a line of its own)
and 核实 (records that somebody has to look at; never called owed). Kinds that say "passed" get a sheet of their own.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from forms.paper.fitting import SETTINGS, first_setting
from forms.paper.parties import Clinic, Pupil
from forms.paper.printing import Press
from forms.translating import translate as _

#: The code in groups that can be read out on the phone.
_GROUP, _GROUPS_A_LINE = 4, 3


@dataclass(frozen=True, slots=True)
class OwedDose:
    """A line of the part 补种."""

    vaccine: str
    dose: str
    #: The age at which it is due, in words; empty where it has none.
    age: str
    earliest: dt.date
    #: Could it be given on the day of the check?
    ready: bool
    #: 已过月龄, 已到年龄, 未到间隔
    state: str
    note: str = ""
    #: Settled since the check: the line stays and says how, by the day it was given or in words.
    done: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A line of the part 核实: what is unclear of one vaccine, and which doses depend on it."""

    vaccine: str
    remarks: tuple[str, ...]
    doses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One dose on record: its day, or what stands in its place."""

    text: str
    counts: bool = True

    def __str__(self) -> str:
        return self.text if self.counts else f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Record:
    """The doses on record of one vaccine."""

    vaccine: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, repr=False)
class NoticeSheet:
    """Everything that one notice says."""

    pupil: Pupil
    number: str
    #: 21 digits; they and nothing else are in the square code.
    code: str
    #: 1 for the first print.
    copy: int
    checked_on: dt.date
    printed_on: dt.date
    recheck_by: dt.date
    clinic: Clinic | None
    #: absent or being_replaced, where a certificate is missing.
    certificate: str | None = None
    owed: tuple[OwedDose, ...] = ()
    questions: tuple[Question, ...] = ()
    #: What the clinic's assessment says where it differs from the record: complete or catch_up.
    clinic_says: str | None = None
    records: tuple[Record, ...] = ()

    @property
    def title(self) -> str:
        asks_to_verify = self.questions or self.clinic_says
        words = [(self.certificate, _("补证")), (self.owed, _("补种")), (asks_to_verify, _("核实"))]
        return _("%(what)s通知书", what=_("、").join(word for holds, word in words if holds))

    @property
    def visits(self) -> list[tuple[str, list[OwedDose]]]:
        """The owed doses by the day from which they can be given."""
        in_order = sorted(self.owed, key=_from)
        return [(_day_words(day), list(doses)) for day, doses in groupby(in_order, key=_from)]

    @property
    def still_owed(self) -> int:
        return sum(not dose.done for dose in self.owed)

    @property
    def ready(self) -> int:
        return sum(dose.ready and not dose.done for dose in self.owed)

    @property
    def uncounted(self) -> bool:
        return any(not entry.counts for record in self.records for entry in record.entries)

    @property
    def code_lines(self) -> list[str]:
        groups = [self.code[at : at + _GROUP] for at in range(0, len(self.code), _GROUP)]
        return [" ".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]


def print_notices(press: Press, sheets: Sequence[NoticeSheet]) -> bytes:
    """One PDF, the sheets in the order given, each on one page where it can be."""
    chosen = [first_setting(sheet) for sheet in sheets]
    title = _title_of_file(sheets)
    with press.at_work():
        while True:
            settings = [SETTINGS[place] for place in chosen]
            laid_out = press.lay_out("notice", title=title, sheets=list(zip(sheets, settings, strict=True)))
            pages = laid_out.pages_of([f"n{place}" for place in range(len(sheets))])
            long = [place for place, count in enumerate(pages) if count > 1 and chosen[place] + 1 < len(SETTINGS)]
            if not long:
                return laid_out.pdf()
            for place in long:
                chosen[place] += 1


def _title_of_file(sheets: Iterable[NoticeSheet]) -> str:
    """What the viewer's window shows: never whose notice it is."""
    titles = {sheet.title for sheet in sheets}
    return titles.pop() if len(titles) == 1 else _("通知书")


def _from(dose: OwedDose) -> dt.date:
    """Whatever could be given at the check belongs together."""
    return dt.date.min if dose.ready else dose.earliest


def _day_words(day: dt.date) -> str:
    return _("现在可种") if day == dt.date.min else _("%(day)s 起", day=day.isoformat())
