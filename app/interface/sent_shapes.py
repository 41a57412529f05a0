"""What other programs send in: rosters and doses, and what they are told of them. Only here do names cross the line."""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from app.interface.shapes import Shape

#: One line; what no keyboard writes is refused at the door.
_NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"
Text = Annotated[str, StringConstraints(max_length=200, pattern=_NO_CONTROLS)]
Word = Annotated[str, StringConstraints(max_length=60, pattern=_NO_CONTROLS)]
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written_as_a_day(value: object) -> object:
    """Pydantic would read a number as seconds since 1970."""
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        raise ValueError("A day is written like 2020-03-12.")
    return value


Day = Annotated[dt.date, BeforeValidator(_written_as_a_day)]
Needed = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_NO_CONTROLS)]
Seen = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
MOST_CHILDREN = 5_000
MOST_DOSES = 60


class RosterChild(Shape):
    """A child of the school's roster. What is left out empties nothing that is on record."""

    name: Needed
    sex: Literal["M", "F"] | None = None
    birth_date: Day | None = None
    number_kind: Word = Field("", description="Empty for 身份证; else 护照 or another paper.")
    number: Word = ""
    child_code: Word = Field("", description="儿童编码")
    student_number: Word = Field("", description="学籍号")
    grade: Word = ""
    class_name: Needed
    guardian: Word = ""
    relation: Word = ""
    phone: Word = ""
    address: Text = ""
    former_name: Word = ""
    origin: Literal["local", "elsewhere", "abroad"] | None = None
    source: Literal["roster", "transfer", "midyear", "guest"] | None = None
    from_day: Day | None = None


class RosterIn(Shape):
    children: list[RosterChild] = Field(min_length=1, max_length=MOST_CHILDREN)
    make_classes: bool = Field(False, description="Classes that the school does not have yet are made.")


class GivenDose(Shape):
    vaccine: Needed = Field(description="A product's code or any of its usual names.")
    day: Day
    lot: Annotated[str, StringConstraints(max_length=40, pattern=_NO_CONTROLS)] = ""
    unit: Annotated[str, StringConstraints(max_length=120, pattern=_NO_CONTROLS)] = Field("", description="接种单位")


class DosesChild(Shape):
    """A child with its doses, named by 儿童编码 or 身份证号; by name and birth date it is a question for a person."""

    child_code: Word = ""
    number: Word = ""
    name: Word = ""
    sex: Literal["M", "F"] | None = None
    birth_date: Day | None = None
    doses: list[GivenDose] = Field(min_length=1, max_length=MOST_DOSES)


class DosesIn(Shape):
    children: list[DosesChild] = Field(min_length=1, max_length=MOST_CHILDREN)


class Seeing(Shape):
    """What is confirmed: the `seen` of the proposal. If the records moved meanwhile, nothing is written."""

    seen: Seen


class RowFault(Shape):
    """What cannot be taken of one child or dose; nothing of it is written."""

    row: int = Field(description="The place in what was sent, from 1: of the child, and for doses of the dose.")
    field: str
    how: str


class RowChild(Shape):
    """Which child a row of a roster was written to, or was found to be."""

    row: int = Field(description="The place in what was sent, from 1.")
    child_id: int


class Proposal(Shape):
    """What was sent beside the records as they are now. Nothing is written until it is applied."""

    import_id: int
    state: str = Field(description="`proposed`, `applied`, `refused` or `expired`.")
    expires_at: dt.datetime
    counts: dict[str, int]
    faults: list[RowFault]
    questions: int = Field(description="What a person has to answer on the page of imports before it can be applied.")
    ready: bool = Field(description="It can be applied as it is.")
    children: list[RowChild] = Field(
        [], description="Of a roster that was applied: our number of the child of every row that was not left out."
    )
    seen: Seen | None = Field(description="To be sent back when applying; null once it is decided.")
