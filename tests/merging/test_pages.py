"""The way through the pages: found, compared, joined with a tick, parted with a button; never by a guess."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.children.models import Child
from app.database import Database
from app.merging.models import ChildMerge
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign, without
from tests.checking import MORNING, check
from tests.district import District

pytestmark = pytest.mark.database

Browser = Callable[[str], FlaskClient]


@pytest.fixture
def pair(database: Database, district: District) -> tuple[int, int]:
    """A checked record that owes, and one without a check that has the dose."""
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        kept = child_with_doses(session, district, without("HepA-L"), name="李小河")
        check(session, district, kept)
        gone = child_with_doses(session, district, {"HepA-L": EVERYTHING["HepA-L"]}, name="李晓河", class_name="near_2")
        return kept.id, gone.id


def actions(database: Database) -> list[str]:
    with database.reading() as session:
        wanted = select(AuditEvent.action).where(AuditEvent.action.in_(["child.merged", "child.parted"]))
        return list(session.scalars(wanted.order_by(AuditEvent.at)))


def merged_into(database: Database, child_id: int) -> int | None:
    with database.reading() as session:
        return session.get_one(Child, child_id).merged_into_id


def test_found_compared_joined_and_parted(browser: Browser, database: Database, pair: tuple[int, int]) -> None:
    kept, gone = pair
    clerk = browser("clerk")
    assert f"/children/{kept}/same" in clerk.get(f"/children/{kept}").text
    assert "李晓河" in clerk.get(f"/children/{kept}/same").text
    address = f"/children/{kept}/same/{gone}"
    page = clerk.get(address).text
    assert f'name="keep" value="{kept}" checked' in page, "the record that was checked"
    assert "甲肝减毒活疫苗 2021-09-14" in page
    for form in ({}, {"keep": str(kept)}, {"sure": "1"}, {"keep": "987654", "sure": "1"}):
        assert "还没有合并" in clerk.post(address, data=form, follow_redirects=True).text
    assert merged_into(database, gone) is None
    answer = clerk.post(address, data={"keep": str(kept), "sure": "1"}, follow_redirects=True)
    assert "合并好了" in answer.text
    assert "已种齐" in answer.text
    assert merged_into(database, gone) == kept
    assert clerk.get(f"/children/{gone}").status_code == 404
    again = clerk.post(address, data={"keep": str(kept), "sure": "1"}, follow_redirects=True)
    assert "已经合并过了" in again.text, "the button pressed twice"
    with database.reading() as session:
        link = session.scalars(select(ChildMerge.id)).one()
    assert "李晓河" in clerk.get(f"/children/{kept}/same").text
    assert clerk.post(f"/children/{kept}/merges/987654/undo").status_code == 404
    back = clerk.post(f"/children/{kept}/merges/{link}/undo", follow_redirects=True)
    assert "又是两份了" in back.text
    assert "李晓河" in back.text
    twice = clerk.post(f"/children/{kept}/merges/{link}/undo", follow_redirects=True)
    assert "已经撤销过了" in twice.text
    assert actions(database) == ["child.merged", "child.parted"]


def test_twins_are_said_loudly_and_what_the_clerk_types_finds_others(browser: Browser, pair: tuple[int, int]) -> None:
    kept, gone = pair
    clerk = browser("clerk")
    assert "可能是双胞胎" in clerk.get(f"/children/{kept}/same/{gone}").text
    found = clerk.post(f"/children/{gone}/same", data={"q": "李小河"}).text
    assert f"/children/{gone}/same/{kept}" in found
    assert "没有找到" in clerk.post(f"/children/{kept}/same", data={"q": "无此人"}).text


def test_nobody_else_comes_near(browser: Browser, pair: tuple[int, int]) -> None:
    kept, gone = pair
    for who, status in (("class_clerk", 404), ("foreign_clerk", 404), ("nurse", 403), ("cdc_doctor", 403)):
        client = browser(who)
        assert client.get(f"/children/{kept}/same/{gone}").status_code == status, who
        data = {"keep": str(kept), "sure": "1"}
        assert client.post(f"/children/{kept}/same/{gone}", data=data).status_code == status, who
    assert browser("clerk").get(f"/children/{kept}/same/{kept}").status_code == 404
