"""Invariants 2 and 6 where a check is taken back: what stood before stands again, as the record says by now."""

import pytest

from app.checks.models import Check
from app.children.kinds import CertificateState, ClinicResult
from app.notices.models import ItemState, Notice, NoticeState
from tests.invariants import truths
from tests.invariants.world import BIRTHS, World

pytestmark = pytest.mark.database


def test_a_dose_that_was_given_is_not_asked_for_again(world: World) -> None:
    """Owed, given at the clinic, looked at again, and that look undone: nobody must vaccinate twice."""
    child = world.enrol("near_1", "no hepa", BIRTHS[0], lives_far=False)
    world.assess(child, CertificateState.PRESENT, ClinicResult.CATCH_UP)
    world.give(child, "HepA-L", world.today, at_the_clinic=True)
    world.assess(child, CertificateState.PRESENT, ClinicResult.COMPLETE)
    world.undo(child)

    with world.database.reading() as session:
        truths.two_whoever_owes_has_one_notice(session)
        ((_notice, _check, items),) = truths.live_notices(session)
        assert [item.state for item in items] == [ItemState.GIVEN]
        truths.six_the_lines_stand_as_the_record_does(session, world, child)


def test_the_first_check_undone_leaves_nothing(world: World) -> None:
    child = world.enrol("near_1", "no hepa", BIRTHS[0], lives_far=False)
    world.assess(child, CertificateState.PRESENT, ClinicResult.CATCH_UP)
    world.undo(child)

    with world.database.reading() as session:
        assert truths.live_notices(session) == []
        assert [notice.state for notice in session.query(Notice)] == [NoticeState.WITHDRAWN]
        assert session.query(Check).count() == 2
        truths.one_every_sum_adds_up(session, world)
