"""Jobs and their files for the access table: everybody has one."""

from sqlalchemy.orm import Session

from app import clock
from app.jobs.actions import Piece, ask
from app.jobs.models import JobFile, JobKind
from tests.actors import actor
from tests.district import FIRST_DAY, District


def job_of(session: Session, district: District, who: str) -> int:
    pieces = [Piece("一（1）班", {"notices": []}, 1)]
    what = {"kind": JobKind.NOTICES, "pieces": pieces, "choices": {}}
    return ask(session, by=actor(district, who), now=clock.now(), on=FIRST_DAY, **what).id


def file_of(session: Session, job_id: int) -> int:
    """One that does not open: whoever may fetch it is told so."""
    row = JobFile(job_id=job_id, name="001.pdf", offered=True, media="application/pdf", size=1)
    row.wrapped, row.master_version = b"", 0
    row.made_at = row.expires_at = clock.now()
    session.add(row)
    session.flush()
    return row.id
