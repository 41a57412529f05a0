"""The bureau's table: totals equal a recount, silence stands first, and no name is on it."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from app import clock
from app.database import Database
from app.oversight.queries import school_rows, total
from app.people.models import User
from app.reports.actions import freeze, send
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign, without
from tests.checking import MORNING, actor, check
from tests.district import District

SignIn = Callable[[FlaskClient, User], None]


def test_silent_schools_first_and_sums_that_add_up(database: Database, district: District) -> None:
    with database.writing() as session:
        campaign = open_campaign(session, district)
        for doses in (EVERYTHING, without("HepA-L")):
            check(session, district, child_with_doses(session, district, doses))
        rows = school_rows(session, actor(district.users["bureau_auditor"], district), campaign)
        assert [row.school.name for row in rows] == ["远山幼儿园", "近水小学"]
        assert [row.begun for row in rows] == [False, True]
        assert [row.listed_in_time for row in rows] == [None, None]
        whole = total(rows)
        assert whole.expected == sum(row.counts.expected for row in rows) == 5
        assert (whole.checked, whole.by_result["catch_up"], whole.by_result["complete"]) == (2, 1, 1)


def test_no_name_is_on_the_table(client: FlaskClient, database: Database, district: District, sign_in: SignIn) -> None:
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        check(session, district, child_with_doses(session, district, EVERYTHING, name="张无名"))
    sign_in(client, district.users["bureau_auditor"])
    page = client.get("/oversight").text
    assert "张无名" not in page
    assert re.search(r"近水小学", page)
    assert "邻水小学" not in page


def test_without_a_campaign_the_page_says_so(client: FlaskClient, district: District, sign_in: SignIn) -> None:
    sign_in(client, district.users["bureau_auditor"])
    assert "没有开着的查验批次" in client.get("/oversight").text


def test_a_school_is_listed_once_every_center_has_its_list(database: Database, district: District) -> None:
    """Two health centers look after the school's children: one list is not enough."""
    with database.writing() as session:
        campaign = open_campaign(session, district)
        child = child_with_doses(session, district, without("HepA-L"))
        other = child_with_doses(session, district, without("HepA-L"))
        other.home_health_center_id = district.places["far_center"].id
        session.flush()
        for one in (child, other):
            check(session, district, one)
        head, near = actor(district.users["school_head"], district), district.places["near"]
        auditor = actor(district.users["bureau_auditor"], district)
        seen = []
        for center in ("near_center", "far_center"):
            place = district.places[center]
            report = freeze(session, by=head, now=MORNING, campaign=campaign, school=near, center=place)
            send(session, by=head, now=MORNING, report=report)
            rows = {row.school.id: row for row in school_rows(session, auditor, campaign)}
            seen.append(rows[near.id].listed_in_time)
        assert seen == [None, True]
