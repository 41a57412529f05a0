"""Stored verdicts judged again: equal under their own edition, explained under today's, an alarm where they differ."""

import copy

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.audit.models import ReplayRun
from app.audit.replay_actions import begin, drawn, go_on
from app.audit.replaying import replay
from app.checks.models import Check
from app.database import Database
from rules.vocabulary import Verdict
from tests.actors import actor
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign, without
from tests.checking import MORNING, check
from tests.conftest import SignIn
from tests.district import District

ONE_IPV = without("IPV", "bOPV") | {"IPV": ["2020-05-14"], "bOPV": ["2020-06-15", "2020-07-16", "2024-03-14"]}


def some_checks(session: Session, district: District, edition: str = "nip-2026") -> list[Check]:
    open_campaign(session, district).edition = edition
    kids = [
        child_with_doses(session, district, doses, name="张无名") for doses in (EVERYTHING, ONE_IPV, without("MMR"))
    ]
    return [check(session, district, kid) for kid in kids]


def test_equal_under_its_own_edition_and_otherwise_today(database: Database, district: District) -> None:
    with database.writing() as session:
        _complete, polio, _mmr = some_checks(session, district, "nip-2021")
        found = replay(polio.inputs, polio.findings, polio.edition, "nip-2026")
    assert found.equal
    assert not found.alarm
    assert found.move == (Verdict.COMPLETE, Verdict.CATCH_UP)


def test_a_changed_verdict_is_an_alarm(database: Database, district: District) -> None:
    with database.writing() as session:
        mmr = some_checks(session, district)[2]
        forged = copy.deepcopy(mmr.findings)
        forged["lines"]["MMR"]["owed"] = []
        found = replay(mmr.inputs, forged, mmr.edition, mmr.edition)
        gone = replay(mmr.inputs, mmr.findings, "nip-1999", mmr.edition)
    assert found.alarm
    assert found.differing == ("MMR",)
    assert gone.alarm
    assert gone.why_not


def test_a_run_counts_goes_on_and_ends(database: Database, district: District) -> None:
    with database.writing() as session:
        some_checks(session, district, "nip-2021")
        place = district.places["near"]
        run = begin(
            session,
            by=actor(district, "bureau_auditor"),
            now=MORNING,
            place=place,
            today="nip-2026",
            size=None,
            seed="",
        )
        go_on(session, now=MORNING, run=run, in_time=lambda: False)
        assert (run.total, run.done, run.equal) == (3, 3, 3)
        assert run.moves == {"complete>catch_up": 1}
        assert run.ended_at == MORNING
        late = some_more(session, district)
        go_on(session, now=MORNING, run=run, in_time=lambda: True)
        assert run.done == 3, f"check {late.id} came after the run was begun"


def some_more(session: Session, district: District) -> Check:
    return check(session, district, child_with_doses(session, district, EVERYTHING))


def test_the_same_seed_draws_the_same(database: Database, district: District) -> None:
    with database.writing() as session:
        some_checks(session, district)
        who = {"by": actor(district, "bureau_auditor"), "now": MORNING, "place": district.places["bureau"]}
        runs = [begin(session, today="nip-2026", size=2, seed=seed, **who) for seed in ("20260903", "20260903")]
        first, second = (drawn(session, district.places["bureau"], run) for run in runs)
        assert first == second
        assert len(first) == 2


def test_the_bureau_sees_no_name_and_no_other_bureau(
    database: Database, district: District, client: FlaskClient, sign_in: SignIn
) -> None:
    clock.fix(MORNING)
    with database.writing() as session:
        number = some_checks(session, district, "nip-2021")[1].id
    sign_in(client, district.users["bureau_auditor"])
    assert client.post("/replays", data={"place": district.places["foreign"].id}).status_code == 404
    client.post("/replays", data={"place": district.places["near"].id})
    assert "3 / 3" in client.get("/replays").text
    assert client.get(f"/checks/{number}/replay").status_code == 403
    sign_in(client, district.users["school_head"])
    page = client.get(f"/checks/{number}/replay").text
    assert "和当时一样" in page
    assert "张无名" in page
    assert "新增要补的" in page
    sign_in(client, district.users["foreign_clerk"])
    assert client.get(f"/checks/{number}/replay").status_code == 404
    with database.reading() as session:
        assert session.scalars(select(ReplayRun.done)).all() == [3]
