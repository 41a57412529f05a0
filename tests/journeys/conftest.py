"""A September morning to walk through: the district with its campaign, the house at its address, a browser a person."""

import os
import subprocess
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from app import clock, create_app
from app.config import ROOT, Settings
from tests.campaigns import open_campaign
from tests.checking import MORNING
from tests.district import District, build_district, name_children
from tests.journeys.serving import House, serving
from tests.journeys.watching import Watch

Window = Callable[[], Page]
_OFFICE = {"width": 1366, "height": 768}


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    """At half past eight on 3 September 2026, for as long as the test lasts."""
    clock.fix(MORNING)
    app = create_app(settings)
    with serving(app) as house:
        yield house
    house.database.close()


@pytest.fixture
def district(house: House) -> District:
    """The small district with its campaign; the children of its other classes have names too."""
    with house.database.writing() as session:
        district = build_district(session)
        name_children(session, district)
        open_campaign(session, district)
        return district


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def window(house: House, watch: Watch) -> Iterator[Window]:
    """A fresh browser window for whoever sits down."""
    found = subprocess.run([ROOT / "scripts" / "find-browser"], capture_output=True, text=True, check=True)
    # A container's root may not have the sandbox; nothing foreign is opened here.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.stdout.strip(), args=arguments)

        def sit_down() -> Page:
            context = browser.new_context(base_url=house.address, locale="zh-CN", viewport=_OFFICE)
            context.set_default_timeout(15_000)
            watch.over(context)
            return context.new_page()

        yield sit_down
        browser.close()
