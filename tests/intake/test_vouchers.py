"""A voucher at the school's desk: proposed, confirmed by a person, kept once, with the clinic as its source."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.children.dose_actions import enter_doses, withdraw_dose
from app.children.kinds import DoseSource
from app.children.models import DoseRecord
from app.children.queries import effective_doses
from app.database import Database
from app.people.models import User
from app.vouchers.actions import issue
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine
from tests.actors import actor
from tests.district import MOMENT, District, name_children

SignIn = Callable[[FlaskClient, User], None]
DAY = dt.date(2026, 8, 31)


@pytest.fixture
def digits(database: Database, district: District) -> str:
    """A voucher of three doses: one on record, one withdrawn since, one that the record does not have."""
    nurse = actor(district, "nurse")
    with database.writing() as session:
        name_children(session, district)
        child = session.merge(district.children["near_1"])
        entries = [DoseEntry(Vaccine(code), Written(day=DAY)) for code in ("HepA-L", "MMR")]
        rows = enter_doses(session, by=nurse, now=MOMENT, child=child, entries=entries, source=DoseSource.CLINIC)
        elsewhere = DoseRecord(product="JE-L", day=DAY)
        digits = issue(session, by=nurse, now=MOMENT, child=child, doses=[*rows, elsewhere]).digits
        withdraw_dose(session, by=nurse, now=MOMENT, child=child, dose=rows[1])
    return digits


@pytest.fixture
def clerk(client: FlaskClient, district: District, sign_in: SignIn) -> FlaskClient:
    sign_in(client, district.users["clerk"])
    return client


def doses(database: Database, district: District) -> list[tuple[str, DoseSource]]:
    with database.reading() as session:
        return [(dose.product, dose.source) for dose in effective_doses(session, district.children["near_1"].id)]


def test_it_is_proposed_and_nothing_is_kept_yet(
    clerk: FlaskClient, digits: str, database: Database, district: District
) -> None:
    page = clerk.post("/intake/voucher", data={"code": digits}).text
    assert "签名对得上" in page
    assert "记录里没有的 1 剂" in page
    assert "接种单位后来改过的 1 剂" in page
    assert "已经有的 1 剂" in page
    assert len(re.findall(r'name="doses"', page)) == 1
    assert doses(database, district) == [("HepA-L", DoseSource.CLINIC)]


def test_after_a_person_confirmed_it_is_kept_once(
    clerk: FlaskClient, digits: str, database: Database, district: District
) -> None:
    for _ in range(2):
        answer = clerk.post("/intake/voucher/keep", data={"code": digits, "doses": "0"})
        assert answer.location == f"/desk/children/{district.children['near_1'].id}"
    assert sorted(doses(database, district)) == [("HepA-L", DoseSource.CLINIC), ("JE-L", DoseSource.CLINIC)]
    with database.reading() as session:
        kept = session.scalars(select(DoseRecord).where(DoseRecord.product == "JE-L")).one()
        assert (kept.unit, kept.entered_by) == ("近水卫生院", district.users["clerk"].id)
        assert len(session.scalars(select(AuditEvent).where(AuditEvent.action == "dose.entered")).all()) == 2


@pytest.mark.parametrize("chosen", [[], ["1"], ["-1"], ["x"], ["99999999999"]])
def test_what_was_not_ticked_is_not_kept(
    clerk: FlaskClient, digits: str, database: Database, district: District, chosen: list[str]
) -> None:
    clerk.post("/intake/voucher/keep", data={"code": digits, "doses": chosen})
    assert doses(database, district) == [("HepA-L", DoseSource.CLINIC)]


def test_a_gun_at_the_desk_leads_to_the_same_page(clerk: FlaskClient, digits: str) -> None:
    answer = clerk.post("/desk/find", data={"code": digits})
    assert (answer.status_code, answer.location) == (307, "/intake/voucher")


@pytest.mark.parametrize("path", ["/intake/voucher", "/intake/voucher/keep"])
def test_what_cannot_be_believed_is_a_sentence(clerk: FlaskClient, digits: str, path: str) -> None:
    forged = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    for code, words in ((forged, "签名对不上"), ("123", "没有读全"), ("", "没有读全")):
        answer = clerk.post(path, data={"code": code, "doses": "0"})
        assert (answer.status_code, words in answer.text) == (422, True)


def test_of_a_child_elsewhere_nothing_is_told(
    client: FlaskClient, digits: str, district: District, sign_in: SignIn
) -> None:
    sign_in(client, district.users["foreign_clerk"])
    answer = client.post("/intake/voucher", data={"code": digits})
    assert (answer.status_code, "不是这里的孩子" in answer.text) == (422, True)
    assert "林小河" not in answer.text
