"""From the cells of an export to children with doses: a dose a row, or a sheet of children and one of doses."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from flask_babel import gettext as _

from app.children.kinds import Sex
from app.privacy.folding import fold_name, fold_number
from app.privacy.identities import Identifier, IdentifierKind
from app.privacy.resident_ids import IMPOSSIBLE, birth_date_in, look_at_resident_id, sex_in
from app.registry.rows import Export, FileChild, FileDose, FileFault
from app.roster.opening import Cell, FileRefused, Sheet, open_file
from app.roster.reading_cells import shortened
from forms.web.registry import LABELS, RegistryColumn, RegistryHeader, find_registry_header
from forms.web.roster_cells import (
    CellFault,
    as_read,
    is_blank,
    plain_text,
    read_date,
    read_name,
    read_number,
    read_sex,
    read_text,
)
from forms.web.vaccines import WhichVaccine, read_vaccine

MOST_ROWS = 125_000
#: More than these nobody reads; the number of the others is said.
MOST_FAULTS = 2_000
LONGEST_NAME = 40
_RESIDENT_ID = 18
_NUMBERS = frozenset({RegistryColumn.NUMBER, RegistryColumn.CHILD_CODE})

Read = TypeVar("Read")
#: What tells one child of the file from another.
Key = tuple[str, ...]


def read_export(content: bytes, *, file_name: str, today: dt.date) -> Export:
    """The children and doses in a file. Raises FileRefused."""
    sheets = [(sheet, find_registry_header(sheet.rows)) for sheet in open_file(content, most_rows=MOST_ROWS)]
    tables = [(sheet, header) for sheet, header in sheets if header is not None]
    if not any(header.has_doses for _sheet, header in tables):
        raise FileRefused(_("没有找到剂次。表头那一行要有“疫苗”“接种日期”，还要有“儿童编码”“身份证号”或“姓名”。"))
    return read_tables(tables, file_name=file_name, today=today)


def read_tables(
    tables: Sequence[tuple[Sheet, RegistryHeader]], *, file_name: str, today: dt.date, every_row: bool = False
) -> Export:
    """The same of tables whose columns are known. `every_row`: none is passed over as blank."""
    reading = _Reading(today, every_row=every_row)
    # Children first: a sheet of doses may name them by their code alone.
    for sheet, header in sorted(tables, key=lambda one: one[1].has_doses):
        _refuse_long(sheet)
        reading.read(sheet, header)
    children = [child for child in reading.children if child.doses]
    if not children and not reading.faults:
        raise FileRefused(_("表头下面没有剂次。请看看是不是选错了文件。"))
    return Export(plain_text(file_name)[-80:], children, reading.faults, reading.dose_rows)


def _refuse_long(sheet: Sheet) -> None:
    if sheet.height > MOST_ROWS:
        raise FileRefused(
            _("表格有 %(n)s 行，一次最多读 %(most)s 行。请按学校或年份分成几份。", n=sheet.height, most=MOST_ROWS)
        )


class _Reading:
    """One file; what has been read so far."""

    def __init__(self, today: dt.date, *, every_row: bool) -> None:
        self._today, self._every_row = today, every_row
        self._by_key: dict[Key, FileChild] = {}
        self._products: dict[str, str | None] = {}
        #: A child's name, code and birth date stand in every row of its doses: each is read once.
        self._known: dict[tuple[RegistryColumn, type, Cell], object] = {}
        self.children: list[FileChild] = []
        self.faults: list[FileFault] = []
        self.dose_rows = 0

    def read(self, sheet: Sheet, header: RegistryHeader) -> None:
        for number, cells in enumerate(sheet.rows[header.row + 1 :], start=header.row + 2):
            row = _Row(number, cells, header, self.faults, self._known)
            if row.blank and not self._every_row:
                continue
            child = self._child(row)
            if header.has_doses and (self._every_row or not is_blank(row[RegistryColumn.VACCINE])):
                self.dose_rows += 1
                dose = self._dose(row) if child else None
                if child and dose:
                    child.doses.append(dose)

    def _child(self, row: "_Row") -> FileChild | None:
        """The child of a row, met before or new; None with the fault noted where nobody can be meant."""
        code = row.read(RegistryColumn.CHILD_CODE, read_number) or ""
        number = row.read(RegistryColumn.NUMBER, read_number) or ""
        born = row.read(RegistryColumn.BIRTH_DATE, read_date)
        name = row.read(RegistryColumn.NAME, read_name) or ""
        keys = _keys(code, number, name, born)
        if not keys:
            row.miss(RegistryColumn.NAME, _("看不出是哪个孩子：要有儿童编码、身份证号，或者姓名加出生日期。"))
            return None
        known = next((self._by_key[key] for key in keys if key in self._by_key), None)
        if known is None:
            sex = row.read(RegistryColumn.SEX, read_sex)
            known = _new_child(row.number, name, Sex(sex) if sex else None, born, code, number)
            self.children.append(known)
        for key in keys:
            self._by_key.setdefault(key, known)
        return known

    def _dose(self, row: "_Row") -> FileDose | None:
        named = row.read(RegistryColumn.VACCINE, lambda cell: read_text(cell, 60)) or ""
        day = row.read(RegistryColumn.DAY, read_date)
        if day is None:
            row.miss(RegistryColumn.DAY, _("没有接种日期。"))
        elif day > self._today:
            row.fault(RegistryColumn.DAY, _("%(day)s 还没到。请看年份是不是写错了。", day=day.isoformat()))
            day = None
        if not named:
            row.miss(RegistryColumn.VACCINE, _("没有写疫苗。"))
        if not named or day is None:
            return None
        lot = row.read(RegistryColumn.LOT, lambda cell: read_text(cell, 40)) or ""
        unit = row.read(RegistryColumn.UNIT, lambda cell: read_text(cell, 120)) or ""
        return FileDose(row.number, self._product(named), named, day, lot, unit)

    def _product(self, named: str) -> str | None:
        """A name is looked up once a file; one that could be several products, or none, is for a person to say."""
        if named not in self._products:
            try:
                self._products[named] = read_vaccine(named).product
            except WhichVaccine:
                self._products[named] = None
        return self._products[named]


class _Row:
    """The cells of one row by column; whatever cannot be read is noted and reads as nothing."""

    def __init__(
        self,
        number: int,
        cells: tuple[Cell, ...],
        header: RegistryHeader,
        faults: list[FileFault],
        known: dict[tuple[RegistryColumn, type, Cell], object],
    ) -> None:
        self.number = number
        self._cells, self._columns, self._faults, self._known = cells, header.columns, faults, known
        self._faulty = False

    @property
    def blank(self) -> bool:
        return all(is_blank(self[column]) for column in self._columns)

    def __getitem__(self, column: RegistryColumn) -> Cell:
        place = self._columns.get(column)
        return self._cells[place] if place is not None and place < len(self._cells) else None

    def read(self, column: RegistryColumn, reader: Callable[[Cell], Read]) -> Read | None:
        cell = self[column]
        if cell is None:
            return None
        key = (column, type(cell), cell)
        try:
            if key not in self._known:
                self._known[key] = reader(cell)
            return self._known[key]  # type: ignore[return-value]
        except CellFault as fault:
            self.fault(column, str(fault))
            return None

    def miss(self, column: RegistryColumn, sentence: str) -> None:
        if not self._faulty:
            self.fault(column, sentence)

    def fault(self, column: RegistryColumn, sentence: str) -> None:
        self._faulty = True
        if len(self._faults) < MOST_FAULTS:
            shown = as_read(self[column])
            shown = shortened(shown) if column in _NUMBERS else shown
            self._faults.append(FileFault(self.number, str(LABELS[column]), shown, sentence))


def _keys(code: str, number: str, name: str, born: dt.date | None) -> list[Key]:
    """Surest first. Name and birth date tell rows apart only where there is no number: twins have their own."""
    found: list[Key] = []
    if code:
        found.append(("code", fold_number(code)))
    if number:
        found.append(("number", fold_number(number)))
    if not found and name and born:
        found.append(("name", fold_name(name), born.isoformat()))
    return found


def _new_child(row: int, name: str, sex: Sex | None, born: dt.date | None, code: str, number: str) -> FileChild:
    numbers = list(_identifiers(code, number))
    resident = next((one.number for one in numbers if one.kind is IdentifierKind.RESIDENT_ID), None)
    if resident:
        born, sex = born or birth_date_in(resident), sex or sex_in(resident)
    return FileChild(row, name, sex, born, tuple(numbers))


def _identifiers(code: str, number: str) -> Iterator[Identifier]:
    if code:
        yield Identifier(IdentifierKind.CHILD_CODE, code)
    if len(number) == _RESIDENT_ID and not IMPOSSIBLE.intersection(look_at_resident_id(number, None, None)):
        yield Identifier(IdentifierKind.RESIDENT_ID, number)
    elif number:
        yield Identifier(IdentifierKind.PASSPORT, number)
