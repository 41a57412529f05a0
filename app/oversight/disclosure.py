"""What may leave the house: cells of 1 to 4 are hidden, and as many more that no sum gives a hidden one away. Pure.

A table here is rows of numbers with a total of each column and, where the columns make a whole, of each row.
"""

from collections.abc import Sequence

#: Fewer than this many children could be recognised.
LEAST = 5

Grid = Sequence[Sequence[int]]


def hidden_cells(rows: Grid, *, rows_add_up: bool = False) -> set[tuple[int, int]]:
    """Which cells of a table with column totals are not shown; totals are, if they are no small cells themselves.

    One hidden cell of a column could be had by subtraction: a second one goes too, the smallest that is not 0. Likewise
    in a row that adds up. Hidden cells of one line that together are below five still say too much: another one goes.
    """
    hidden = {(at, to) for at, row in enumerate(rows) for to, number in enumerate(row) if 0 < number < LEAST}
    before = -1
    while len(hidden) != before:
        before = len(hidden)
        for to in range(len(rows[0]) if rows else 0):
            _protect(hidden, [(at, to) for at in range(len(rows))], rows)
        if rows_add_up:
            for at, row in enumerate(rows):
                _protect(hidden, [(at, to) for to in range(len(row))], rows)
    return hidden


def hidden_totals(rows: Grid) -> set[int]:
    """Column totals that are small cells themselves."""
    return {to for to in range(len(rows[0]) if rows else 0) if 0 < sum(row[to] for row in rows) < LEAST}


def _protect(hidden: set[tuple[int, int]], line: list[tuple[int, int]], rows: Grid) -> None:
    inside = [cell for cell in line if cell in hidden]
    while inside and (len(inside) < 2 or sum(rows[at][to] for at, to in inside) < LEAST):
        # A zero can be hidden too where nothing else is left: that a cell is hidden then says less.
        others = sorted((rows[at][to] == 0, rows[at][to], at, to) for at, to in line if (at, to) not in hidden)
        if not others:
            return
        _zero, _number, at, to = others[0]
        hidden.add((at, to))
        inside.append((at, to))
