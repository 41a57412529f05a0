"""Printing a school or a district as a job: a part a class, in class order; each is counted, then laid out."""

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.config import Settings
from app.jobs import keeping
from app.jobs.actions import Piece
from app.jobs.hands import Hands
from app.jobs.kinds import Laying, Made
from app.jobs.models import Job, JobFile, JobPart
from app.jobs.queries import files_of
from app.notices.actions import mark_printed
from app.notices.batching import BATCH, batches_of, print_batch
from app.notices.models import ENDED, Notice
from app.people.actors import Actor
from forms.paper.fitting import Layout, Style

PDF = "application/pdf"
#: One PDF of more is slow to open and to send; a file a class stays.
MOST_IN_ONE = 3_000
ALL = "all.pdf"
#: Smaller batches cost more than they save.
_FEWEST = 10


def pieces_of(groups: Sequence[tuple[str, Sequence[Notice]]]) -> list[Piece]:
    """A piece a class, whatever its size; empty classes are left out."""
    return [
        Piece(label, {"notices": [one.id for one in notices]}, len(notices)) for label, notices in groups if notices
    ]


def style_of(choices: dict[str, Any]) -> Style:
    return Style(Layout(choices.get("layout", Layout.WHOLE)), bool(choices.get("english", False)))


class NoticeJob:
    """See `app.jobs.kinds.Kind`."""

    def record(self, session: Session, job: Job, part: JobPart, by: Actor) -> int:
        """Count the prints; what was withdrawn or replaced since somebody asked is left out."""
        asked = part.of["notices"]
        found = {one.id: one for one in session.scalars(select(Notice).where(Notice.id.in_(asked)).with_for_update())}
        live = [found[one] for one in asked if one in found and found[one].state not in ENDED]
        mark_printed(session, by=by, now=clock.now(), notices=live)
        part.of = {"notices": [one.id for one in live]}
        return len(asked) - len(live)

    def lay_out(self, settings: Settings, hands: Hands, job: Job, part: JobPart, by: Actor) -> Laying:
        style, name = style_of(job.choices), f"{part.position:03}.pdf"
        waiting = [hands.submit(print_batch, settings, ids, job.on_day, style) for ids in _batches(part, hands.count)]

        def files() -> Sequence[Made]:
            found = [one.result() for one in waiting]
            return [Made(name, PDF, joined(found))] if found else []

        return files

    def finish(self, session: Session, settings: Settings, job: Job, by: Actor) -> None:
        wanted = job.choices.get("merged") and job.total <= MOST_IN_ONE
        known = session.scalar(select(JobFile.id).where(JobFile.job_id == job.id, JobFile.name == ALL))
        if not wanted or known is not None:
            return
        parts = [one for one in files_of(session, job) if one.gone_at is None]
        whole = joined([keeping.taken_out(session, settings, one) for one in parts])
        if parts:
            what = {"name": ALL, "media": PDF, "content": whole}
            keeping.keep(session, settings, job=job, part_id=None, now=clock.now(), **what)


def _batches(part: JobPart, hands: int) -> list[list[int]]:
    """The first class is shared out among all hands: somebody waits for it."""
    ids = part.of["notices"]
    if part.position > 1:
        return [list(batch) for batch in batches_of(ids)]
    share = min(BATCH, max(_FEWEST, -(-len(ids) // hands)))
    return [ids[at : at + share] for at in range(0, len(ids), share)]


def joined(pdfs: Sequence[bytes]) -> bytes:
    """One after the other."""
    if len(pdfs) == 1:
        return pdfs[0]
    whole = pikepdf.new()
    opened = [pikepdf.open(io.BytesIO(one)) for one in pdfs]
    for one in opened:
        whole.pages.extend(one.pages)
    out = io.BytesIO()
    whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
