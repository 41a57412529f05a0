"""The import in a real browser, at a desk and on a phone: from a chosen file over every question to the children."""

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from app import clock
from app.database import Database
from app.people import sessions
from app.roster import views
from tests.district import District
from tests.roster.school import known
from tests.roster.sheets import child, resident_id, roster

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ("faulty", "duplicate", "changed", "transfer", "new", "missing")


@pytest.fixture
def page(app: Flask, database: Database, district: District) -> Iterator[Page]:
    """The clerk's browser; the school has one child of every kind that a roster can meet."""
    with database.writing() as session:
        near, other, far = (district.classes[name] for name in ("near_1", "near_2", "far_1"))
        known(session, near, "旧名旧", resident_id(1))
        known(session, other, "林可能")
        known(session, far, "林转来", resident_id(3))
        known(session, near, "没写上")
        token = sessions.open_session(session, user=district.users["clerk"], now=clock.now())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    finder = ROOT / "scripts" / "find-browser"
    path = subprocess.run([finder], capture_output=True, text=True, check=True).stdout.strip()
    with sync_playwright() as playwright:
        # A container's root may not have the sandbox; nothing foreign is opened here.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        context = browser.new_context(base_url=base)
        context.add_cookies([{"name": "chayan_session", "value": token, "url": base}])
        yield context.new_page()
        browser.close()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("window", [(1366, 640), (390, 844)])
def test_from_the_file_to_the_children(page: Page, window: tuple[int, int]) -> None:
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.set_viewport_size({"width": window[0], "height": window[1]})
    rows = [child(1, "旧名新"), child(2, "林可能"), child(3, "林转来"), child(4), child(5, class_name="一（3）班")]
    page.goto("/roster/import")
    look(page)
    file = {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": roster(*rows, child(6, 性别="x"))}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
    press(page, "button:has-text('读这份名册')")
    address = page.url
    for group in GROUPS:
        page.goto(f"{address}?group={group}")
        look(page)
    page.goto(f"{address}?group=duplicate")
    page.get_by_label("不是同一个人").check()
    press(page, "form:has(fieldset.change-table) button")
    page.get_by_label("新建这个班").check()
    press(page, ".class-questions button")
    look(page)
    press(page, "button:has-text('写入 5 行')")
    assert page.get_by_role("heading", name="写好了").is_visible()
    look(page)
    assert complaints == []


def test_an_upload_says_how_far_it_is(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    hold, read = threading.Event(), views._proposed
    monkeypatch.setattr(views, "_proposed", lambda form: hold.wait(20) and read(form))
    page.goto("/roster/import")
    file = {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": roster(child(4))}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
    page.locator("button:has-text('读这份名册')").click(no_wait_after=True)
    page.get_by_text("传完了，正在读").wait_for()
    assert page.locator("button:has-text('读这份名册')").is_disabled(), "nobody sends it twice"
    hold.set()
    page.wait_for_url("**/roster/import/*")


def test_a_file_that_is_none_comes_back_with_its_reason(page: Page) -> None:
    page.goto("/roster/import")
    file = {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": b"no workbook"}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
    press(page, "button:has-text('读这份名册')")
    assert page.get_by_text("还没有读，请先改这几处").is_visible()


def press(page: Page, button: str) -> None:
    """Press, and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(button).click()


def look(page: Page) -> None:
    """Nothing is wider than the window, nothing that axe calls serious."""
    overhang = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overhang <= 0, f"{page.url} is {overhang} px too wide."
    found = Axe().run(page).response["violations"]
    loud = [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found]
    assert not [one for one, fault in zip(loud, found, strict=True) if fault["impact"] in {"serious", "critical"}]
