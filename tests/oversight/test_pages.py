"""Pages of oversight: every number is from one board, nobody is named to a bureau, each look is in the trail."""

import random
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app import clock
from app.audit.models import AuditEvent
from app.campaigns.models import Campaign
from app.database import Database
from app.people.models import User
from tests.actors import actor
from tests.checking import MORNING
from tests.district import District
from tests.notices.september import Desk, open_campaign
from tests.oversight.autumns import act, begin

SignIn = Callable[[FlaskClient, User], None]
PAGES = (
    "/oversight",
    "/oversight?by=stage",
    "/oversight?by=ownership",
    "/oversight?at=2026-09-02",
    "/oversight/doses",
    "/oversight/hints",
    "/oversight/hints?clinic=x",
)


@pytest.fixture
def autumn(database: Database, district: District) -> Campaign:
    clock.fix(MORNING)
    chance = random.Random(5)
    with database.writing() as session:
        campaign = open_campaign(session, district)
        desk = Desk(session, actor(district, "clerk"))
        children = begin(desk, district, chance)
        for _ in range(40):
            act(desk, district, chance.choice(children), chance)
    return campaign


@pytest.mark.parametrize("who", ["bureau_auditor", "cdc_doctor"])
def test_pages_name_nobody_and_ask_little(
    client: FlaskClient, database: Database, district: District, autumn: Campaign, sign_in: SignIn, who: str
) -> None:
    sign_in(client, district.users[who])
    school = district.places["near"].id
    assert client.get("/oversight").status_code == 200
    for page in (*PAGES, f"/oversight/schools/{school}"):
        asked: list[str] = []

        def hear(*heard, asked=asked) -> None:
            if not heard[2].startswith("BEGIN"):
                asked.append(heard[2])

        event.listen(database.engine, "before_cursor_execute", hear)
        answer = client.get(page)
        event.remove(database.engine, "before_cursor_execute", hear)
        assert answer.status_code == 200
        assert not re.search(r"孩\d", answer.text)
        assert len(asked) <= 15, page


def test_names_are_for_the_cdc_and_the_look_is_recorded(
    client: FlaskClient, database: Database, district: District, autumn: Campaign, sign_in: SignIn
) -> None:
    path = f"/oversight/classes/{district.classes['near_1'].id}"
    sign_in(client, district.users["bureau_auditor"])
    assert client.get(path).status_code == 403
    sign_in(client, district.users["cdc_doctor"])
    assert re.search(r"孩\d", client.get(path).text)
    with database.reading() as session:
        seen = session.scalars(select(AuditEvent).where(AuditEvent.subject_kind == "school_class")).all()
        assert [one.action for one in seen] == ["read.list"]


def test_the_bulletin_as_text(client: FlaskClient, district: District, autumn: Campaign, sign_in: SignIn) -> None:
    sign_in(client, district.users["bureau_auditor"])
    page = client.get("/oversight").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    data = {"csrf_token": token.group(1)} if token else {}
    text = client.post("/oversight/bulletin/text", data=data)
    assert text.status_code == 200
    assert "应查验" in text.text
    assert "点该截的数" in text.text
    book = client.post("/oversight/bulletin", data={**data, "as": "xlsx"})
    assert book.status_code == 200
