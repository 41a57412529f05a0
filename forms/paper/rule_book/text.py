"""The book as Markdown: what the repository keeps, so that a change of the rules shows as a change of lines."""

from collections.abc import Iterator

from forms.paper.rule_book.sheet import Block, Heading, Points, Sheet, Table


def markdown(sheet: Sheet) -> str:
    lines = [f"# {sheet.title}", ""]
    lines += [f"* {name}：{value}" for name, value in sheet.head]
    for block in sheet.blocks:
        lines += ["", *_lines(block)]
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {block.text}"
    elif isinstance(block, Points):
        yield from (f"* {_cell(item)}" for item in block.items)
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    width = len(table.head)
    yield f"| {' | '.join(table.head)} |"
    yield "|" + "---|" * width
    for row in table.rows:
        if len(row.cells) == 1:
            yield f"| **{_cell(row.cells[0])}** |{' |' * (width - 1)}"
        else:
            yield f"| {' | '.join(map(_cell, row.cells))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")
