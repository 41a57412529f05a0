"""What is printed before the start: the letter to the parents, blank registers, dose pads for a day without power, and
the table for the wall. Nobody's data stands on any of them.

What a table asks by which age comes from the rules themselves (`rules.timetable`), never from here.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from forms.paper.parties import Clinic
from forms.paper.printing import Press
from forms.translating import translate as _
from forms.wording import line_name, product_name, span_of_age
from rules import national
from rules.timetable import Entry, due_by, timetable

#: Rows of a page of the blank register, and pages: enough for a class of sixty.
ROWS, PAGES = 20, 3
#: The ages at which a child enters: kindergarten at three, school at six.
ENTERS_KINDERGARTEN, ENTERS_SCHOOL = 36, 72
#: For whom the wall table counts, in years.
_AGES = (3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sheets say of the place they are printed for; what is empty becomes a line to write on."""

    school: str
    #: Name and phone of the person to ask.
    contact: str
    clinic: Clinic | None
    kindergarten: bool
    campaign: str
    checked_from: dt.date | None
    checked_until: dt.date | None
    #: Empty: the one in force today.
    edition: str
    today: dt.date

    @property
    def edition_id(self) -> str:
        return self.edition or national().edition_on(self.today.toordinal()).id


@dataclass(frozen=True, slots=True)
class Box:
    """A group of columns of the register: one vaccine and its doses; those in brackets are for some products only."""

    title: str
    doses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WallRow:
    """One product: the dose numbers under the age at which they are due."""

    vaccine: str
    by_age: tuple[str, ...]


def print_letter(press: Press, facts: Facts) -> bytes:
    """入学须知: one A4, with a slip to return."""
    months = ENTERS_KINDERGARTEN if facts.kindergarten else ENTERS_SCHOOL
    due = _due(timetable(facts.edition_id), months)
    return press.print("entry_letter", facts=facts, due=due, years=months // 12)


def print_register(press: Press, facts: Facts) -> bytes:
    """The register of a class, blank: a child a row, a column for every dose."""
    return press.print("blank_register", facts=facts, boxes=register_boxes(), rows=ROWS, pages=PAGES)


def print_dose_pad(press: Press, facts: Facts) -> bytes:
    """Two pads on an A4 across, with a line to cut: a child's certificate and doses, copied by hand."""
    boxes = register_boxes()
    return press.print("dose_pad", facts=facts, boxes=boxes, most=max(len(box.doses) for box in boxes))


def print_wall_table(press: Press, facts: Facts) -> bytes:
    """应种剂次 by age, on one page."""
    entries = timetable(facts.edition_id)
    law = national()
    title = law.sources[law.edition(facts.edition_id).source].title
    ages = list(dict.fromkeys((one.months, one.age) for one in entries))
    return press.print(
        "wall_table",
        facts=facts,
        title=title,
        ages=[_at_birth() if not months else span_of_age(age) for months, age in ages],
        rows=_wall_rows(entries, [months for months, _age in ages]),
        counted=[(_("满 %(n)s 岁", n=years), _due(entries, 12 * years)) for years in _AGES],
        lines=[line_name(line) for line in due_by(entries, 0)],
    )


def register_boxes() -> tuple[Box, ...]:
    """The dose columns of the official register, in its order."""
    return (
        Box(_("卡介苗"), ("1",)),
        Box(_("乙肝"), ("1", "2", "3")),
        Box(_("脊灰"), ("1", "2", "3", "4")),
        Box(_("百白破"), ("1", "2", "3", "4", "5")),
        Box(_("白破"), ("1",)),
        Box(_("含麻疹成分"), ("1", "2")),
        Box(_("乙脑"), ("1", "2", "(3)", "(4)")),
        Box(_("A群流脑"), ("1", "2")),
        Box(_("A群C群流脑"), ("1", "2")),
        Box(_("甲肝"), ("1", "(2)")),
    )


def _at_birth() -> str:
    return _("出生")


def _due(entries: Sequence[Entry], months: int) -> list[tuple[str, int]]:
    return [(line_name(line), number) for line, number in due_by(list(entries), months).items()]


def _wall_rows(entries: Sequence[Entry], months: Sequence[int]) -> list[WallRow]:
    """By line as the law orders them, and within a line by what is given first."""
    order = list(national().line_codes)
    products = dict.fromkeys((one.line, one.product) for one in sorted(entries, key=lambda one: order.index(one.line)))
    rows = []
    for line, product in products:
        doses = {one.months: str(one.dose) for one in entries if (one.line, one.product) == (line, product)}
        rows.append(WallRow(product_name(product), tuple(doses.get(month, "") for month in months)))
    return rows
