"""演练 across every page of a paper that was made while practising, so that it is never taken for a real one."""

import io
from functools import cache

import pikepdf

from forms.paper.printing import Press


def marked(press: Press, pdf: bytes) -> bytes:
    """The same pages, each with the word across it."""
    with pikepdf.open(io.BytesIO(pdf)) as paper, pikepdf.open(io.BytesIO(_mark(press))) as mark:
        for page in paper.pages:
            page.add_overlay(mark.pages[0], pikepdf.Rectangle(page.mediabox))
        written = io.BytesIO()
        paper.save(written)
    return written.getvalue()


@cache
def _mark(press: Press) -> bytes:
    return press.print("practice")
