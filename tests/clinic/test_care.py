"""Calls, events, pauses, lots and hand-overs: kept, sealed where words are free, and shown to whom they concern."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.clinic.models import AdverseEvent, Contact, HandOver
from app.privacy.erasing import erase_child
from app.privacy.notes import open_note
from tests.checking import MORNING
from tests.clinic.conftest import TODAY, Center, SignIn
from tests.district import District
from tests.paper.sheets import pages, squeezed

WORDS = "奶奶接的，说周四带来"


def test_a_call_is_logged_sealed_and_moves_the_child_in_the_list(nurse: FlaskClient, center: Center) -> None:
    child = center.owing()
    where = f"/clinic/children/{child.id}"
    assert "没有记" in nurse.post(f"{where}/contacts", data={"way": "pigeon"}, follow_redirects=True).text
    nurse.post(f"{where}/contacts", data={"way": "call", "result": "no_answer", "note": WORDS})
    assert "李小欠" in nurse.get("/clinic?stand=not_reached").text
    assert WORDS in nurse.get(where).text
    with center.database.writing() as session:
        row = session.scalars(select(Contact)).one()
        assert row.note_sealed is not None
        assert WORDS.encode() not in row.note_sealed
        assert WORDS not in " ".join(session.scalars(select(AuditEvent.detail)))
        found = session.merge(child)
        erase_child(session, by=center.by, now=MORNING, child=found)
        assert open_note(session, found, row.note_sealed, f"contact/{row.id}/note", now=MORNING) == ""


def test_a_suspected_event_is_noted_listed_and_marked_reported(nurse: FlaskClient, center: Center) -> None:
    child = center.owing()
    where = f"/clinic/children/{child.id}/event"
    assert "请写是什么情况" in nurse.post(where, data={"begun_on": "20260902", "seriousness": "mild"}).text
    bad = nurse.post(where, data={"begun_on": "20271001", "seriousness": "mild", "description": "发热"})
    assert bad.status_code == 422
    nurse.post(where, data={"begun_on": "20260902", "seriousness": "serious", "description": "高热 39.5"})
    page = nurse.get("/clinic/care").text
    assert "高热 39.5" in page
    with center.database.reading() as session:
        event = session.scalars(select(AdverseEvent)).one()
        assert event.reported_on is None
    nurse.post(f"/clinic/care/events/{event.id}/reported")
    with center.database.reading() as session:
        assert session.get_one(AdverseEvent, event.id).reported_on == TODAY


def test_a_pause_names_who_was_invited(nurse: FlaskClient, center: Center) -> None:
    child = center.owing()
    center.book(child)
    assert nurse.post("/clinic/care/pauses", data={"product": "nothing", "because": "recall"}).status_code == 422
    nurse.post("/clinic/care/pauses", data={"product": "HepA-L", "because": "recall"})
    page = nurse.get("/clinic/care").text
    assert "约好要种它的 1 人" in page
    assert "李小欠" in page
    pause_id = page.split("/clinic/care/pauses/")[1].split("/")[0]
    nurse.post(f"/clinic/care/pauses/{pause_id}/end")
    assert "李小欠" not in nurse.get("/clinic/care").text


def test_a_child_handed_over_is_the_other_center_s(
    nurse: FlaskClient, center: Center, district: District, sign_in: SignIn
) -> None:
    child = center.owing()
    where = f"/clinic/children/{child.id}"
    assert "没有移交" in nurse.post(f"{where}/hand-over", data={}, follow_redirects=True).text
    far = district.places["far_center"].id
    assert "李小欠" in nurse.post(f"{where}/hand-over", data={"center": far}, follow_redirects=True).text
    assert nurse.get(where).status_code == 404
    listed = squeezed("".join(pages(nurse.post("/clinic/care/hand-overs", data={"as": "pdf"}).data)))
    for words in ("交给远山卫生院", "李小欠", "甲肝减毒活疫苗第1剂"):
        assert words in listed
    assert nurse.post("/clinic/care/hand-overs", data={"as": "xlsx"}).mimetype.endswith("sheet")
    sign_in(nurse, district.users["far_nurse"])
    assert "移交来 1 个孩子" in nurse.get("/clinic").text
    nurse.post(f"/clinic/care/children/{child.id}/received")
    assert "移交来" not in nurse.get("/clinic").text
    with center.database.reading() as session:
        assert session.scalars(select(HandOver)).one().received_at is not None


@pytest.mark.parametrize("path", ["/clinic", "/clinic/care", "/clinic/sessions", "/clinic/order"])
def test_an_empty_center_has_pages(nurse: FlaskClient, path: str) -> None:
    assert nurse.get(path).status_code == 200
