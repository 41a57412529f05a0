"""The bureau's table: per school who is expected, was checked with which result, and whether the list came in time."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.checks.counting import Counts, counts_of_schools
from app.people.actors import Actor
from app.people.scope import organisations_in_scope
from app.reports.standing import standing_of_schools
from app.schools.models import Organisation, OrganisationKind


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school in a campaign. `listed_on`: the day its last first list was sent; None while one is missing."""

    school: Organisation
    counts: Counts
    listed_on: dt.date | None
    until: dt.date

    @property
    def begun(self) -> bool:
        return self.counts.checked > 0

    @property
    def listed_in_time(self) -> bool | None:
        """None while no list was sent."""
        return None if self.listed_on is None else self.listed_on <= self.until


def school_rows(session: Session, actor: Actor, campaign: Campaign) -> list[SchoolRow]:
    """The schools in scope: those that have not begun first, then by the share that is still to be checked."""
    schools = session.scalars(
        organisations_in_scope(actor).where(
            Organisation.kind == OrganisationKind.SCHOOL, Organisation.supervisor_id == campaign.bureau_id
        )
    ).all()
    counts = counts_of_schools(session, campaign, [school.id for school in schools])
    standing = standing_of_schools(session, campaign, [school.id for school in schools])
    rows = [
        SchoolRow(school, counts[school.id], standing[school.id].listed_on, standing[school.id].until)
        for school in schools
    ]
    return sorted(rows, key=_silence_first)


def total(rows: list[SchoolRow]) -> Counts:
    """The sum of all rows."""
    results = dict.fromkeys(rows[0].counts.by_result, 0) if rows else {}
    for row in rows:
        for result, number in row.counts.by_result.items():
            results[result] += number
    return Counts(results)


def _silence_first(row: SchoolRow) -> tuple[bool, float, str]:
    share = row.counts.checked / row.counts.expected if row.counts.expected else 1.0
    return row.begun, share, row.school.name
