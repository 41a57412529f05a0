"""Invariant 4: erasing a child takes its name and leaves the numbers, also where the campaign is sealed.

That doses, checks and the trail are never changed or deleted holds after every step of the sequences.
"""

import pytest
from sqlalchemy import func, select

from app.audit.verifying import verify
from app.campaigns.models import CampaignState
from app.checks.models import Check
from app.children.kinds import CertificateState, ClinicResult
from app.children.models import Child
from app.privacy.identities import open_identity
from app.privacy.models import ChildIndex, ChildKey
from app.reports.freezing import content_hash
from app.reports.listing import rows_of
from app.reports.models import Report
from tests.invariants import truths
from tests.invariants.world import BIRTHS, World

pytestmark = pytest.mark.database


@pytest.mark.parametrize("state", CampaignState)
def test_the_name_goes_and_the_numbers_stay(world: World, state: CampaignState) -> None:
    child = world.enrol("near_1", "nothing since five", BIRTHS[0], lives_far=False)
    world.enrol("near_1", "everything", BIRTHS[1], lives_far=False)
    world.assess(child, CertificateState.PRESENT, ClinicResult.CATCH_UP)
    world.freeze("near", "near_center")
    with world.database.writing() as session:
        campaign = world.campaign(session)
        campaign.state = state
        campaign.sealed_at = world.now if state is CampaignState.SEALED else None
    before = _numbers(world)
    world.erase(child)

    assert _numbers(world) == before
    with world.database.reading() as session:
        row = session.get_one(Child, child)
        key = session.get_one(ChildKey, child)
        assert row.identity_sealed is None
        assert open_identity(session, row) is None
        assert key.wrapped is None
        assert key.destroyed_at is not None
        assert session.scalar(select(func.count()).where(ChildIndex.child_id == child)) == 0
        truths.three_judged_again_the_same(session.scalars(select(Check)))
        assert verify(session) == []


def _numbers(world: World) -> list[object]:
    """Counts, checks and the seal of the frozen list, made again from its rows."""
    with world.database.reading() as session:
        report = session.scalars(select(Report)).one()
        of = {name: getattr(report, name) for name in ("campaign_id", "school_id", "health_center_id", "sequence")}
        assert content_hash(of, report.counts, rows_of(session, report)) == report.content_hash
        return [
            truths.recount(session),
            truths.digests(session, "check_record"),
            truths.digests(session, "dose_record"),
            truths.digests(session, "report_row"),
            report.counts,
            report.content_hash,
        ]
