"""The book as a sequence of headings, sentences and tables: the same for paper, for a browser and for plain text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences, each a point of its own."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; one cell alone is a heading across the table."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`kind` decides the widths of the columns: see rule_book/book.css."""

    kind: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


Block = Heading | Points | Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole book: `head` says what it is about, `foot` stands on every page, the rest is for who signs it."""

    title: str
    subtitle: str
    head: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    foot: str
    digest: str
    statement: str
    signatures: tuple[str, ...]
