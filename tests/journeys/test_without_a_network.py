"""The network drops: the desk takes a code and one key, keeps both sealed, and sends them when it is back."""

import json

import pytest
from playwright.sync_api import expect

from app.checks.models import Check
from app.privacy.identities import Identifier, IdentifierKind, Identity, seal_identity
from tests.campaigns import EVERYTHING, child_with_doses
from tests.checking import MORNING
from tests.district import District
from tests.journeys import recount
from tests.journeys.conftest import Window
from tests.journeys.keyboard import Desk
from tests.journeys.screens import Screen
from tests.journeys.serving import House
from tests.journeys.watching import Watch

pytestmark = pytest.mark.browser

CODE, NOBODY = "331020200312000091", "331020200312000099"
#: What the square code of a notice says where families can come, of a notice that nobody has.
NOTICE = "https://chayan.example.cn/p/202610000000000000077"


def test_what_is_scanned_without_a_network(house: House, district: District, window: Window, watch: Watch) -> None:
    with house.database.writing() as session:
        child = child_with_doses(session, district, EVERYTHING, name="孩子", clinic=None)
        one = Identifier(IdentifierKind.CHILD_CODE, CODE)
        seal_identity(session, child, Identity(name="孩子", identifiers=(one,)), now=MORNING)
    page = window()
    Screen(page, watch).sign_in("clerk")
    with page.expect_response("**/desk/pad"):
        Desk(page, watch).open_class(district.classes["near_1"].name)

    page.context.set_offline(True)
    panel = page.locator("[data-offline]")
    for waiting, (code, key) in enumerate(((CODE, "1"), (NOBODY, "2"), (NOTICE, "1")), start=1):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(panel).to_contain_text(f"码的最后四位 {code[-4:]}")
        page.keyboard.press(key)
        expect(panel).to_contain_text(f"已在本机保存 {waiting} 人")
    expect(page.locator("[data-sync]")).to_have_text("3 人待送")
    kept = page.evaluate("JSON.stringify({...localStorage})")
    assert CODE not in kept
    assert CODE.encode().hex() not in kept
    assert len(json.loads(json.loads(kept)["chayan waiting"])) == 3
    page.keyboard.type("孩子")
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("没有网络时只认数字的码")
    assert recount.rows(house.database, Check.__tablename__) == 0

    page.context.set_offline(False)
    for end in ("…0099", "…0077"):
        expect(page.locator("[data-returned]")).to_contain_text(end, timeout=10_000)
    expect(panel).to_be_hidden()
    assert page.evaluate("localStorage.getItem('chayan waiting')") is None
    assert recount.rows(house.database, Check.__tablename__) == 1
    assert [fault for fault in watch.faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []
