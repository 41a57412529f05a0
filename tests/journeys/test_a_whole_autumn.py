"""From an empty campaign to a sealed archive: a school of sixty children, a clerk, a nurse, a head, the bureau.

A transfer, a lost certificate, a withdrawn notice, a returned list, a supplement, a refused dose, a second look. Time
goes on from August to December. What screens, papers and workbooks say is counted again from the rows each time.
"""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from app import clock
from app.audit.verifying import verify
from app.children.models import Enrolment
from app.clock import CHINA
from app.config import Settings
from tests.district import District, build_district, name_children
from tests.jobs.working import working
from tests.journeys import in_december, in_october, in_september
from tests.journeys.autumn_screens import CampaignScreen, ListScreen, NurseScreen, RegistryScreen, SecondLookScreen
from tests.journeys.conftest import Window
from tests.journeys.keyboard import Desk
from tests.journeys.school_of_sixty import ASKED
from tests.journeys.screens import RosterScreen, Screen
from tests.journeys.serving import House
from tests.journeys.watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def empty_district(house: House) -> District:
    """Schools and people; no campaign, and no child in the school that this is about."""
    with house.database.writing() as session:
        district = build_district(session)
        name_children(session, district)
        own = [district.classes[name].id for name in ("near_1", "near_2")]
        session.execute(
            delete(Enrolment).where(Enrolment.id.in_(select(Enrolment.id).where(Enrolment.class_id.in_(own))))
        )
        return district


def test_a_whole_autumn(
    settings: Settings, house: House, empty_district: District, window: Window, watch: Watch, tmp_path: Path
) -> None:
    it_is("2026-08-20 09:00")
    in_september.the_bureau_begins_a_campaign(CampaignScreen(window(), watch))

    it_is("2026-08-28 09:00")
    in_september.the_clerk_imports_the_roster(RosterScreen(window(), watch), house)
    in_september.the_nurse_brings_the_registry(RegistryScreen(window(), watch), house)
    in_september.the_neighbours_know_the_newcomer(house, empty_district)

    it_is("2026-09-10 08:00")
    page = window()
    clerk, desk = ListScreen(page, watch), Desk(page, watch)
    clerk.sign_in("clerk")
    in_september.everybody_is_seen_at_the_desk(desk, house)
    codes = in_september.the_notices_go_home(clerk, house, tmp_path)
    in_october.the_list_is_frozen_and_sent(clerk, house, tmp_path, "名单")
    in_october.the_nurse_sends_it_back(ListScreen(window(), watch))
    in_october.the_list_is_frozen_and_sent(clerk, house, tmp_path, "重报")
    in_october.the_nurse_has_it(ListScreen(window(), watch))

    it_is("2026-09-14 08:00")
    page = window()
    clerk, desk = ListScreen(page, watch), Desk(page, watch)
    clerk.sign_in("clerk")
    in_september.a_missing_dose_is_found_in_the_booklet(clerk, desk, codes[ASKED.name])
    in_september.a_child_comes_from_another_school(RosterScreen(page, watch), desk, house)
    in_october.a_supplement_says_the_differences(clerk)
    in_october.the_nurse_has_it(ListScreen(window(), watch))

    it_is("2026-10-13 09:00")
    in_october.the_nurse_gives_doses(NurseScreen(window(), watch), codes)
    in_october.the_registry_closes_the_others(RegistryScreen(window(), watch), house)

    it_is("2026-11-20 09:00")
    in_october.the_second_look(SecondLookScreen(window(), watch), house)
    in_october.every_sheet_says_the_same(Screen(window(), watch), house, tmp_path)

    it_is("2026-12-31 09:00")
    with working(settings):
        in_december.the_head_archives_the_school(Screen(window(), watch))
        in_december.the_bureau_seals(Screen(window(), watch))
    assert watch.faults == []

    page = window()
    in_december.nothing_changes_any_more(Desk(page, watch), Screen(page, watch), house)
    with house.database.reading() as session:
        assert verify(session) == []


def it_is(moment: str) -> None:
    clock.fix(dt.datetime.fromisoformat(moment).replace(tzinfo=CHINA))
