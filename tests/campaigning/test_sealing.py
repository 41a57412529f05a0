"""Sealed changes nothing: every action says so, and what forgets to ask is stopped when it writes. Erasing goes on."""

import datetime as dt

import pytest
from sqlalchemy import select

from app import clock
from app.campaigns.actions import change, pin_edition, tick
from app.campaigns.models import CampaignState
from app.campaigns.queries import taking_part
from app.campaigns.sealing import NotOpen, Sealed, seal
from app.campaigns.settings import settings_of
from app.checks.actions import undo_check
from app.checks.counting import counts_of_schools
from app.checks.models import Check
from app.children.kinds import EnrolmentState
from app.notices.actions import hand_out, mark_printed, receive_slip, take_back, withdraw_of
from app.notices.models import ItemState, NoticeState
from app.notices.queries import items_of, live_notice
from app.notices.settling import settle_items
from app.privacy.erasing import erase_child
from app.reports.actions import acknowledge, send
from tests.notices.september import DAY, at
from tests.reports.lists import OWING, checked, frozen

SEALED_ON = dt.date(2027, 1, 5)
LATER = at(SEALED_ON + dt.timedelta(30))


@pytest.fixture
def sealed(desk, district, campaign, auditor):
    """A child who owes, its notice printed, its list frozen; then the campaign is sealed."""
    child = checked(desk, district, "林小溪")
    notice = live_notice(desk.session, desk.enrolment(child).id)
    mark_printed(desk.session, by=desk.by, now=at(DAY), notices=[notice])
    report = frozen(desk, district, campaign)
    seal(desk.session, by=auditor, now=at(SEALED_ON), campaign=campaign)
    return child, notice, report


def test_a_check_is_refused_and_nothing_is_written(desk, sealed) -> None:
    child, _notice, _report = sealed
    before = desk.session.scalars(select(Check.id)).all()
    with pytest.raises(Sealed, match="2026年秋季"):
        desk.check(child, SEALED_ON + dt.timedelta(30))
    assert desk.session.scalars(select(Check.id)).all() == before


def test_a_check_is_not_taken_back(desk, sealed) -> None:
    check = desk.session.scalars(select(Check).order_by(Check.id.desc())).first()
    with pytest.raises(Sealed):
        undo_check(desk.session, by=desk.by, now=check.at, check=check)


@pytest.mark.parametrize("act", [hand_out, take_back, receive_slip])
def test_a_notice_stays_as_it_is(desk, sealed, act) -> None:
    with pytest.raises(Sealed):
        act(desk.session, by=desk.by, now=LATER, notice=sealed[1])
    assert sealed[1].state is NoticeState.PRINTED


def test_a_notice_is_not_printed_once_more(desk, sealed) -> None:
    with pytest.raises(Sealed):
        mark_printed(desk.session, by=desk.by, now=LATER, notices=[sealed[1]])
    assert sealed[1].print_count == 1


def test_a_list_is_neither_frozen_nor_sent_nor_received(desk, district, campaign, sealed) -> None:
    with pytest.raises(Sealed):
        frozen(desk, district, campaign)
    for act in (send, acknowledge):
        with pytest.raises(Sealed):
            act(desk.session, by=desk.by, now=LATER, report=sealed[2])


def test_its_settings_its_edition_and_its_checklist_stay(desk, district, campaign, auditor, sealed) -> None:
    which = {"by": auditor, "now": LATER, "campaign": campaign}
    with pytest.raises(Sealed):
        change(desk.session, settings=settings_of(campaign), **which)
    with pytest.raises(Sealed):
        pin_edition(desk.session, edition="nip-2021", **which)
    with pytest.raises(Sealed):
        tick(desk.session, by=desk.by, now=LATER, campaign=campaign, item="letter")
    with pytest.raises(Sealed):
        seal(desk.session, **which)


@pytest.mark.parametrize("what", ["notice", "item", "report", "campaign"])
def test_whoever_forgets_to_ask_is_stopped_at_the_table(desk, campaign, sealed, what) -> None:
    _child, notice, report = sealed
    if what == "notice":
        notice.print_count = 9
    elif what == "item":
        items_of(desk.session, [notice.id])[notice.id][0].state = ItemState.NOT_OWED
    elif what == "report":
        report.returned_because = "x"
    else:
        campaign.state = CampaignState.OPEN
        campaign.sealed_at = None
    with pytest.raises(Sealed), desk.session.begin_nested():
        desk.session.flush()


def test_a_dose_is_kept_and_the_archived_notice_stays_open(desk, sealed) -> None:
    child, notice, _report = sealed
    desk.doses(child, (("HepA-L", "2027-01-20"),))
    assert settle_items(desk.session, by=desk.by, now=LATER, child=child) == []
    assert {item.state for item in items_of(desk.session, [notice.id])[notice.id]} == {ItemState.OPEN}


def test_a_child_that_moves_away_leaves_the_archive_alone(desk, sealed) -> None:
    child, notice, _report = sealed
    withdraw_of(desk.session, by=desk.by, now=LATER, enrolment=desk.enrolment(child))
    assert notice.state is NoticeState.PRINTED


def test_erasing_goes_on_and_the_counts_stay(desk, district, campaign, sealed) -> None:
    child, _notice, _report = sealed
    near = district.places["near"].id
    before = counts_of_schools(desk.session, campaign, [near])[near]
    erase_child(desk.session, by=desk.by, now=LATER, child=child)
    assert child.identity_sealed is None
    assert counts_of_schools(desk.session, campaign, [near])[near] == before


def test_who_comes_or_goes_later_changes_no_count(desk, district, campaign, sealed) -> None:
    before = {one.id for one in desk.session.scalars(taking_part(campaign))}
    gone, come = desk.enrolment(sealed[0]), desk.enrolment(desk.enrol(district.classes["near_1"], "后来"))
    gone.state, gone.to_day = EnrolmentState.LEFT, SEALED_ON + dt.timedelta(10)
    come.from_day = SEALED_ON + dt.timedelta(10)
    desk.session.flush()
    assert {one.id for one in desk.session.scalars(taking_part(campaign))} == before


def test_a_child_of_the_next_term_is_checked(desk, district, campaign, sealed) -> None:
    """It came after the seal: the old campaign has no say, and while no new one is open there is no notice."""
    child = desk.enrol(district.classes["near_1"], "后来")
    desk.enrolment(child).from_day = SEALED_ON + dt.timedelta(10)
    desk.doses(child, OWING)
    assert desk.check(child, SEALED_ON + dt.timedelta(12)).result == "catch_up"
    assert live_notice(desk.session, desk.enrolment(child).id) is None


def test_only_what_is_open_can_be_sealed(desk, campaign, auditor) -> None:
    campaign.state = CampaignState.PREPARING
    with pytest.raises(NotOpen):
        seal(desk.session, by=auditor, now=LATER, campaign=campaign)


def test_the_page_says_it_in_a_sentence(client, database, district, sign_in, auditor) -> None:
    from tests.actors import actor
    from tests.notices.september import Desk, open_campaign

    clock.fix(at(DAY))
    with database.writing() as session:
        desk = Desk(session, actor(district, "clerk"))
        campaign = open_campaign(session, district)
        child = checked(desk, district, "林小溪")
        seal(session, by=auditor, now=at(SEALED_ON), campaign=campaign)
    clock.fix(LATER)
    sign_in(client, district.users["clerk"])
    answer = client.post(f"/children/{child.id}/checks")
    assert answer.status_code == 409
    assert "“2026年秋季”已经封存，里面的查验、通知和名单都不再改。" in answer.text
