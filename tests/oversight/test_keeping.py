"""A cut-off keeps its counts: what comes after it, and whoever looks when, changes nothing of them."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.audit.models import AuditEvent
from app.campaigns.models import Campaign, CampaignState
from app.children.kinds import EnrolmentState
from app.children.models import Enrolment
from app.database import Database
from app.oversight import keeping
from app.oversight.board import Board, By, board_closed, board_of
from app.oversight.bulletin import as_text, bulletin
from app.oversight.dating import as_of
from app.oversight.keeping import close_days, closings
from app.oversight.models import BoardClosing, BoardSchoolDay
from app.oversight.refreshing import recount, refresh
from tests.actors import actor
from tests.conftest import SignIn
from tests.district import District
from tests.notices.september import DAY, Desk, at, open_campaign

NEXT = DAY + dt.timedelta(1)


def checked(desk: Desk, district: District, place: str, name: str) -> Enrolment:
    child = desk.enrol(district.classes[place], name)
    desk.doses(child)
    desk.check(child)
    return desk.session.query(Enrolment).filter_by(child_id=child.id).one()


def closed(desk: Desk, district: District, campaign: Campaign, day: dt.date) -> Board:
    closing = desk.session.get_one(BoardClosing, (campaign.id, day))
    return board_closed(desk.session, actor(district, "bureau_auditor"), campaign, closing)


def test_what_a_cut_off_closed_stays_as_it_was(desk: Desk, district: District, campaign: Campaign) -> None:
    session, auditor = desk.session, actor(district, "bureau_auditor")
    for number in range(3):
        checked(desk, district, "near_1", f"孩{number}")
    assert [one.day for one in closings(session, campaign, at(DAY, 17))] == [DAY]
    first = board_of(session, auditor, campaign, DAY)
    checked(desk, district, "near_2", "孩8")
    far = checked(desk, district, "far_1", "孩9")
    assert [one.day for one in closings(session, campaign, at(NEXT, 18))] == [NEXT, DAY]
    far.state, far.to_day = EnrolmentState.LEFT, NEXT
    session.flush()
    third = NEXT + dt.timedelta(1)
    assert [one.day for one in closings(session, campaign, at(third, 17))] == [third, NEXT, DAY]
    numbers = {day: closed(desk, district, campaign, day).whole.figures for day in (DAY, NEXT, third)}
    assert [one.checked for one in numbers.values()] == [3, 5, 4]
    assert numbers[DAY] == first.whole.figures
    assert numbers[third] == board_of(session, auditor, campaign, third).whole.figures
    # Only what changed of a school has a row.
    rows = session.execute(select(BoardSchoolDay.day, func.count()).group_by(BoardSchoolDay.day)).all()
    assert dict(rows)[NEXT] == 2
    for by in By:
        groups = closed(desk, district, campaign, NEXT).groups(by)
        assert sum(one.figures.checked for one in groups) == 5
    # Counting everything anew is no change of a day that is over.
    recount(session, campaign, third)
    assert closed(desk, district, campaign, DAY).whole.figures == first.whole.figures


def test_papers_say_of_when_their_numbers_are(desk: Desk, district: District, campaign: Campaign) -> None:
    checked(desk, district, "near_1", "孩1")
    closings(desk.session, campaign, at(DAY, 17) + dt.timedelta(minutes=2))
    board = closed(desk, district, campaign, DAY)
    assert as_of(board, at(NEXT)) == "2026-09-10 17 点截的数"
    for paper in (as_text(board, at(NEXT)), *bulletin(board, at(NEXT), "审核员", {}).facts):
        assert "此后又查了" not in paper
    late = Board(campaign, DAY, board.whole, board.cells, closed_at=at(NEXT, 8))
    assert as_of(late, at(NEXT)) == "2026-09-10 17 点该截的数，到 2026-09-11 08:00 才截下来"


def test_a_day_is_closed_once_and_not_before_term_nor_after_the_seal(
    desk: Desk, district: District, campaign: Campaign
) -> None:
    session = desk.session
    assert closings(session, campaign, at(campaign.first_day, 16)) == []
    first = closings(session, campaign, at(campaign.first_day, 17))
    assert [one.closed_at for one in closings(session, campaign, at(campaign.first_day, 23))] == [first[0].closed_at]
    # Nobody looked for a week: only the last cut-off can still be closed.
    assert [one.day for one in closings(session, campaign, at(DAY, 20))] == [DAY, campaign.first_day]
    campaign.state, campaign.sealed_at = CampaignState.SEALED, at(DAY, 21)
    session.flush()
    assert [one.day for one in closings(session, campaign, at(NEXT, 20))] == [DAY, campaign.first_day]


def test_many_changes_are_counted_before_the_day_is_closed(
    database: Database, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One class a look: whoever waits sees an open day, the worker comes back until it is closed."""
    monkeypatch.setattr(keeping, "refresh", partial(refresh, most=1))
    with database.writing() as session:
        campaign = open_campaign(session, district)
        desk = Desk(session, actor(district, "clerk"))
        for number, place in enumerate(("near_1", "near_2", "far_1")):
            checked(desk, district, place, f"孩{number}")
        assert closings(session, campaign, at(DAY, 17)) == []
        number, wanted = campaign.id, board_of(session, actor(district, "bureau_auditor"), campaign, DAY)
    for _step in range(4):
        close_days(database, at(DAY, 17))
    with database.writing() as session:
        campaign = session.get_one(Campaign, number)
        desk = Desk(session, actor(district, "clerk"))
        assert closed(desk, district, campaign, DAY).whole.figures == wanted.whole.figures


def test_worker_and_pages_close_a_day_at_the_same_moment(database: Database, district: District) -> None:
    with database.writing() as session:
        open_campaign(session, district)
        checked(Desk(session, actor(district, "clerk")), district, "near_1", "孩1")
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _turn: close_days(database, at(DAY, 17)), range(6)))
    with database.reading() as session:
        assert session.scalars(select(BoardClosing.day)).all() == [DAY]


def test_what_leaves_the_house_is_of_a_cut_off(
    client: FlaskClient, database: Database, district: District, sign_in: SignIn
) -> None:
    """Two bulletins of a day are the same however many came between them."""
    with database.writing() as session:
        campaign = open_campaign(session, district)
        desk = Desk(session, actor(district, "clerk"))
        for number in range(2):
            checked(desk, district, "near_1", f"孩{number}")
        closings(session, campaign, at(DAY, 17))
        checked(desk, district, "near_1", "孩9")
    clock.fix(at(NEXT))
    sign_in(client, district.users["bureau_auditor"])
    live, then = client.get("/oversight").text, client.get(f"/oversight?at={DAY}").text
    assert "2026-09-11" in live
    assert "2026-09-10 17 点截的数" in then
    words = client.post("/oversight/bulletin/text").text
    with database.writing() as session:
        checked(Desk(session, actor(district, "clerk")), district, "near_1", "孩10")
    assert client.post("/oversight/bulletin/text").text == words
    with database.reading() as session:
        looks = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "read.export")).all()
        assert [json.loads(one)["day"] for one in looks] == [DAY.isoformat()] * 2
    assert "2026-09-10 17 点截的数" in words
    assert "已查验 2 人" in words
    assert client.post("/oversight/bulletin", data={"as": "xlsx"}).status_code == 200
    for never in ("2026-09-09", "2026-09-11", "yesterday", "'"):
        assert client.get(f"/oversight?at={never}").status_code == 404
        assert client.post("/oversight/bulletin/text", data={"at": never}).status_code == 404


def test_papers_of_a_sealed_campaign_have_its_last_figures(
    client: FlaskClient, database: Database, district: District, sign_in: SignIn
) -> None:
    """What came between the last cut-off and the seal would be on no paper otherwise."""
    with database.writing() as session:
        campaign = open_campaign(session, district)
        desk = Desk(session, actor(district, "clerk"))
        checked(desk, district, "near_1", "孩1")
        closings(session, campaign, at(DAY, 17))
        checked(desk, district, "near_1", "孩2")
        campaign.state, campaign.sealed_at = CampaignState.SEALED, at(DAY, 21)
    clock.fix(at(NEXT))
    sign_in(client, district.users["bureau_auditor"])
    assert "已查验 2 人" in client.post("/oversight/bulletin/text").text
    assert "已查验 1 人" in client.post("/oversight/bulletin/text", data={"at": DAY.isoformat()}).text
