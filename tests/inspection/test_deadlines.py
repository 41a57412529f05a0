"""Who is late with what by the calendar of the campaign, and visits whose words are sealed."""

import datetime as dt

from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import clock
from app.campaigns.models import Campaign
from app.children.kinds import EnrolmentSource
from app.children.models import Enrolment
from app.database import Database
from app.inspection.actions import Found, opened_note, put_right, write_down
from app.inspection.models import FindingKind, VisitFinding
from app.inspection.overdue import Late, children_with_own_days, days_of_schools
from app.inspection.queries import to_follow_up
from app.reports.actions import freeze, send
from tests.actors import actor
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign, without
from tests.checking import MORNING, check, enrolment_of
from tests.conftest import SignIn
from tests.district import District

_DAY = dt.timedelta(1)


def late_of(session: Session, district: District, campaign: Campaign, today: dt.date) -> dict[str, set[Late]]:
    rows = days_of_schools(session, actor(district, "bureau_auditor"), campaign, today)
    return {row.school.name: set(row.late) for row in rows}


def test_the_thirty_days_of_a_school(database: Database, district: District) -> None:
    """The last day is still in time; the day after it is late."""
    with database.writing() as session:
        campaign = open_campaign(session, district)
        last = dt.date(2026, 10, 1)
        assert Late.LIST_SOON not in late_of(session, district, campaign, last - 8 * _DAY)["近水小学"]
        assert late_of(session, district, campaign, last)["近水小学"] == {Late.NOT_BEGUN, Late.LIST_SOON}
        assert late_of(session, district, campaign, last + _DAY)["近水小学"] == {Late.NOT_BEGUN, Late.LIST}
        rows = days_of_schools(session, actor(district, "bureau_auditor"), campaign, last + 3 * _DAY)
        assert {row.days_over(last + 3 * _DAY) for row in rows} == {(last + 3 * _DAY - campaign.checking_from).days}
        assert "邻水小学" not in {row.school.name for row in rows}


def test_the_one_week_rule_comes_first(database: Database, district: District) -> None:
    with database.writing() as session:
        campaign = open_campaign(session, district)
        for enrolment in session.scalars(select(Enrolment)):
            enrolment.from_day = dt.date(2025, 9, 1)
        check(session, district, child_with_doses(session, district, EVERYTHING))
        assert late_of(session, district, campaign, dt.date(2026, 9, 10))["近水小学"] == {Late.LIST_SOON}
        assert late_of(session, district, campaign, dt.date(2026, 9, 11))["近水小学"] == {Late.LIST}
        places = district.places
        which = {"campaign": campaign, "school": places["near"], "center": places["near_center"]}
        report = freeze(session, by=actor(district, "clerk"), now=MORNING, **which)
        send(session, by=actor(district, "clerk"), now=MORNING, report=report)
        assert late_of(session, district, campaign, dt.date(2026, 9, 11))["近水小学"] == set()


def test_a_transfer_has_days_of_its_own(database: Database, district: District) -> None:
    with database.writing() as session:
        campaign = open_campaign(session, district)
        child = child_with_doses(session, district, EVERYTHING, name="张无名")
        enrolment = enrolment_of(session, child)
        enrolment.from_day, enrolment.source = dt.date(2026, 10, 12), EnrolmentSource.TRANSFER
        session.flush()
        auditor = actor(district, "bureau_auditor")
        assert [one.until for one in children_with_own_days(session, auditor, campaign, 9)] == [dt.date(2026, 11, 11)]
        assert Late.OWN_DAYS not in late_of(session, district, campaign, dt.date(2026, 11, 11))["近水小学"]
        assert Late.OWN_DAYS in late_of(session, district, campaign, dt.date(2026, 11, 12))["近水小学"]
        check(session, district, child)
        assert children_with_own_days(session, auditor, campaign, 9) == []
        assert Late.OWN_DAYS not in late_of(session, district, campaign, dt.date(2026, 11, 12))["近水小学"]


def test_the_second_look_in_december(database: Database, district: District) -> None:
    with database.writing() as session:
        campaign = open_campaign(session, district)
        check(session, district, child_with_doses(session, district, without("MMR")))
        assert Late.RECHECK_SOON in late_of(session, district, campaign, dt.date(2026, 12, 31))["近水小学"]
        assert Late.RECHECK in late_of(session, district, campaign, dt.date(2027, 1, 1))["近水小学"]
        assert Late.RECHECK not in late_of(session, district, campaign, dt.date(2027, 1, 1))["远山幼儿园"]


def test_a_finding_is_sealed_and_followed_up(database: Database, district: District) -> None:
    secret = "三号柜里有张某某的接种证"
    with database.writing() as session:
        auditor, near = actor(district, "bureau_auditor"), district.places["near"]
        findings = [
            Found(FindingKind.BOOKLETS, secret, dt.date(2026, 9, 20)),
            Found(FindingKind.OTHER, "", dt.date(2026, 9, 9)),
        ]
        write_down(session, by=auditor, now=MORNING, school=near, day=dt.date(2026, 9, 3), findings=findings)
        raw = session.execute(text("SELECT note FROM visit_finding WHERE position = 1")).scalar_one()
        assert secret.encode() not in bytes(raw)
        stored = session.scalars(select(VisitFinding).order_by(VisitFinding.position)).all()
        assert [opened_note(session, one) for one in stored] == [secret, ""]
        assert [one.finding.position for one in to_follow_up(session, auditor)] == [2, 1]
        assert put_right(session, by=auditor, now=MORNING, on=dt.date(2026, 9, 8), finding=stored[0])
        assert not put_right(session, by=auditor, now=MORNING, on=dt.date(2026, 9, 9), finding=stored[0])
        assert [one.finding.position for one in to_follow_up(session, auditor)] == [2]
        assert to_follow_up(session, actor(district, "cdc_doctor")) == [], "a CDC has visits of its own"


def test_the_pages(database: Database, district: District, client: FlaskClient, sign_in: SignIn) -> None:
    clock.fix(dt.datetime(2026, 10, 9, 0, 30, tzinfo=dt.UTC))
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, EVERYTHING, name="张无名")
        enrolment_of(session, child).from_day = dt.date(2026, 9, 20)
    near = str(district.places["near"].id)
    sign_in(client, district.users["bureau_auditor"])
    page = client.get("/deadlines").text
    assert "名单没送" in page
    assert "张无名" not in page
    assert client.post("/deadlines/print", data={"as": "pdf"}).data.startswith(b"%PDF")
    assert client.post("/visits/blank").data.startswith(b"%PDF")
    typed = {"school": near, "day": "20261009", "lines-0-kind": "booklets", "lines-0-note": "柜子没锁"}
    assert client.post("/visits/new", data=typed).status_code == 422
    assert "整改期限" in client.post("/visits/new", data={**typed, "lines-0-until": "20261001"}).text
    assert client.post("/visits/new", data={**typed, "day": "20271009", "lines-0-until": "20271010"}).status_code == 422
    foreign = {**typed, "school": str(district.places["foreign"].id), "lines-0-until": "20261020"}
    assert client.post("/visits/new", data=foreign).status_code == 422
    answer = client.post("/visits/new", data={**typed, "lines-0-until": "20261020"})
    assert answer.status_code == 303
    assert "柜子没锁" in client.get(answer.location).text
    assert client.post(f"{answer.location}/print", data={"as": "pdf"}).data.startswith(b"%PDF")
    sign_in(client, district.users["school_head"])
    assert "柜子没锁" in client.get(answer.location).text
    assert client.post(f"{answer.location}/findings/1/put-right").status_code == 403
    sign_in(client, district.users["cdc_doctor"])
    assert client.get(answer.location).status_code == 404
    assert "张无名" in client.get("/deadlines").text
    sign_in(client, district.users["bureau_auditor"])
    client.post(f"{answer.location}/findings/1/put-right")
    assert "没有要跟的" in client.get("/visits").text
