"""A roster as it was read: one row a child, with everything that is wrong with it; and the same as text for the seal.

Nothing here prints its values: rows are names and numbers of people.
"""

import datetime as dt
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from app.children.kinds import EnrolmentSource, Origin, Sex
from app.privacy.identities import Guardian, Identifier, IdentifierKind


class _Discreet:
    """Prints its type and nothing else."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"


@dataclass(frozen=True, slots=True, repr=False)
class Fault(_Discreet):
    """What is wrong in one cell: its column, what was read there, and how to put it right."""

    column: str
    read: str
    sentence: str


@dataclass(frozen=True, slots=True, repr=False)
class Row(_Discreet):
    """One child as the file says. What it does not say is empty, and an empty cell never empties a record."""

    #: As table programs count, the first row of the sheet being 1.
    number: int
    name: str = ""
    sex: Sex | None = None
    birth_date: dt.date | None = None
    numbers: tuple[Identifier, ...] = ()
    grade: str = ""
    class_name: str = ""
    guardians: tuple[Guardian, ...] = ()
    address: str = ""
    former_name: str = ""
    origin: Origin | None = None
    source: EnrolmentSource | None = None
    from_day: dt.date | None = None
    faults: tuple[Fault, ...] = ()

    def number_of(self, kind: IdentifierKind) -> str | None:
        return next((one.number for one in self.numbers if one.kind is kind), None)


@dataclass(slots=True, repr=False)
class Roster(_Discreet):
    """Everything kept of an upload until somebody decides."""

    file_name: str
    sheet: str
    #: Sheets that were not read.
    other_sheets: tuple[str, ...]
    header_row: int
    columns: tuple[str, ...]
    unused: tuple[str, ...]
    rows: tuple[Row, ...]
    #: For a file without a column of classes: the class that was chosen.
    class_id: int | None = None
    #: Goes into the stamps, so that nobody guesses from a stamp what another school's record says.
    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    #: How each row compared when the file came; what differs now has moved underneath.
    stamps: dict[int, str] = field(default_factory=dict)
    #: Row → (what the row compared as, the answer). An answer to another question is none.
    answers: dict[int, tuple[str, str]] = field(default_factory=dict)
    #: New class → make or leave.
    class_answers: dict[str, str] = field(default_factory=dict)
    #: The day of the upload.
    read_on: str = ""
    #: Somebody said that this is not last year's file.
    this_year: bool = False


def packed(roster: Roster) -> bytes:
    content = {name: getattr(roster, name) for name in _PLAIN}
    content["rows"] = [_row_out(row) for row in roster.rows]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpacked(text: bytes) -> Roster:
    content = json.loads(text.decode("utf-8", "surrogatepass"))
    plain = {name: content[name] for name in _PLAIN}
    for name in ("other_sheets", "columns", "unused"):
        plain[name] = tuple(plain[name])
    plain["stamps"] = {int(number): stamp for number, stamp in plain["stamps"].items()}
    plain["answers"] = {int(number): (stamp, answer) for number, (stamp, answer) in plain["answers"].items()}
    return Roster(rows=tuple(_row_in(row) for row in content["rows"]), **plain)


_PLAIN = (
    *("file_name", "sheet", "other_sheets", "header_row", "columns", "unused", "class_id", "salt"),
    *("stamps", "answers", "class_answers", "read_on", "this_year"),
)


def _row_out(row: Row) -> list[Any]:
    """Places instead of names: five thousand rows are half as long."""
    return [
        row.number,
        row.name,
        row.sex,
        row.birth_date and row.birth_date.isoformat(),
        [[one.kind, one.number] for one in row.numbers],
        row.grade,
        row.class_name,
        [[one.name, one.relation, one.phone] for one in row.guardians],
        row.address,
        row.former_name,
        row.origin,
        row.source,
        row.from_day and row.from_day.isoformat(),
        [[one.column, one.read, one.sentence] for one in row.faults],
    ]


def _row_in(places: list[Any]) -> Row:
    number, name, sex, born, numbers, grade, class_name, guardians, address, former, origin, source, day, faults = (
        places
    )
    return Row(
        number=number,
        name=name,
        sex=Sex(sex) if sex else None,
        birth_date=dt.date.fromisoformat(born) if born else None,
        numbers=tuple(Identifier(IdentifierKind(kind), text) for kind, text in numbers),
        grade=grade,
        class_name=class_name,
        guardians=tuple(Guardian(*one) for one in guardians),
        address=address,
        former_name=former,
        origin=Origin(origin) if origin else None,
        source=EnrolmentSource(source) if source else None,
        from_day=dt.date.fromisoformat(day) if day else None,
        faults=tuple(Fault(*one) for one in faults),
    )
