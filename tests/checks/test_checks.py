"""A check keeps what went in and what came out, follows the record, and is undone by superseding."""

import datetime as dt

import pytest

from app.checks.actions import TooLateToUndo, undo_check
from app.checks.judging import judge
from app.checks.queries import latest_check
from app.database import Database
from app.notices.queries import live_notice
from tests.campaigns import EVERYTHING, add_dose, child_with_doses, open_campaign, without
from tests.checking import DAY, MORNING, actor, check
from tests.district import District


def test_stored_inputs_judged_again_give_the_stored_findings(database: Database, district: District) -> None:
    with database.writing() as session:
        open_campaign(session, district)
        for doses in (EVERYTHING, without("HepA-L"), {"HepB": ["2020-03-12", "2020-03-20", None]}, {}):
            child = child_with_doses(session, district, doses)
            saved = check(session, district, child)
            again = judge(saved.inputs, saved.edition)
            assert again.findings == saved.findings
            assert saved.result == saved.findings["result"]


def test_the_same_record_twice_on_one_day_is_one_check(database: Database, district: District) -> None:
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, EVERYTHING)
        assert check(session, district, child).id == check(session, district, child).id


def test_a_correction_on_the_same_day_supersedes_and_keeps_the_number(database: Database, district: District) -> None:
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, without("HepA-L"))
        first = check(session, district, child)
        add_dose(session, child, "HepA-L", "2021-09-14", by=district.users["clerk"].id)
        second = check(session, district, child)
        assert (first.number, second.number, second.supersedes_id) == (1, 1, first.id)
        assert (first.result, second.result) == ("catch_up", "complete")


def test_a_dose_given_since_makes_a_second_look(database: Database, district: District) -> None:
    """Also on the same day: the first check stays the baseline of every rate."""
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, without("HepA-L"))
        first = check(session, district, child)
        add_dose(session, child, "HepA-L", "2026-09-03", by=district.users["nurse"].id)
        second = check(session, district, child)
        assert (second.number, second.supersedes_id, second.result) == (2, None, "complete")
        assert latest_check(session, first.enrolment_id) is second


def test_a_later_day_is_the_next_check(database: Database, district: District) -> None:
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, EVERYTHING)
        check(session, district, child)
        later = check(session, district, child, MORNING + dt.timedelta(days=40), DAY + dt.timedelta(days=40))
        assert later.number == 2


def test_undoing_a_first_check_leaves_the_child_not_checked(database: Database, district: District) -> None:
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, without("HepA-L"))
        saved = check(session, district, child)
        assert live_notice(session, saved.enrolment_id) is not None
        clerk = actor(district.users["clerk"], district)
        assert undo_check(session, by=clerk, now=MORNING + dt.timedelta(seconds=59), check=saved) is None
        assert latest_check(session, saved.enrolment_id) is None
        assert live_notice(session, saved.enrolment_id) is None
        again = check(session, district, child)
        assert again.number == 1
        assert latest_check(session, saved.enrolment_id) is again


def test_undoing_a_correction_brings_the_corrected_check_back(database: Database, district: District) -> None:
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, without("HepA-L"))
        first = check(session, district, child)
        add_dose(session, child, "HepA-L", "2021-09-14", by=district.users["clerk"].id)
        second = check(session, district, child)
        back = undo_check(session, by=actor(district.users["clerk"], district), now=MORNING, check=second)
        assert back is not None
        assert (back.result, back.findings) == ("catch_up", first.findings)
        notice = live_notice(session, first.enrolment_id)
        assert notice is not None
        assert notice.check_id == back.id


@pytest.mark.parametrize(("seconds", "who"), [(61, "clerk"), (5, "school_head")])
def test_undo_is_for_oneself_and_for_a_minute(database: Database, district: District, seconds: int, who: str) -> None:
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, EVERYTHING)
        saved = check(session, district, child)
        by = actor(district.users[who], district)
        with pytest.raises(TooLateToUndo):
            undo_check(session, by=by, now=MORNING + dt.timedelta(seconds=seconds), check=saved)
        assert latest_check(session, saved.enrolment_id) is saved


def test_a_check_that_was_replaced_cannot_be_undone(database: Database, district: District) -> None:
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, without("HepA-L"))
        first = check(session, district, child)
        add_dose(session, child, "HepA-L", "2021-09-14", by=district.users["clerk"].id)
        check(session, district, child)
        with pytest.raises(TooLateToUndo):
            undo_check(session, by=actor(district.users["clerk"], district), now=MORNING, check=first)
