"""What may leave the house: cells of 1 to 4 are hidden, and as many more that no sum gives a hidden one away. Pure.

A table here is rows of numbers with a row of totals under it, and a sum of every row beside it that is shown. One mark
stands for every hidden cell, whatever its reason: two marks would tell small ones from their cover.
"""

from collections.abc import Iterable, Sequence

#: Fewer than this many children could be recognised.
LEAST = 5

Grid = Sequence[Sequence[int]]
Cell = tuple[int, int]


def is_small(number: int) -> bool:
    return 0 < number < LEAST


def tells_little(count: int, of: int) -> bool:
    """May a rate be shown? Neither those who are counted nor the others are a small cell."""
    return not is_small(count) and not is_small(of - count) and not is_small(of)


def hidden_cells(rows: Grid) -> set[Cell]:
    """Which cells are not shown; the row behind the last one are the totals.

    A line with a hidden cell has two of them, which together are no small number. And each lies on a way around: from
    its row to its column over other hidden cells, or the equations of rows and columns could be solved for it.
    """
    if not rows:
        return set()
    grid = [*rows, [sum(column) for column in zip(*rows, strict=True)]]
    hidden = {(at, to) for at, row in enumerate(grid) for to, number in enumerate(row) if is_small(number)}
    before = -1
    while len(hidden) != before:
        before = len(hidden)
        for at, row in enumerate(grid):
            _protect(hidden, [(at, to) for to in range(len(row))], grid)
        for to in range(len(grid[0])):
            _protect(hidden, [(at, to) for at in range(len(grid))], grid)
        for cell in sorted(hidden):
            if not goes_around(hidden, cell):
                _hide_another(hidden, [(cell[0], to) for to in range(len(grid[0]))], grid)
                _hide_another(hidden, [(at, cell[1]) for at in range(len(grid))], grid)
    return hidden


def goes_around(hidden: set[Cell], cell: Cell) -> bool:
    """Do row and column of a cell hang together without it?"""
    others = hidden - {cell}
    rows, columns = {cell[0]}, set[int]()
    while True:
        reached = {to for at, to in others if at in rows}
        further = rows | {at for at, to in others if to in reached}
        if (further, reached) == (rows, columns):
            return cell[1] in columns
        rows, columns = further, reached


def _protect(hidden: set[Cell], line: list[Cell], grid: Grid) -> None:
    inside = [cell for cell in line if cell in hidden]
    while inside and (len(inside) < 2 or sum(grid[at][to] for at, to in inside) < LEAST):
        if not _hide_another(hidden, line, grid):
            return
        inside = [cell for cell in line if cell in hidden]


def _hide_another(hidden: set[Cell], line: Iterable[Cell], grid: Grid) -> bool:
    """The smallest that says something; a zero only where nothing else is left. False: all are hidden already."""
    others = sorted((grid[at][to] == 0, grid[at][to], at, to) for at, to in line if (at, to) not in hidden)
    if not others:
        return False
    hidden.add(others[0][2:])
    return True
