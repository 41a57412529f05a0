"""The book on paper, and as a page of its own that needs no other file."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from forms.paper.printing import HERE, Press
from forms.paper.rule_book.sheet import Sheet

_SHEET = "rule_book/book"


def print_book(press: Press, sheet: Sheet) -> bytes:
    """The PDF, A4 upright."""
    return press.print(_SHEET, sheet=sheet, style="")


def page(sheet: Sheet) -> str:
    """The same as HTML with its style inside: opened from a disk it looks as it prints."""
    templates = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    style = "".join((HERE / name).read_text(encoding="utf-8") for name in ("paper.css", f"{_SHEET}.css"))
    return templates.get_template(f"{_SHEET}.html").render(sheet=sheet, style=style)
