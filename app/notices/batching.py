"""A batch of notices from their ids to the bytes of a PDF, in a process of its own: what a job prints a school with.

Fifty in a batch: more of them share their fonts no better and take a gigabyte (docs/papers.md). Whoever calls counts
the print first (`app.notices.actions.mark_printed`, one transaction); this only reads.
"""

import datetime as dt
import gc
from collections.abc import Sequence
from functools import cache

from sqlalchemy import select

from app.config import Settings
from app.notices.drawing import sheets_of
from app.notices.models import Notice
from app.office import Office
from app.papers import press
from forms.paper.fitting import Style
from forms.paper.notice_printing import print_notices

BATCH = 50
_PLAIN = Style()


def batches_of(ids: Sequence[int]) -> list[Sequence[int]]:
    """The same ids in the same order, at most BATCH together."""
    return [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]


def print_batch(settings: Settings, ids: Sequence[int], on: dt.date, style: Style = _PLAIN) -> bytes:
    """The notices with these ids in this order, as printed `on` that day.

    Made for a spawned process: everything that goes in can be pickled, and the office is opened once a process. Ids
    of erased children are skipped; more than BATCH is refused.
    """
    if len(ids) > BATCH:
        raise ValueError(f"{len(ids)} notices in one batch: at most {BATCH}, see batches_of.")
    with _office(settings).database.reading() as session:
        found = {one.id: one for one in session.scalars(select(Notice).where(Notice.id.in_(ids)))}
        sheets = sheets_of(session, [found[one] for one in ids if one in found], on)
    try:
        return print_notices(press(), sheets, style)
    finally:
        gc.collect()  # a batch leaves millions of small things; left to itself the process grows by half before they go


@cache
def _office(settings: Settings) -> Office:
    return Office.open(settings)
