"""What a family takes home, as plain values: one child a sheet, printed by `forms.paper.notice_printing`.

A sheet that asks carries three parts as they apply: 补证 (no certificate was seen), 补种 (every owed dose on a line of
its own) and 核实 (records that somebody has to look at; never called owed). 催种 asks a second time for what is still
open. Where nothing is asked there are two papers that say so: 查验合格证明, and 查验证明 which names what was waived.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from forms.paper.parties import Clinic, Heading, Pupil
from forms.translating import translate as _

#: The code in groups that can be read out on the phone.
_GROUP = 4


class Kind(StrEnum):
    """Which paper it is."""

    FIRST = "first"
    SECOND = "second"
    PASSED = "passed"
    WAIVED = "waived"

    @property
    def asks(self) -> bool:
        return self in (Kind.FIRST, Kind.SECOND)


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
    #: The day of the planned visit it belongs to, if there is a plan.
    visit: dt.date | None = None
    #: The same in English, for the bilingual sheet.
    english: str = ""


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
    english: str = ""


@dataclass(frozen=True, slots=True)
class Waived:
    """A vaccine that was not completed and is not asked for, and why in words that a school may see."""

    vaccine: str
    why: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """The doses that are given together: which visit it is, and when."""

    label: str
    when: str
    doses: tuple[OwedDose, ...]
    #: Counts the planned visits; 0 where there is no plan.
    number: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class NoticeSheet:
    """Everything that one notice says."""

    pupil: Pupil
    number: str
    #: 21 digits; they and nothing else are in the square code of the slip.
    code: str
    #: 1 for the first print.
    copy: int
    checked_on: dt.date
    printed_on: dt.date
    recheck_by: dt.date
    clinic: Clinic | None
    #: Where a family can look it up, with the code at its end: what the square code on top says then. Empty: nowhere.
    address: str = ""
    kind: Kind = Kind.FIRST
    heading: Heading = Heading()
    #: absent or being_replaced, where a certificate is missing.
    certificate: str | None = None
    owed: tuple[OwedDose, ...] = ()
    questions: tuple[Question, ...] = ()
    #: What the clinic's assessment says where it differs from the record: complete or catch_up.
    clinic_says: str | None = None
    records: tuple[Record, ...] = ()
    waived: tuple[Waived, ...] = ()
    #: The last day on which the planned visits can begin and still be over before the second look.
    latest_start: dt.date | None = None
    #: What to know of the planned days, and owed doses for which no day is left.
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        if self.kind is Kind.PASSED:
            return _("预防接种查验合格证明")
        if self.kind is Kind.WAIVED:
            return _("预防接种查验证明")
        again = self.kind is Kind.SECOND
        asks_to_verify = self.questions or self.clinic_says
        words = [
            (self.certificate, _("补证")),
            (self.owed, _("催种") if again else _("补种")),
            (asks_to_verify, _("核实")),
        ]
        title = _("%(what)s通知书", what=_("、").join(word for holds, word in words if holds))
        return title + _("（再次提醒）") if again and not self.owed else title

    @property
    def visits(self) -> list[Visit]:
        """The owed doses by the visit of the plan, else by the day from which they can be given; settled ones last."""
        opened = [dose for dose in self.owed if not dose.done]
        planned = [dose for dose in opened if dose.visit]
        found = [
            Visit(_("第 %(n)s 次", n=number), day_and_weekday(day), tuple(doses), number)
            for number, (day, doses) in enumerate(_by(planned, _planned), start=1)
        ]
        unplanned = [dose for dose in opened if not dose.visit]
        for day, doses in _by(unplanned, _from):
            now = day == dt.date.min
            label = _("现在可种") if now else _("%(day)s 起", day=day.isoformat())
            found.append(Visit(label, "", tuple(doses)))
        if settled := tuple(dose for dose in self.owed if dose.done):
            found.append(Visit(_("已有着落"), "", settled))
        return found

    @property
    def planned_visits(self) -> int:
        return len({dose.visit for dose in self.owed if dose.visit and not dose.done})

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
    def code_in_groups(self) -> str:
        return " ".join(self.code[at : at + _GROUP] for at in range(0, len(self.code), _GROUP))


def day_and_weekday(day: dt.date) -> str:
    """2026-09-15 周二"""
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return f"{day.isoformat()} {names[day.weekday()]}"


def _by(doses: list[OwedDose], key: Callable[[OwedDose], dt.date]) -> list[tuple[dt.date, list[OwedDose]]]:
    return [(day, list(some)) for day, some in groupby(sorted(doses, key=key), key=key)]


def _planned(dose: OwedDose) -> dt.date:
    assert dose.visit is not None
    return dose.visit


def _from(dose: OwedDose) -> dt.date:
    """Whatever could be given at the check belongs together."""
    return dt.date.min if dose.ready else dose.earliest
