"""The pages of lists: a school makes them, its health center receives them, the bureau sees counts and no name."""

import subprocess

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.database import Database
from app.reports.models import Report, ReportState
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, Desk, at, open_campaign, without

NAMES = ("白露", "安然")


@pytest.fixture
def school(database: Database, district: District) -> District:
    """Two children who owe, one of them of the far center; the campaign is open."""
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
    def of(who: str) -> FlaskClient:
        client = app.test_client()
        sign_in(client, district.users[who])
        return client

    return of


def text_of(pdf: bytes) -> str:
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(found.stdout.decode().split())


def frozen(school: District, client: FlaskClient, center: str = "near_center") -> str:
    answer = client.post(f"/reports/centers/{school.places[center].id}/freeze")
    assert answer.status_code == 303
    return answer.location


def test_from_draft_to_received(database, school, browser) -> None:
    clerk, nurse = browser("clerk"), browser("nurse")
    here = f"/reports/centers/{school.places['near_center'].id}"
    page = clerk.get("/reports").get_data(as_text=True)
    assert "近水卫生院" in page
    assert "远山卫生院" in page
    assert "21 天" in page

    draft = clerk.post(f"{here}/preview")
    assert draft.headers["Content-Disposition"] == "inline; filename=list.pdf"
    assert "草稿" in text_of(draft.data)
    assert "白露" in clerk.get(here).get_data(as_text=True)
    assert "安然" not in clerk.get(here).get_data(as_text=True)

    address = frozen(school, clerk)
    assert nurse.get(address).status_code == 404
    pdf = text_of(clerk.post(f"{address}/print").data)
    assert "白露" in pdf
    assert "13900001234" in pdf
    assert "草稿" not in pdf
    clerk.post(f"{address}/send")
    assert nurse.get(address).status_code == 200
    assert "学校送来的名单" in nurse.get("/reports").get_data(as_text=True)
    nurse.post(f"{address}/acknowledge")
    with database.reading() as session:
        report = session.scalars(select(Report)).one()
    assert report.state is ReportState.ACKNOWLEDGED
    assert "接种单位已接收" in clerk.get("/reports").get_data(as_text=True)


def test_nothing_new_is_no_supplement(school, browser) -> None:
    clerk = browser("clerk")
    frozen(school, clerk)
    answer = clerk.post(f"/reports/centers/{school.places['near_center'].id}/freeze", follow_redirects=True)
    assert "没有新的孩子要补报" in answer.get_data(as_text=True)


def test_only_its_own_center_receives_a_list(school, browser) -> None:
    clerk = browser("clerk")
    address = frozen(school, clerk)
    clerk.post(f"{address}/send")
    assert browser("far_nurse").get(address).status_code == 404
    assert browser("far_nurse").post(f"{address}/acknowledge").status_code == 404
    assert browser("far_clerk").get(address).status_code == 404


def test_a_center_that_has_none_of_its_children_is_not_there(school, browser) -> None:
    foreign = school.places["foreign_center"].id
    assert browser("clerk").get(f"/reports/centers/{foreign}").status_code == 404
    assert browser("clerk").post(f"/reports/centers/{foreign}/freeze").status_code == 404


def test_a_clerk_of_one_class_makes_no_list_of_the_school(school, browser) -> None:
    client = browser("class_clerk")
    assert "名单由学校汇总" in client.get("/reports").get_data(as_text=True)
    assert client.get(f"/reports/centers/{school.places['near_center'].id}").status_code == 404
    assert client.post(f"/reports/centers/{school.places['near_center'].id}/freeze").status_code == 404


def test_the_bureau_sees_counts_and_no_name(school, browser) -> None:
    clerk = browser("clerk")
    address = frozen(school, clerk)
    clerk.post(f"{address}/send")
    page = browser("bureau_auditor").get("/reports").get_data(as_text=True)

    assert "近水小学" in page
    assert page.index("远山幼儿园") < page.index("近水小学"), "a school without a list comes first"
    assert not [name for name in NAMES if name in page]
    assert browser("bureau_auditor").get(address).status_code == 403
    assert browser("bureau_auditor").post(f"{address}/print").status_code == 403


def test_phones_are_on_paper_and_for_the_center_alone(school, browser) -> None:
    clerk = browser("clerk")
    address = frozen(school, clerk)
    clerk.post(f"{address}/send")
    assert "13900001234" not in clerk.get(address).get_data(as_text=True)
    assert "13900001234" in browser("nurse").get(address).get_data(as_text=True)


def test_every_look_leaves_a_line_with_the_children_in_it(database, school, browser) -> None:
    clerk = browser("clerk")
    clerk.get(f"/reports/centers/{school.places['near_center'].id}")
    address = frozen(school, clerk)
    clerk.get(address)
    clerk.post(f"{address}/print")
    with database.reading() as session:
        found = session.execute(
            select(AuditEvent.action, AuditEvent.subject_kind, AuditEvent.detail)
            .where(AuditEvent.action.startswith("read."))
            .order_by(AuditEvent.at)
        ).all()
    assert [(action, kind) for action, kind, _detail in found] == [
        ("read.list", "organisation"),
        ("read.list", "report"),
        ("read.print", "report"),
    ]
    assert len({detail for _action, _kind, detail in found}) == 1


def test_a_late_list_says_so(database, school, browser) -> None:
    clerk = browser("clerk")
    address = frozen(school, clerk)
    clock.fix(at(DAY.replace(month=10, day=9)))
    browser("clerk").post(f"{address}/send")
    assert "迟了 8 天" in browser("clerk").get(address).get_data(as_text=True)
    assert "迟报" in browser("bureau_auditor").get("/reports").get_data(as_text=True)


def test_without_a_campaign_there_is_nothing_to_report(district, browser) -> None:
    client = browser("clerk")
    assert "现在没有开着的查验批次" in client.get("/reports").get_data(as_text=True)
    center = district.places["near_center"].id
    for answer in (
        client.get(f"/reports/centers/{center}"),
        client.post(f"/reports/centers/{center}/preview"),
        client.post(f"/reports/centers/{center}/freeze"),
    ):
        assert (answer.status_code, answer.location) == (303, "/reports")
