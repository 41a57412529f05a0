"""A table as plain values: columns, rows, totals. The PDF and the workbook both draw it, so that they cannot differ.

Whoever makes a table sorts, counts and words it; whoever draws it decides nothing.
"""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

#: What a cell may hold. Lines of a text are separated by "\n"; a date stays a date.
Value = str | int | dt.date | None


class Kind(StrEnum):
    """How a column stands: words, something short in the middle, a number, a day, a name."""

    TEXT = "text"
    MIDDLE = "middle"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres on paper. Neighbours of one `group` share a heading above theirs."""

    label: str
    width: float
    kind: Kind = Kind.TEXT
    group: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """The cells of a line; a strong one is a sum of others."""

    cells: tuple[Value, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of the head: over `span` columns and `depth` lines."""

    label: str
    span: int
    depth: int


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """One table. `empty` stands in its place when there are no rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    empty: str = ""
    notes: tuple[str, ...] = ()
    #: The head as words of its own, where it is printed under the sheet's title.
    caption: str = ""

    def __post_init__(self) -> None:
        for row in (*self.rows, *self.totals):
            if len(row.cells) != len(self.columns):
                raise ValueError(f"A row of {self.title} has {len(row.cells)} cells for {len(self.columns)} columns.")

    @property
    def grouped(self) -> bool:
        return any(column.group for column in self.columns)

    @property
    def head(self) -> tuple[tuple[Heading, ...], ...]:
        """One line, or two where columns are grouped."""
        if not self.grouped:
            return (tuple(Heading(column.label, 1, 1) for column in self.columns),)
        upper: list[Heading] = []
        lower: list[Heading] = []
        for column, before in zip(self.columns, (None, *self.columns), strict=False):
            if not column.group:
                upper.append(Heading(column.label, 1, 2))
                continue
            lower.append(Heading(column.label, 1, 1))
            if before is not None and before.group == column.group:
                last = upper.pop()
                upper.append(Heading(column.group, last.span + 1, 1))
            else:
                upper.append(Heading(column.group, 1, 1))
        return tuple(upper), tuple(lower)

    @property
    def begins(self) -> tuple[bool, ...]:
        """Which columns begin a group, or end one: a heavier rule stands before them."""
        before = (None, *self.columns)
        return tuple(
            earlier is not None and self.grouped and column.group != earlier.group
            for column, earlier in zip(self.columns, before, strict=False)
        )


@dataclass(frozen=True, slots=True, repr=False)
class TableSheet:
    """A paper made of tables: what stands above and below them."""

    title: str
    #: Under the title: school, class, campaign, day.
    facts: tuple[str, ...]
    tables: tuple[Table, ...]
    number: str
    #: The first digits of the seal over the rows.
    seal: str
    drawn_on: dt.date
    #: What the marks mean.
    legend: str = ""
    #: The last line: who signs, where the stamp goes.
    hands: tuple[str, ...] = ()
    #: What the sheet rests on, in small print.
    notes: tuple[str, ...] = ()


def shown(value: Value) -> str:
    """A cell in print; a zero is a number too."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def lines(value: Value) -> Sequence[str]:
    return shown(value).split("\n")


def plain(text: str) -> str:
    """Without the characters that only steer text: no sheet shows them, and a workbook refuses them."""
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cf", "Cs"})
