"""What goes over the line, as pydantic models: the OpenAPI document is made of these and of nothing else.

Results name a child by our number and by the numbers that systems share (儿童编码, 学籍号): no name, no identity
number, no phone leaves here.
"""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

#: An opaque place in a sequence, to be sent back as it came.
Cursor = Annotated[int, Field(ge=0, le=2**31 - 1)]
MOST = 500


class Shape(BaseModel):
    """Strict about what it is sent, and never prints its values into an error."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class Fault(Shape):
    """One fault: where (a JSON pointer or the name of a parameter), which kind, and how to put it right."""

    where: str
    what: str
    how: str


class Problem(Shape):
    """RFC 9457. `title` says what happened, `detail` how to put it right; `code` is for programs."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[Fault] = []


class Page(Shape):
    """Which part of a sequence is asked for."""

    after: Cursor = Field(0, description="`next` of the page before; 0 is the beginning.")
    limit: int = Field(100, ge=1, le=MOST)


class Bearer(Shape):
    """Whose token this is."""

    organisation_id: int
    organisation: str
    kind: str
    scopes: list[str]
    expires_at: dt.datetime


class Owed(Shape):
    """One dose that is owed or in question, with the reasons."""

    line: str = Field(description="The line of the schedule, for example `MMR`.")
    product: str
    dose: int = Field(description="Which dose of the line.")
    earliest: dt.date = Field(description="The first day on which it can be given.")
    state: str = Field(description="`waiting`, `due` or `overdue` on the day of the check.")
    why: str = Field(description="A sentence for people.")
    reasons: list[str] = Field(description="The readings of the law on which it rests.")


class Verdict(Shape):
    """A check as it was judged and kept."""

    check_id: int
    number: int = Field(description="1 is the first check, 2 and more are looks again.")
    checked_on: dt.date
    recorded_at: dt.datetime
    result: str = Field(description="`complete`, `catch_up`, `review`, `no_certificate` or `waived`.")
    edition: str = Field(description="The edition of the schedule.")
    owed: list[Owed]
    to_verify: list[Owed] = Field(description="In question: asked about, never demanded.")


class ChildResult(Shape):
    """A child in a class, and the check that stands."""

    enrolment_id: int
    child_id: int
    child_code: str | None = Field(description="儿童编码")
    student_number: str | None = Field(description="学籍号")
    school_id: int
    grade: str
    class_name: str
    checked: bool
    verdict: Verdict | None


class Results(Shape):
    items: list[ChildResult]
    next: Cursor | None = Field(description="`after` of the next page; null on the last one.")
    changes_from: Cursor = Field(description="Of the first page: where `/results/changes` goes on from.")


class Change(Shape):
    """A check that was made since, in place of another one or not."""

    enrolment_id: int
    child_id: int
    supersedes: int | None = Field(description="The check in whose place it stands.")
    withdrawn: bool = Field(description="It only says that the check in `supersedes` was undone.")
    verdict: Verdict


class Changes(Shape):
    items: list[Change]
    next: Cursor = Field(description="`after` of the next question, today or tomorrow.")
    more: bool


class ListHead(Shape):
    """A thirty-day list that was frozen."""

    list_id: int
    school_id: int
    health_center_id: int
    sequence: int = Field(description="1 is the list, 2 and more are supplements.")
    state: str
    content_hash: str
    frozen_at: dt.datetime
    sent_at: dt.datetime | None
    children: int


class Lists(Shape):
    items: list[ListHead]
    next: Cursor | None


class ListRow(Shape):
    position: int
    kind: str = Field(description="`added`, `changed` or `dropped`.")
    why: str | None = Field(description="Why it was dropped.")
    child_id: int
    child_code: str | None
    student_number: str | None
    class_name: str
    parts: list[str]
    owed: list[Owed]
    to_verify: list[Owed]


class WholeList(Shape):
    head: ListHead
    rows: list[ListRow]
