"""Sealing a campaign on the bureau's archive: said by a person, after the archive, and only if nothing moved since."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.archive.models import Archive
from app.archive.states import states
from app.audit.actions import record
from app.campaigns import sealing
from app.campaigns.models import Campaign, CampaignState
from app.campaigns.queries import taking_part
from app.checks.models import Check
from app.children.models import Enrolment
from app.people.actors import Actor
from app.schools.models import Organisation, OrganisationKind


class Refusal(StrEnum):
    """Why a campaign cannot be sealed on this archive."""

    NOT_OPEN = "not_open"
    MOVED = "moved"


class NotNow(ValueError):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Consequences:
    """What sealing now means, in numbers."""

    schools: int
    schools_without_archive: int
    expected: int
    not_seen: int
    moved: bool


def consequences(session: Session, campaign: Campaign, archive: Archive) -> Consequences:
    schools = select(Organisation.id).where(
        Organisation.supervisor_id == campaign.bureau_id, Organisation.kind == OrganisationKind.SCHOOL
    )
    archived = select(Archive.organisation_id).where(Archive.campaign_id == campaign.id)
    children = taking_part(campaign).with_only_columns(Enrolment.id)
    seen = select(Check.enrolment_id).where(Check.enrolment_id.in_(children))
    expected = _count(session, children)
    return Consequences(
        schools=_count(session, schools),
        schools_without_archive=_count(session, schools.where(Organisation.id.not_in(archived))),
        expected=expected,
        not_seen=expected - _count(session, seen.distinct()),
        moved=states(session, campaign) != archive.made_from,
    )


def close(session: Session, *, by: Actor, now: dt.datetime, campaign: Campaign, archive: Archive) -> None:
    """Nothing changes from here on. Raises NotNow; Sealed if it is sealed already."""
    sealing.must_be_open(campaign)
    if campaign.state is not CampaignState.OPEN:
        raise NotNow(Refusal.NOT_OPEN)
    if states(session, campaign) != archive.made_from:
        raise NotNow(Refusal.MOVED)
    archive.sealed_at = now
    sealing.seal(session, by=by, now=now, campaign=campaign)
    detail = {"campaign": campaign.id, "index_sha256": archive.index_hash}
    record(session, by=by, now=now, action="archive.sealed", subject=("archive", archive.id), detail=detail)


def _count(session: Session, question) -> int:  # type: ignore[no-untyped-def]
    return session.scalar(select(func.count()).select_from(question.subquery())) or 0
