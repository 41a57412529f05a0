"""Lists come back, are given again, are late: what each side sees of it, and the list as a workbook."""

import io

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.children.models import Child, Enrolment
from app.database import Database
from app.reports.models import Report, ReportRow, ReportState
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, Desk, at, open_campaign, without
from tests.sheets.reading import calamine_text, pages, squeezed

EVIL = "=cmd|'/C calc'!A0"
LATE = DAY.replace(month=11)


@pytest.fixture
def school(database: Database, district: District) -> District:
    clock.fix(at(DAY))
    with database.writing() as session:
        open_campaign(session, district)
        desk = Desk(session, actor(district, "clerk"))
        for name in ("白露", EVIL):
            child = desk.enrol(district.classes["near_1"], name)
            desk.doses(child, without(("MMR", 2)))
            desk.check(child)
    return district


@pytest.fixture
def browser(app: Flask, district: District, sign_in):
    def of(who: str) -> FlaskClient:
        client = app.test_client()
        sign_in(client, district.users[who])
        return client

    return of


def sent(school: District, clerk: FlaskClient) -> str:
    center = school.places["near_center"].id
    address = clerk.post(f"/reports/centers/{center}/freeze").location
    clerk.post(f"{address}/send")
    return address


def test_a_list_comes_back_with_a_reason_and_is_given_again(database, school, browser) -> None:
    clerk, nurse = browser("clerk"), browser("nurse")
    address = sent(school, clerk)
    refused = nurse.post(f"{address}/return", data={"because": "孩子太多"}, follow_redirects=True)
    assert "还没有选退回的原因" in refused.get_data(as_text=True)
    nurse.post(f"{address}/return", data={"because": "not_ours"})
    with database.reading() as session:
        assert session.scalars(select(Report.state)).one() is ReportState.RETURNED
    page = clerk.get(address).get_data(as_text=True)
    assert "有的孩子不归我们管" in page
    assert "测试员 nurse" in page
    assert "要重报一份" in page
    again = clerk.get(sent(school, clerk)).get_data(as_text=True)
    assert "重报" in again
    assert "白露" in again
    assert browser("far_nurse").post(f"{address}/return", data={"because": "not_ours"}).status_code == 404
    assert clerk.post(f"{address}/return", data={"because": "not_ours"}).status_code == 403


def test_late_is_seen_by_school_center_and_bureau(school, browser) -> None:
    clock.fix(at(LATE))
    center = browser("nurse").get("/reports").get_data(as_text=True)
    assert "还没送齐" in center
    assert "已过期" in center
    address = sent(school, browser("clerk"))
    assert "迟报" in browser("clerk").get("/reports").get_data(as_text=True)
    assert "迟了 40 天" in browser("clerk").get(address).get_data(as_text=True)
    assert "迟报" in browser("nurse").get("/reports").get_data(as_text=True)
    assert "迟报" in browser("bureau_auditor").get("/reports").get_data(as_text=True)
    assert "迟报" in browser("bureau_auditor").get("/oversight").get_data(as_text=True)


def test_a_list_as_a_workbook_says_what_the_paper_says(school, browser) -> None:
    clerk = browser("clerk")
    address = sent(school, clerk)
    book = clerk.post(f"{address}/print", data={"as": "xlsx"})
    paper = squeezed("".join(pages(clerk.post(f"{address}/print").data)))
    read = openpyxl.load_workbook(io.BytesIO(book.data))
    assert read.sheetnames == ["封面", "名单", "要补的剂数，按疫苗和剂次"]
    rows = [[cell for cell in row if cell is not None] for row in read["名单"].iter_rows(values_only=True)]
    children = [row for row in rows if row and isinstance(row[0], int)]
    assert [row[0] for row in children] == [1, 2]
    assert {row[2] for row in children} == {"白露", EVIL}
    assert not any(cell.data_type == "f" for row in read["名单"].iter_rows() for cell in row)
    for row in children:
        assert all(squeezed(str(part)) in paper for cell in row[1:] for part in str(cell).split("\n") if len(part) < 12)
    cover = dict(row[:2] for row in calamine_text(book.data, 0) if isinstance(row[1], float))
    # Two children and the district's own, who was not seen.
    assert (cover["应查验"], cover["未查验"], cover["需补种"], cover["本次名单"], cover["要补的剂数"]) == (
        4,
        2,
        2,
        2,
        2,
    )
    draft = clerk.post(f"/reports/centers/{school.places['near_center'].id}/preview", data={"as": "xlsx"})
    footer = openpyxl.load_workbook(io.BytesIO(draft.data))["名单"].oddFooter.left.text
    assert "草稿，不能作为报告" in footer


def test_a_supplement_shows_its_differences(database, school, browser) -> None:
    clerk = browser("clerk")
    sent(school, clerk)
    clock.fix(at(LATE))
    with database.writing() as session:
        desk = Desk(session, actor(school, "clerk"))
        found = session.scalars(select(ReportRow).order_by(ReportRow.position)).first()
        child = session.get_one(Child, session.get_one(Enrolment, found.enrolment_id).child_id)
        desk.doses(child, (("MMR", "2026-10-08"),))
        desk.check(child, LATE)
    clerk = browser("clerk")  # weeks later
    here = f"/reports/centers/{school.places['near_center'].id}"
    assert "从名单上去掉 1 人" in clerk.get(here).get_data(as_text=True)
    assert "1 人要从名单上去掉" in clerk.get("/reports").get_data(as_text=True)
    address = sent(school, clerk)
    page = clerk.get(address).get_data(as_text=True)
    assert "补报 1" in page
    assert "已补齐" in page
    assert "迟了" not in page
    book = openpyxl.load_workbook(io.BytesIO(clerk.post(f"{address}/print", data={"as": "xlsx"}).data))
    assert book.sheetnames == ["封面", "名单", "从名单上去掉的儿童"]
    assert "已补齐" in squeezed("".join(pages(clerk.post(f"{address}/print").data)))
