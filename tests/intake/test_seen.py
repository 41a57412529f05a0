"""The pages of pictures in a real browser: files one by one; a camera read by WebAssembly, and by the server."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from app import clock
from app.config import ROOT
from app.database import Database
from app.intake.keeping_warm import readers
from app.people import sessions
from app.privacy.identities import Identifier, IdentifierKind, Identity, seal_identity
from tests.campaigns import open_campaign
from tests.checking import MORNING
from tests.district import District
from tests.intake.pictures import bomb, page, png
from tests.journeys.serving import House, serving
from tests.journeys.watching import Watch

pytestmark = pytest.mark.browser
CODE = "330106202020034071"


@pytest.fixture
def house(app: Flask, database: Database, district: District) -> Iterator[House]:
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        child = session.merge(district.children["near_1"])
        numbers = (Identifier(IdentifierKind.CHILD_CODE, CODE),)
        seal_identity(session, child, Identity(name="林小河", identifiers=numbers), now=MORNING)
    with serving(app) as house:
        yield house
    readers.close()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """With a camera in front of which a certificate lies."""
    table = np.full((720, 1280), 110, np.uint8)
    sheet = page(("Code128", CODE), scale=6)
    height, width = sheet.shape
    table[200 : 200 + height, 200 : 200 + width] = sheet
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(cv2.imencode(".jpg", cv2.cvtColor(table, cv2.COLOR_GRAY2BGR))[1].tobytes() * 3)
    found = subprocess.run([ROOT / "scripts" / "find-browser"], capture_output=True, text=True, check=True)
    arguments = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    arguments += [f"--use-file-for-fake-video-capture={film}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found.stdout.strip(), args=arguments)
        yield opened
        opened.close()


def sit_down(browser: Browser, house: House, district: District, watch: Watch, width: int) -> Page:
    with house.database.writing() as session:
        token = sessions.open_session(session, user=district.users["clerk"], now=clock.now())
    context = browser.new_context(base_url=house.address, locale="zh-CN", viewport={"width": width, "height": 844})
    context.add_cookies([{"name": "chayan_session", "value": token, "url": house.address}])
    context.grant_permissions(["camera"])
    context.set_default_timeout(20_000)
    watch.over(context)
    return context.new_page()


@pytest.mark.parametrize("width", [1366, 390])
def test_files_one_by_one(browser: Browser, house: House, district: District, width: int) -> None:
    watch = Watch()
    window = sit_down(browser, house, district, watch, width)
    window.goto("/intake/photos")
    files = [
        {"name": name, "mimeType": "image/png", "buffer": content}
        for name, content in (("证.png", png(page(("Code128", CODE)))), ("炸弹.png", bomb(20_000)))
    ]
    window.set_input_files("input[multiple]", files)  # type: ignore[arg-type]
    window.locator("[data-photo-files] > li").nth(1).wait_for()
    assert window.locator("[data-photo-files] h2").all_inner_texts() == ["炸弹.png", "证.png"]
    assert "照片太大" in window.locator("main").inner_text()
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    watch.look(window)
    window.get_by_role("button", name="查这个孩子").click()
    window.wait_for_url(f"**/desk/children/{district.children['near_1'].id}*")
    assert watch.faults == []


@pytest.mark.parametrize("way", ["wasm", "server"])
def test_the_camera_goes_on_reading(browser: Browser, house: House, district: District, way: str) -> None:
    watch = Watch()
    window = sit_down(browser, house, district, watch, 390)
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    if way == "server":
        window.add_init_script("delete window.BarcodeDetector; WebAssembly.instantiateStreaming = undefined;")
        window.route("**/zxing/*", lambda route: route.abort())
    window.goto("/intake/camera")
    window.locator("[data-last] .result-line").wait_for()
    assert "林小河" in window.locator("[data-last]").inner_text()
    assert "未查验" in window.locator("[data-last]").inner_text()
    assert any(address.endswith("/intake/frame") for address in asked) == (way == "server")
    assert window.evaluate("document.documentElement.scrollWidth") <= 390
    watch.look(window)
    if way == "wasm":
        assert watch.faults == []
    else:  # what was kept away on purpose is all that the browser complains of
        assert [fault for fault in watch.faults if "/zxing/" not in fault and "ZXingWASM" not in fault] == []
