"""Comparing editions: counts for the bureau without a name, names for the CDC's doctor, reasons for one child."""

import json

from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.checks.models import Check
from app.database import Database
from app.editions.choosing import choices, in_force
from rules.ages import parse_day
from tests.campaigns import child_with_doses, open_campaign, without
from tests.checking import MORNING
from tests.conftest import SignIn
from tests.district import District

OLD_TO_NEW = "?before=nip-2021&after=nip-2026"


def owing_ipv(database: Database, district: District) -> int:
    """One IPV and three bOPV: complete under 2021, not under 2026."""
    with database.writing() as session:
        open_campaign(session, district)
        doses = without("IPV", "bOPV") | {"IPV": ["2020-05-14"], "bOPV": ["2020-06-15", "2020-07-16", "2024-03-14"]}
        return child_with_doses(session, district, doses, name="测试某某").id


def test_the_bureau_counts_and_sees_no_name(
    database: Database, district: District, client: FlaskClient, sign_in: SignIn
) -> None:
    clock.fix(MORNING)
    child = owing_ipv(database, district)
    sign_in(client, district.users["bureau_auditor"])
    text = client.get(f"/editions{OLD_TO_NEW}").text
    assert "脊灰灭活疫苗（IPV）" in text
    assert "新增要补种的人" in text
    assert "测试某某" not in text
    assert f"/children/{child}" not in text


def test_the_doctor_sees_the_children_and_the_look_is_kept(
    database: Database, district: District, client: FlaskClient, sign_in: SignIn
) -> None:
    clock.fix(MORNING)
    child = owing_ipv(database, district)
    sign_in(client, district.users["cdc_doctor"])
    text = client.get(f"/editions{OLD_TO_NEW}").text
    assert "测试某某" in text
    with database.reading() as session:
        details = [json.loads(event.detail) for event in session.scalars(select(AuditEvent))]
    assert any(child in detail.get("children", ()) for detail in details)


def test_one_child_with_reasons(database: Database, district: District, client: FlaskClient, sign_in: SignIn) -> None:
    clock.fix(MORNING)
    child = owing_ipv(database, district)
    sign_in(client, district.users["clerk"])
    text = client.get(f"/children/{child}/editions{OLD_TO_NEW}").text
    assert "新增要补的" in text
    assert "nip-2026 二·三(三)1" in text
    assert "没有变化" in client.get(f"/children/{child}/editions?before=nip-2026&after=nip-2026").text
    assert client.get("/editions").status_code == 403
    with database.reading() as session:
        assert session.scalars(select(Check)).all() == [], "looking changes nothing"


def test_a_provinces_file_is_a_choice_and_nonsense_is_none(
    database: Database, district: District, client: FlaskClient, sign_in: SignIn
) -> None:
    clock.fix(MORNING)
    owing_ipv(database, district)
    sign_in(client, district.users["bureau_auditor"])
    text = client.get("/editions?before=nonsense&after=nip-2026%2Bsample-province").text
    assert "样例省" in text
    assert "水痘疫苗" in text


def test_what_holds_by_itself() -> None:
    for day, edition in (("2020-01-01", "nip-2021"), ("2025-05-01", "dtap-2025"), ("2026-09-03", "nip-2026")):
        ordinal = parse_day(day)
        assert ordinal is not None
        assert in_force(ordinal).value == edition
    assert [value for value in choices() if "+" not in value] == ["nip-2026", "dtap-2025", "nip-2021"]
