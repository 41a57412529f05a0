"""An export as it was read: children with their doses; and the same as text for the seal. Prints no values."""

import datetime as dt
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from app.children.kinds import Sex
from app.privacy.identities import Identifier, IdentifierKind


class _Discreet:
    """Prints its type and nothing else."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, not shown>"


@dataclass(frozen=True, slots=True, repr=False)
class FileDose(_Discreet):
    """One dose of the file. `product` is None where nobody knows which one is meant: `named` says what stands there."""

    row: int
    product: str | None
    named: str
    day: dt.date
    lot: str = ""
    unit: str = ""


@dataclass(slots=True, repr=False)
class FileChild(_Discreet):
    """One child of the file with every dose that the file has of it."""

    #: The row in which it is first named, the first row of the sheet being 1.
    row: int
    name: str = ""
    sex: Sex | None = None
    birth_date: dt.date | None = None
    numbers: tuple[Identifier, ...] = ()
    doses: list[FileDose] = field(default_factory=list)

    def number_of(self, kind: IdentifierKind) -> str | None:
        return next((one.number for one in self.numbers if one.kind is kind), None)


@dataclass(frozen=True, slots=True, repr=False)
class FileFault(_Discreet):
    """A row that could not be read: where, what stands there, how to put it right."""

    row: int
    column: str
    read: str
    sentence: str


@dataclass(slots=True, repr=False)
class Export(_Discreet):
    """Everything kept of an upload until somebody decides."""

    file_name: str
    children: list[FileChild]
    faults: list[FileFault]
    #: Rows of doses that the file has, the faulty ones among them.
    dose_rows: int
    salt: str = field(default_factory=lambda: secrets.token_hex(16))
    #: Row of a child → the child that is meant, or None: none of them.
    answers: dict[int, int | None] = field(default_factory=dict)
    #: What stands in the file → the product that is meant, or empty: leave these doses out.
    products: dict[str, str] = field(default_factory=dict)

    @property
    def unknown_products(self) -> dict[str, int]:
        """Names that mean no product, with how many doses go by them."""
        found: dict[str, int] = {}
        for child in self.children:
            for dose in child.doses:
                if dose.product is None:
                    found[dose.named] = found.get(dose.named, 0) + 1
        return found


def packed(export: Export) -> bytes:
    content = {
        "file_name": export.file_name,
        "children": [_child_out(one) for one in export.children],
        "faults": [[one.row, one.column, one.read, one.sentence] for one in export.faults],
        "dose_rows": export.dose_rows,
        "salt": export.salt,
        "answers": export.answers,
        "products": export.products,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpacked(text: bytes) -> Export:
    content = json.loads(text.decode("utf-8", "surrogatepass"))
    return Export(
        file_name=content["file_name"],
        children=[_child_in(one) for one in content["children"]],
        faults=[FileFault(*one) for one in content["faults"]],
        dose_rows=content["dose_rows"],
        salt=content["salt"],
        answers={int(row): answer for row, answer in content["answers"].items()},
        products=content["products"],
    )


def _child_out(child: FileChild) -> list[Any]:
    """Places instead of names: a hundred thousand doses are half as long."""
    return [
        child.row,
        child.name,
        child.sex,
        child.birth_date and child.birth_date.isoformat(),
        [[one.kind, one.number] for one in child.numbers],
        [[one.row, one.product, one.named, one.day.isoformat(), one.lot, one.unit] for one in child.doses],
    ]


def _child_in(places: list[Any]) -> FileChild:
    row, name, sex, born, numbers, doses = places
    return FileChild(
        row=row,
        name=name,
        sex=Sex(sex) if sex else None,
        birth_date=dt.date.fromisoformat(born) if born else None,
        numbers=tuple(Identifier(IdentifierKind(kind), number) for kind, number in numbers),
        doses=[
            FileDose(at, product, named, dt.date.fromisoformat(day), lot, unit)
            for at, product, named, day, lot, unit in doses
        ],
    )
