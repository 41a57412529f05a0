"""The cells of one row, asked for by column; whatever cannot be read is noted as a fault and reads as nothing."""

from collections.abc import Callable
from typing import TypeVar

from app.roster.opening import Cell
from app.roster.rows import Fault
from forms.web.roster import LABELS, Column, Header
from forms.web.roster_cells import CellFault, as_read

Read = TypeVar("Read")

_NUMBERS = (Column.NUMBER, Column.CHILD_CODE, Column.STUDENT_NUMBER)


class Cells:
    """One row, its columns by name, and the faults found so far."""

    def __init__(self, cells: tuple[Cell, ...], header: Header) -> None:
        self._cells, self._columns = cells, header.columns
        self._missed: set[Column] = set()
        self.faults: list[Fault] = []

    def __getitem__(self, column: Column) -> Cell:
        place = self._columns.get(column)
        return self._cells[place] if place is not None and place < len(self._cells) else None

    def read(self, column: Column, reader: Callable[[Cell], Read]) -> Read | None:
        """What the reader makes of the column's cell; None if there is none, or if it is faulty."""
        cell = self[column]
        if cell is None:
            return None
        try:
            return reader(cell)
        except CellFault as fault:
            self.fault(column, str(fault))
            return None

    def fault(self, column: Column, sentence: str) -> None:
        """Something is wrong with what stands in this column."""
        self._missed.add(column)
        shown = as_read(self[column])
        self.faults.append(Fault(str(LABELS[column]), shortened(shown) if column in _NUMBERS else shown, sentence))

    def miss(self, column: Column, sentence: str) -> None:
        """The column should say something and does not; nothing is added where a fault says why already."""
        if column not in self._missed:
            self.fault(column, sentence)


def shortened(number: str) -> str:
    """A number on a page: enough of it to find it in the file."""
    return f"{number[:6]}…{number[-4:]}" if len(number) > 12 and "E+" not in number else number
