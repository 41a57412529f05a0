"""The bureau's table: totals equal a recount, silence stands first, and no name is on it."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from app import clock
from app.database import Database
from app.oversight.queries import school_rows, total
from app.people.models import User
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
