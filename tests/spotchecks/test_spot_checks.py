"""Spot checks in the district: drawn once by a seed, named only for who may see names, filled in, closed."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.audit.models import AuditEvent
from app.campaigns.models import Campaign
from app.database import Database
from app.spotchecks.actions import Ended, NobodyToDraw, Plan, SeedUsed, abandon, draw_sample, enter
from app.spotchecks.models import Outcome, SpotCheck, SpotItem, SpotKind
from app.spotchecks.queries import items_of, named_children
from tests.actors import actor
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign, without
from tests.checking import MORNING, check
from tests.conftest import SignIn
from tests.district import District

PLAN = Plan(SpotKind.RECORDS, "20260903", expected=50, precision=30)


def checked(session: Session, district: District, number: int = 4) -> Campaign:
    campaign = open_campaign(session, district)
    for n in range(number):
        check(
            session, district, child_with_doses(session, district, EVERYTHING if n else without("MMR"), name="张无名")
        )
    return campaign


def drawn(session: Session, district: District) -> SpotCheck:
    campaign = checked(session, district)
    return draw_sample(session, by=actor(district, "bureau_auditor"), now=MORNING, campaign=campaign, plan=PLAN)


def test_a_draw_keeps_what_it_was_drawn_by(database: Database, district: District) -> None:
    with database.writing() as session:
        campaign = open_campaign(session, district)
        auditor = actor(district, "bureau_auditor")
        with pytest.raises(NobodyToDraw):
            draw_sample(session, by=auditor, now=MORNING, campaign=campaign, plan=PLAN)
        for _ in range(3):
            check(session, district, child_with_doses(session, district, EVERYTHING))
        found = draw_sample(session, by=auditor, now=MORNING, campaign=campaign, plan=PLAN)
        assert (found.population, found.size, len(found.frame)) == (3, 3, 64)
        items = session.scalars(select(SpotItem)).all()
        assert [one.position for one in items] == [1, 2, 3]
        assert {one.clerk_id for one in items} == {district.users["clerk"].id}
        with pytest.raises(SeedUsed):
            draw_sample(session, by=auditor, now=MORNING, campaign=campaign, plan=PLAN)


def test_names_only_for_who_may_see_them(database: Database, district: District) -> None:
    with database.writing() as session:
        found = drawn(session, district)
        seen = {}
        for who in ("bureau_auditor", "school_head", "cdc_doctor"):
            by = actor(district, who)
            items = items_of(session, by, found)
            seen[who] = (len(items), len(named_children(session, by, items)))
        assert seen == {"bureau_auditor": (4, 0), "school_head": (4, 4), "cdc_doctor": (4, 4)}


def test_filling_in_twice_changes_nothing_and_an_end_is_an_end(database: Database, district: District) -> None:
    with database.writing() as session:
        found = drawn(session, district)
        doctor = actor(district, "cdc_doctor")
        first, second = (one.id for one in items_of(session, doctor, found)[:2])
        outcomes: dict[int, Outcome | None] = {first: Outcome.AGREES, second: Outcome.DIFFERS}
        assert enter(session, by=doctor, now=MORNING, found=found, outcomes=outcomes) == 2
        assert enter(session, by=doctor, now=MORNING, found=found, outcomes=outcomes) == 0
        assert enter(session, by=doctor, now=MORNING, found=found, outcomes={second: None}) == 1
        with pytest.raises(ValueError, match="not found in"):
            enter(session, by=doctor, now=MORNING, found=found, outcomes={second: Outcome.VACCINATED})
        abandon(session, by=actor(district, "bureau_auditor"), now=MORNING, found=found)
        with pytest.raises(Ended):
            enter(session, by=doctor, now=MORNING, found=found, outcomes={second: Outcome.AGREES})
        actions = session.scalars(select(AuditEvent.action).where(AuditEvent.action.startswith("spot_check"))).all()
        assert sorted(actions) == [
            "spot_check.abandoned",
            "spot_check.drawn",
            "spot_check.entered",
            "spot_check.entered",
        ]


def test_the_pages(database: Database, district: District, client: FlaskClient, sign_in: SignIn) -> None:
    clock.fix(MORNING)
    with database.writing() as session:
        campaign = checked(session, district)
        number = str(campaign.id)
    sign_in(client, district.users["bureau_auditor"])
    typed = {"campaign": number, "kind": "coverage", "line": "MMR", "expected": "５", "precision": "3%", "target": "95"}
    assert client.post("/spot-checks", data={**typed, "seed": "不是种子"}).status_code == 422
    assert client.post("/spot-checks", data={**typed, "seed": "1", "expected": "100"}).status_code == 422
    answer = client.post("/spot-checks", data={**typed, "seed": "20260903"})
    assert answer.status_code == 303
    assert client.post("/spot-checks", data={**typed, "seed": "20260903"}).status_code == 422
    page = client.get(answer.location).text
    assert "张无名" not in page
    assert "名单校验" in page
    school = district.places["near"].id
    assert client.post(f"{answer.location}/print", data={"school": school}).status_code == 403
    sign_in(client, district.users["school_head"])
    assert "张无名" in client.get(answer.location).text
    pdf = client.post(f"{answer.location}/print", data={"school": school, "as": "pdf"})
    assert pdf.data.startswith(b"%PDF")
    with database.reading() as session:
        first = session.scalars(select(SpotItem.id).order_by(SpotItem.id)).first()
    client.post(f"{answer.location}/found", data={f"item-{first}": "vaccinated", "item-999999": "vaccinated"})
    assert "其中 1 人的结果是学校自己填的" in client.get(answer.location).text
    assert client.post(f"{answer.location}/end").status_code == 403
    sign_in(client, district.users["bureau_auditor"])
    assert client.post(f"{answer.location}/end", data={"how": "close"}).status_code == 303
    assert "已结束" in client.get("/spot-checks").text
