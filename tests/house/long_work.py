"""Jobs and their files for the access table: everybody has one."""

from sqlalchemy.orm import Session

from app import clock
from app.archive.models import Archive
from app.campaigns.models import Campaign
from app.jobs.actions import Piece, ask
from app.jobs.models import JobFile, JobKind
from app.retention.models import Erasure, Reason
from tests.actors import actor
from tests.district import FIRST_DAY, District, enrol

_EVERYBODY = (
    *("clerk", "class_clerk", "school_head", "nurse", "cdc_doctor", "bureau_auditor"),
    *("administrator", "school_administrator", "foreign_clerk"),
)
#: Long work belongs to who asked for it, as what that person is today.
JOBS_SEEN: dict[str, set[str]] = {who: {who} for who in _EVERYBODY}
#: Archives, by who made them.
ARCHIVES_SEEN: dict[str, set[str]] = {
    **{who: set() for who in _EVERYBODY},
    "school_head": {"school_head"},
    "bureau_auditor": {"bureau_auditor"},
}
#: What was erased, by the head of which school.
ERASURES_SEEN: dict[str, set[str]] = {**{who: set() for who in _EVERYBODY}, "school_head": {"school_head"}}


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


def erasure_of(session: Session, district: District, who: str) -> int:
    """Of a child that nobody else in the table needs."""
    by = actor(district, who)
    child = enrol(session, district.classes["near_1"])
    row = Erasure(child_id=child.id, organisation_id=by.organisation_id, reason=Reason.MISTAKE)
    row.erased_at, row.erased_by = clock.now(), by.user_id
    session.add(row)
    session.flush()
    return row.id


def archive_of(session: Session, district: District, who: str) -> int:
    """One that this person made."""
    by = actor(district, who)
    campaign = session.query(Campaign).filter(Campaign.bureau_id == district.places["bureau"].id).one()
    row = Archive(campaign_id=campaign.id, organisation_id=by.organisation_id, job_id=job_of(session, district, who))
    row.files, row.index_hash, row.made_from, row.made_at, row.made_by = 0, "0" * 64, "0" * 64, clock.now(), by.user_id
    session.add(row)
    session.flush()
    return row.id
