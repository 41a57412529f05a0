"""The page that says why: of today's record and of a kept check, with every step, and written into the audit trail."""

import datetime as dt

from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.audit.models import AuditEvent
from app.database import Database
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign, without
from tests.checking import MORNING, check
from tests.conftest import SignIn
from tests.district import District


def test_why_of_the_record_and_of_a_kept_check(
    database: Database, district: District, client: FlaskClient, sign_in: SignIn
) -> None:
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        doses = without("MMR") | {"MMR": ["2020-11-16", "2020-12-13"]}
        child = child_with_doses(session, district, doses)
        saved = check(session, district, child)
        child_id, check_id = child.id, saved.id
    sign_in(client, district.users["clerk"])
    before = _events(database)
    for address in (f"/children/{child_id}/why", f"/children/{child_id}/checks/{check_id}/why"):
        text = client.get(address).text
        assert "第 2 剂与第 1 剂间隔 27 天，少于 28 天。" in text
        assert "接种时 9 月龄又 1 天，不满 18 月龄（2021-09-12 才满）。" in text
        assert "nip-2021 二·五(三)1" in text
        assert "先核实" in text
    assert _events(database) == before + 2
    assert f"/children/{child_id}/why" in client.get(f"/children/{child_id}").text
    assert f"/checks/{check_id}/why" in client.get(f"/children/{child_id}/checks/{check_id}").text


def test_a_kept_check_is_explained_by_what_it_kept(
    database: Database, district: District, client: FlaskClient, sign_in: SignIn
) -> None:
    """The dose was withdrawn since and the day is another one; the check's reasons stay."""
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, without("HepA-L"))
        saved = check(session, district, child)
        child_id, check_id = child.id, saved.id
    clock.fix(MORNING + dt.timedelta(days=40))
    sign_in(client, district.users["clerk"])
    text = client.get(f"/children/{child_id}/checks/{check_id}/why").text
    assert "2026-09-03" in text
    assert "2026-10-13" not in text
    other = client.get(f"/children/{child_id + 1}/checks/{check_id}/why")
    assert other.status_code == 404


def test_the_plan_stands_on_the_childs_page(
    database: Database, district: District, client: FlaskClient, sign_in: SignIn
) -> None:
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        owing = child_with_doses(session, district, without("HepA-L", "MMR"))
        complete = child_with_doses(session, district, EVERYTHING)
        numbers = owing.id, complete.id
    sign_in(client, district.users["clerk"])
    text = client.get(f"/children/{numbers[0]}").text
    assert "补种可以这样安排" in text
    assert "与 2026-09-03 那剂要隔 28 天" in text
    assert "补种可以这样安排" not in client.get(f"/children/{numbers[1]}").text


def _events(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(AuditEvent)).one()
