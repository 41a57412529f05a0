"""The kit in a real browser: nothing refused, nothing wider than the window, nothing that axe calls serious."""

import dataclasses
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from app.config import Settings

pytestmark = pytest.mark.browser

PAGES = ["/kit/", "/kit/child", "/kit/sign-in"]
#: A desk, a desk in a real office, a phone, and the desk at 200 %.
WINDOWS = [(1366, 768), (1366, 640), (390, 844), (683, 384)]
LOUD = {"serious", "critical"}


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(dataclasses.replace(settings, demo=True)), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser(root: Path) -> Iterator[Browser]:
    path = subprocess.run(
        [root / "scripts" / "find-browser"], capture_output=True, text=True, check=True
    ).stdout.strip()
    # A container's root may not have the sandbox; nothing foreign is opened here.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


def look(page: Page, path: str, window: tuple[int, int]) -> list[str]:
    """Open a page; what the browser complained about."""
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    # What the browser itself let go because the next window was opened (the icon, mostly) was refused by nobody.
    page.on(
        "requestfailed",
        lambda request: complaints.append(request.url) if request.failure != "net::ERR_ABORTED" else None,
    )
    page.set_viewport_size({"width": window[0], "height": window[1]})
    page.goto(path)
    return complaints


@pytest.mark.parametrize("path", PAGES)
def test_every_window(page: Page, path: str) -> None:
    for window in WINDOWS:
        assert look(page, path, window) == []
        overhang = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overhang <= 0, f"{path} is {overhang} px wider than a window of {window[0]}."


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("window", [(1366, 768), (390, 844)])
def test_axe_finds_nothing_serious(page: Page, path: str, window: tuple[int, int]) -> None:
    look(page, path, window)

    found = Axe().run(page).response["violations"]
    assert not [
        (fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found if fault["impact"] in LOUD
    ]


def test_the_skip_link_comes_first_and_is_seen(page: Page) -> None:
    look(page, "/kit/", WINDOWS[0])

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    page.locator(".skip-link").focus()
    box = page.locator(".skip-link").bounding_box()
    assert box is not None
    assert box["y"] >= 0


def test_a_dialog_puts_the_focus_on_the_harmless_answer(page: Page) -> None:
    look(page, "/kit/", WINDOWS[0])

    page.locator("[data-dialog]").click()
    assert page.evaluate("document.activeElement.closest('dialog').id") == "kit-dialog"
    assert "不撤销" in page.evaluate("document.activeElement.textContent")


def test_the_cover_hides_the_page_and_no_key_lifts_it(page: Page) -> None:
    look(page, "/kit/child", WINDOWS[0])

    page.locator("[data-lock]:visible").click()
    for _ in range(3):
        page.keyboard.press("Escape")
    assert page.title() == "已锁屏"
    assert page.locator("[data-lock-screen]").evaluate("cover => cover.open && getComputedStyle(cover).opacity") == "1"
    assert not page.evaluate("document.elementFromPoint(300, 300).closest('main')")


def test_without_a_script_the_page_still_works(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/kit/child")

    assert page.locator("[data-lock]:visible").count() == 0
    assert page.get_by_role("button", name="退出").is_visible()
    context.close()
