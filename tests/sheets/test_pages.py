"""Who finds and fetches which sheet; every fetch leaves a line in the trail, with the children who stood on it."""

import io
import json

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.database import Database
from app.notices.models import ItemState, NoticeItem
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, Desk, at, open_campaign, without
from tests.sheets.reading import pages, squeezed

NAMES = ("白露", "安然")


@pytest.fixture
def school(database: Database, district: District) -> District:
    """One child of the near center and one who lives near the far one, both owe."""
    clock.fix(at(DAY))
    with database.writing() as session:
        open_campaign(session, district)
        desk = Desk(session, actor(district, "clerk"))
        for name, home in zip(NAMES, (None, district.places["far_center"]), strict=True):
            child = desk.enrol(district.classes["near_1"], name, home=home)
            desk.doses(child, without(("MMR", 2)))
            desk.check(child)
    return district


@pytest.fixture
def browser(app: Flask, district: District, sign_in):
    def of(who: str):
        client = app.test_client()
        sign_in(client, district.users[who])
        return client

    return of


def trail(database: Database) -> list[tuple[str, dict]]:
    with database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.position)).all()
        return [(event.action, json.loads(event.detail)) for event in events]


@pytest.mark.parametrize("who", ["clerk", "school_head", "class_clerk", "nurse", "bureau_auditor", "cdc_doctor"])
def test_each_finds_a_summary_and_its_figures(school, browser, who: str) -> None:
    page = browser(who).get("/sheets")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "查验情况汇总表" in text
    assert "补种率" in text
    assert not any(name in text for name in NAMES)
    assert ("补证补种登记表" in text) == (who != "bureau_auditor")
    assert ("查验登记表" in text) == (who in {"clerk", "school_head", "class_clerk"})


def test_a_register_is_fetched_in_both_forms_and_both_are_recorded(database, school, browser) -> None:
    here = f"/sheets/classes/{school.classes['near_1'].id}/register"
    paper = browser("clerk").post(here, data={"as": "pdf"})
    assert paper.mimetype == "application/pdf"
    assert all(name in squeezed("".join(pages(paper.data))) for name in NAMES)
    book = browser("clerk").post(here, data={"as": "xlsx"})
    assert "attachment" in book.headers["Content-Disposition"]
    cells = {cell.value for row in openpyxl.load_workbook(io.BytesIO(book.data)).active.iter_rows() for cell in row}
    assert set(NAMES) <= cells
    kinds = [(action, detail) for action, detail in trail(database) if detail.get("sheet") == "register"]
    assert [action for action, _ in kinds] == ["read.print", "read.export"]
    assert all(len(detail["children"]) == 3 for _, detail in kinds)  # with the nameless child of the district


def test_a_nurse_gets_her_own_children_and_no_others(school, browser) -> None:
    near = squeezed("".join(pages(browser("nurse").post("/sheets/feedback").data)))
    far = squeezed("".join(pages(browser("far_nurse").post("/sheets/feedback").data)))
    both = squeezed("".join(pages(browser("cdc_doctor").post("/sheets/feedback").data)))
    assert [name in near for name in NAMES] == [True, False]
    assert [name in far for name in NAMES] == [False, True]
    assert all(name in both for name in NAMES)


def test_a_center_tells_a_school_of_its_own_children_only(school, browser) -> None:
    nurse, here = browser("nurse"), school.places["near"].id
    paper = squeezed("".join(pages(nurse.post("/sheets/feedback", data={"school": str(here)}).data)))
    assert "白露" in paper
    assert "送：近水小学" in paper
    other = school.places["far"].id
    assert nurse.post("/sheets/feedback", data={"school": str(other)}).status_code == 404
    assert nurse.post("/sheets/feedback", data={"school": "x"}).status_code == 404


def test_a_school_reads_no_diagnosis(database, school, browser) -> None:
    with database.writing() as session:
        item = session.scalars(select(NoticeItem).order_by(NoticeItem.id)).first()
        item.state, item.failed_because, item.closed_at = ItemState.FAILED, "ill", at(DAY)
    paper = squeezed("".join(pages(browser("clerk").post("/sheets/feedback").data)))
    assert "临床判定" in paper
    assert "生病" not in paper


def test_what_does_not_exist_is_not_there(school, browser) -> None:
    clerk = browser("clerk")
    assert clerk.post("/sheets/feedback", data={"month": "2031-01"}).status_code == 404
    assert clerk.post("/sheets/feedback", data={"month": "2026-10"}).status_code == 404  # has not begun
    assert clerk.post("/sheets/summary", data={"as": "docx"}).status_code == 404
    assert clerk.post("/sheets/summary", data={"campaign": "987654"}).status_code == 404
    assert browser("bureau_auditor").post("/sheets/feedback").status_code == 403


def test_without_a_campaign_the_page_says_so(browser, district) -> None:
    page = browser("clerk").get("/sheets").get_data(as_text=True)
    assert "现在没有开着的查验批次" in page
    assert browser("clerk").post("/sheets/summary").status_code == 404
