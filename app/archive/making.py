"""Making an archive as a job: every piece recorded and drawn, then packed with its index."""

import hashlib
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.archive import packing
from app.archive.drawing import draw
from app.archive.models import Archive
from app.archive.pieces import children_on
from app.archive.states import states
from app.audit.actions import Reading, record, record_read
from app.campaigns.models import Campaign
from app.config import Settings
from app.jobs import keeping
from app.jobs.hands import Hands
from app.jobs.kinds import Laying, Made
from app.jobs.models import Job, JobPart
from app.jobs.queries import files_of
from app.papers import press
from app.people.actors import Actor
from app.people.roles import Role
from app.reports.freezing import short_hash
from app.schools.models import Organisation
from app.sheets.sealing import sheet_number
from rules import national

NAME, ZIP = "archive.zip", "application/zip"


class ArchiveJob:
    """See `app.jobs.kinds.Kind`."""

    def record(self, session: Session, job: Job, part: JobPart, by: Actor) -> int:
        campaign = _campaign(session, job)
        detail = {
            **part.of,
            "campaign": campaign.id,
            "children": children_on(session, campaign, job.organisation_id, part.of),
        }
        subject = ("organisation", job.organisation_id)
        record_read(session, by=by, now=clock.now(), what=Reading.EXPORT, subject=subject, detail=detail)
        return 0

    def lay_out(self, settings: Settings, hands: Hands, job: Job, part: JobPart, by: Actor) -> Laying:
        waiting = hands.submit(draw, settings, part.of, part.position, job.campaign_id, by, clock.now())

        def files() -> Sequence[Made]:
            return waiting.result()

        return files

    def finish(self, session: Session, settings: Settings, job: Job, by: Actor) -> None:
        if session.scalar(select(Archive.id).where(Archive.job_id == job.id)) is not None:
            return
        campaign, place = _campaign(session, job), session.get_one(Organisation, job.organisation_id)
        pieces = [one for one in files_of(session, job, offered=False) if not one.offered]
        files = {one.name: keeping.taken_out(session, settings, one) for one in pieces}
        entries = packing.entries_of(files)
        of_school = by.role is not Role.BUREAU_AUDITOR
        made_from = states(session, campaign, place.id if of_school else None)
        head = {
            "kind": "chayan-archive-1",
            "campaign": campaign.name,
            "organisation": place.name,
            "day": job.on_day,
            "edition": campaign.edition,
            "rules_digest": national().digest,
            "made_from": made_from,
        }
        index = packing.index_of(head, entries)
        digest = hashlib.sha256(index).hexdigest()
        sheet = packing.index_sheet(
            _("归档索引"),
            (place.name, campaign.name, job.on_day.isoformat()),
            entries,
            job.on_day,
            sheet_number(_("档"), campaign, job.on_day, place.id),
            short_hash(digest),
        )
        whole = packing.packed({**files, packing.INDEX: index, _("归档索引") + ".pdf": press().print_tables(sheet)})
        what = {"name": NAME, "media": ZIP, "content": whole}
        keeping.keep(session, settings, job=job, part_id=None, now=clock.now(), **what)
        keeping.forget(settings, pieces, clock.now())
        archive = Archive(
            campaign_id=campaign.id,
            organisation_id=place.id,
            job_id=job.id,
            files=len(files),
            index_hash=digest,
            made_from=made_from,
            made_at=clock.now(),
            made_by=by.user_id,
        )
        session.add(archive)
        session.flush()
        detail = {"campaign": campaign.id, "files": len(files), "index_sha256": digest, "made_from": made_from}
        record(session, by=by, now=clock.now(), action="archive.made", subject=("archive", archive.id), detail=detail)


def _campaign(session: Session, job: Job) -> Campaign:
    assert job.campaign_id is not None
    return session.get_one(Campaign, job.campaign_id)
