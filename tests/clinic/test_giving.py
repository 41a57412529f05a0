"""Doses at the center: scanned vials, what is asked before it is kept, reasons why not, slips, new booklets."""

import datetime as dt
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.children.kinds import DoseSource
from app.children.models import Certificate, DoseRecord
from app.clinic.asking import GivenDose, questions
from app.clinic.care_actions import pause_product
from app.clinic.kinds import PauseReason, WhyNot
from app.clinic.models import DoseTrace, NotGiven
from app.notices.models import ItemState, NoticeItem
from app.vouchers import signing
from app.vouchers.models import Voucher
from tests.checking import MORNING
from tests.clinic.conftest import TODAY, Center

TRACE = "81234560001234567890"


def doses(center: Center) -> int:
    with center.database.reading() as session:
        return session.scalar(select(func.count()).select_from(DoseRecord).where(DoseRecord.source == "clinic")) or 0


def stamp_of(page: str) -> str:
    found = re.search(r'name="asked" value="(\w+)"', page)
    assert found, page
    return found[1]


def test_a_scanned_trace_code_is_kept_with_its_dose(nurse: FlaskClient, center: Center) -> None:
    child = center.owing()
    with center.database.reading() as session:
        item = center.item(session, child)
    sent = nurse.post(f"/clinic/children/{child.id}", data={f"vial-{item.id}": TRACE})
    assert sent.status_code == 303
    with center.database.reading() as session:
        dose = session.scalars(select(DoseRecord).where(DoseRecord.source == "clinic")).one()
        assert session.get_one(DoseTrace, dose.id).code == TRACE
        assert dose.lot is None
        assert session.get_one(NoticeItem, item.id).state is ItemState.GIVEN
    assert "种了这一批" in nurse.post("/clinic/care/lot", data={"lot": TRACE}).text
    assert "李小欠" in nurse.post("/clinic/care/lot", data={"lot": TRACE}).text
    assert "没有孩子种过" in nurse.post("/clinic/care/lot", data={"lot": "X"}).text


@pytest.mark.parametrize("code", ["8123456000123456789", "812345600012345678901", "8" * 40])
def test_a_trace_code_of_the_wrong_length_is_refused(nurse: FlaskClient, center: Center, code: str) -> None:
    child = center.owing()
    with center.database.reading() as session:
        item = center.item(session, child)
    page = nurse.post(f"/clinic/children/{child.id}", data={f"vial-{item.id}": code})
    assert page.status_code == 422
    assert "20 位" in page.text
    assert doses(center) == 0


def test_too_soon_is_asked_and_kept_only_when_it_was_answered(nurse: FlaskClient, center: Center) -> None:
    """JE-L 2 is due; given again eleven months after the first it would not count."""
    child = center.owing("DTaP")
    with center.database.reading() as session:
        items = [item for one in center.missing(session) if one.child.id == child.id for item in one.open]
    first = items[0].id
    assert nurse.post(f"/clinic/children/{child.id}", data={"items": str(first)}).status_code == 303
    with center.database.reading() as session:
        again = [item for one in center.missing(session) if one.child.id == child.id for item in one.open][0].id
    clock.fix(MORNING + dt.timedelta(days=3))
    asked = nurse.post(f"/clinic/children/{child.id}", data={"items": str(again)})
    assert asked.status_code == 422
    assert "要满" in asked.text
    assert doses(center) == 1
    stamp = stamp_of(asked.text)
    wrong = nurse.post(f"/clinic/children/{child.id}", data={"items": str(again), "asked": "0000"})
    assert (wrong.status_code, doses(center)) == (422, 1)
    assert nurse.post(f"/clinic/children/{child.id}", data={"items": str(again), "asked": stamp}).status_code == 303
    assert doses(center) == 2


def test_a_paused_product_a_second_use_and_another_drug_are_asked(center: Center) -> None:
    child = center.owing()
    with center.database.writing() as session:
        row = DoseRecord(child_id=child.id, product="MMR", day=TODAY, source=DoseSource.CLINIC)
        row.entered_by = center.by.user_id
        row.entered_at = MORNING
        session.add(row)
        session.flush()
        session.add(DoseTrace(dose_record_id=row.id, code=TRACE))
        pause_product(session, by=center.by, now=MORNING, product="HepA-L", lot="BAD-1", because=PauseReason.RECALL)

        def asked(lot: str | None = None, trace: str | None = None) -> str:
            given = [GivenDose("HepA-L", TODAY, lot, trace)]
            return " ".join(questions(session, by=center.by, child=session.merge(child), doses=given, today=TODAY))

        assert asked("GOOD-1") == ""
        assert "暂停使用" in asked("BAD-1")
        assert "已经记过一次" in asked(trace=TRACE)
        assert "以前记的是麻腮风" in asked(trace=TRACE[:7] + "9" * 13)


def test_a_refusal_removes_nothing_that_is_owed(nurse: FlaskClient, center: Center) -> None:
    child = center.owing()
    with center.database.reading() as session:
        item = center.item(session, child)
    data = {"items": str(item.id), "because": "refused", "note": "外婆说再等等"}
    nurse.post(f"/clinic/children/{child.id}/not-given", data=data)
    with center.database.reading() as session:
        kept = session.get_one(NoticeItem, item.id)
        assert (kept.state, kept.failed_because) == (ItemState.FAILED, WhyNot.REFUSED)
        (row,) = [one for one in center.missing(session) if one.child.id == child.id]
        assert [one.id for one in row.owed] == [item.id]
        assert not row.caught_up
        sealed = session.scalars(select(NotGiven.note_sealed)).one()
        assert sealed is not None
        assert "外婆".encode() not in sealed
    page = nurse.get(f"/clinic/children/{child.id}").text
    assert "外婆说再等等" in unescape(page)
    assert "家长不同意" in nurse.get("/clinic").text
    # The dose can still be given; then the reason is gone.
    assert nurse.post(f"/clinic/children/{child.id}", data={"items": str(item.id)}).status_code == 303
    with center.database.reading() as session:
        assert session.get_one(NoticeItem, item.id).state is ItemState.GIVEN


def test_a_reason_can_be_taken_back_and_an_empty_form_says_so(nurse: FlaskClient, center: Center) -> None:
    child = center.owing()
    with center.database.reading() as session:
        item = center.item(session, child)
    where = f"/clinic/children/{child.id}"
    assert "没有记" in nurse.post(f"{where}/not-given", data={}, follow_redirects=True).text
    nurse.post(f"{where}/not-given", data={"items": str(item.id), "because": "ill"})
    nurse.post(f"{where}/open-again")
    with center.database.reading() as session:
        kept = session.get_one(NoticeItem, item.id)
        assert (kept.state, kept.failed_because, kept.closed_at) == (ItemState.OPEN, None, None)


def test_the_slip_carries_the_doses_just_given_and_no_name(nurse: FlaskClient, center: Center) -> None:
    child = center.owing()
    where = f"/clinic/children/{child.id}"
    assert "打不出凭证" in nurse.post(f"{where}/voucher", follow_redirects=True).text
    with center.database.reading() as session:
        item = center.item(session, child)
    nurse.post(where, data={"items": str(item.id), "lot": "A-1"})
    slip = nurse.post(f"{where}/voucher")
    assert slip.mimetype == "application/pdf"
    with center.database.reading() as session:
        row = session.scalars(select(Voucher)).one()
        assert row.child_id == child.id
        assert len(row.reference) == signing.REFERENCE_BYTES


def test_a_new_booklet_is_recorded_once(nurse: FlaskClient, center: Center) -> None:
    child = center.owing()
    for _ in range(2):
        nurse.post(f"/clinic/children/{child.id}/certificate")
    with center.database.reading() as session:
        states = list(session.scalars(select(Certificate.state).where(Certificate.child_id == child.id)))
    assert states == ["present", "replaced"]
