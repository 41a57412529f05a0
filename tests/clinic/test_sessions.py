"""Sessions: slots are filled in order and never over, pauses plan nothing, and what nobody entered comes up again."""

import datetime as dt
import io

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from app import clock
from app.clinic.care_actions import pause_product
from app.clinic.kinds import EndedBecause, PauseReason
from app.clinic.listing import Narrowing, Stand, list_missing, village_of
from app.clinic.models import Appointment, PlannedItem, VaccinationSession
from app.clinic.ordering import order
from app.clinic.session_actions import Hours, NotPlanned, add_session, assign, pause_session
from app.clinic.sessions import appointments_of, booking_of, live_appointment, next_open_days, not_entered
from app.clinic.suggesting import temporary_sessions
from forms.web.clinic import read_time
from tests.checking import MORNING
from tests.clinic.conftest import HOURS, TODAY, Center
from tests.paper.sheets import pages, squeezed

OCTOBER = dt.date(2026, 10, 8)


def test_slots_are_filled_one_after_the_other_and_never_over(center: Center) -> None:
    children = [center.owing(name=f"李小{one}") for one in "甲乙丙丁戊"]
    session_id = center.book(*children, day=OCTOBER)
    with center.database.reading() as session:
        found = session.get_one(VaccinationSession, session_id)
        assert [one.slot for one in appointments_of(session, found)] == [540, 540, 570, 570]
        assert booking_of(session, found).left == 0
        assert live_appointment(session, children[4].id) is None
        assert len(list(session.scalars(select(PlannedItem)))) == 4


def test_another_day_moves_the_child_and_the_same_day_twice_changes_nothing(center: Center) -> None:
    child = center.owing()
    center.book(child, day=OCTOBER)
    center.book(child, day=OCTOBER)
    with center.database.reading() as session:
        assert len(list(session.scalars(select(Appointment)))) == 1
    center.book(child, day=OCTOBER + dt.timedelta(days=7))
    with center.database.reading() as session:
        rows = list(session.scalars(select(Appointment).order_by(Appointment.id)))
        assert [one.ended_because for one in rows] == [EndedBecause.MOVED, None]


def test_a_paused_product_is_not_planned_and_a_paused_session_takes_nobody(center: Center) -> None:
    child = center.owing()
    with center.database.writing() as session:
        pause = PauseReason.NO_STOCK
        pause_product(session, by=center.by, now=MORNING, product="HepA-L", lot=None, because=pause)
        found = add_session(session, by=center.by, now=MORNING, day=OCTOBER, hours=HOURS)
        chosen = [one for one in center.missing(session) if one.child.id == child.id]
        done = assign(session, by=center.by, now=MORNING, found=found, children=chosen)
        assert (done.asked, done.nothing_to_give) == (0, 1)
        pause_session(session, by=center.by, now=MORNING, found=found, because=pause)
        with pytest.raises(NotPlanned):
            assign(session, by=center.by, now=MORNING, found=found, children=chosen)


def test_planned_but_not_entered_within_two_days_comes_up(nurse: FlaskClient, center: Center) -> None:
    late, entered = center.owing(name="李小忘"), center.owing(name="李小记")
    center.book(late, entered, day=TODAY)
    with center.database.reading() as session:
        item = center.item(session, entered)
    nurse.post(f"/clinic/children/{entered.id}", data={"items": str(item.id)})
    with center.database.reading() as session:
        assert not_entered(session, center.by, TODAY + dt.timedelta(days=1)) == set()
        assert not_entered(session, center.by, TODAY + dt.timedelta(days=2)) == {late.id}
        came = session.scalars(select(Appointment).where(Appointment.child_id == entered.id)).one()
        assert came.ended_because is EndedBecause.CAME
    clock.fix(MORNING + dt.timedelta(days=2))
    page = nurse.get("/clinic?stand=late").text
    assert "李小忘" in page
    assert "李小记" not in page


def test_the_list_is_narrowed_and_the_choices_add_up(nurse: FlaskClient, center: Center) -> None:
    one = center.owing(name="李小甲")
    center.owing("MMR", name="李小乙", class_name="near_2")
    with center.database.reading() as session:
        rows = center.missing(session)
        everything = list_missing(session, center.by, rows, Narrowing(), TODAY)
        assert sum(choice.count for choice in everything.stands) == len(everything.lines) == 2
        school_class = next(row.class_id for row in rows if row.child.id == one.id)
        only = list_missing(session, center.by, rows, Narrowing(school_class=school_class), TODAY)
        assert [line.missing.child.id for line in only.lines] == [one.id]
        assert [choice.count for choice in only.classes] == [1, 1]
        by_product = list_missing(session, center.by, rows, Narrowing(product="MMR"), TODAY)
        assert [line.missing.identity.name for line in by_product.lines] == ["李小乙"]
    page = nurse.get("/clinic?product=MMR&page=9").text
    assert "李小乙" in page
    assert "李小甲" not in page
    assert all("李小" not in rest.split('"')[0] for rest in page.split('href="')[1:])


@pytest.mark.parametrize(
    ("address", "village"),
    [
        ("青禾区柳溪镇桃园村 3 组 7 号", "桃园村"),
        ("青禾区柳溪镇柳堤社区 2 幢", "柳堤社区"),
        ("柳溪镇", "柳溪镇"),
        ("", "其他地址"),
    ],
)
def test_the_village_of_an_address(app: object, address: str, village: str) -> None:
    with app.test_request_context():  # type: ignore[attr-defined]
        assert village_of(address) == village


def test_doses_per_week_add_up_both_ways_and_follow_the_appointment(center: Center) -> None:
    children = [center.owing(name=f"李小{one}") for one in "甲乙"]
    center.owing("MMR", name="李小丙")
    center.book(children[0], day=TODAY + dt.timedelta(days=14))
    with center.database.reading() as session:
        rows = center.missing(session)
        item = center.item(session, children[0])
        table = order(rows, TODAY, {item.id: TODAY + dt.timedelta(days=14)})
    hepa = next(row for row in table.rows if row.product == "HepA-L")
    assert hepa.by_week[:3] == (1, 0, 1)
    assert table.total == sum(table.by_week) + table.later == sum(row.total for row in table.rows)
    assert table.total == sum(len([one for one in row.open if one.part == "catch_up"]) for row in rows)


def test_a_school_with_enough_children_is_suggested(center: Center) -> None:
    for one in "甲乙丙":
        center.owing(name=f"李小{one}")
    with center.database.reading() as session:
        lines = list_missing(session, center.by, center.missing(session), Narrowing(), TODAY).everybody
    assert temporary_sessions(lines, TODAY, enough=4) == []
    (found,) = temporary_sessions(lines, TODAY, enough=3)
    assert (found.school, found.children) == ("近水小学", 3)
    assert {line.stand for line in lines} == {Stand.TO_BOOK}


def test_from_the_list_to_the_invitations(nurse: FlaskClient, center: Center) -> None:
    child, other = center.owing(name="李小来"), center.owing(name="李小远", class_name="near_2")
    bad = nurse.post("/clinic/sessions", data={"day": "20260101", "begins": "25:00"})
    assert bad.status_code == 422
    assert "已经过了" in bad.text
    assert "认不出几点" in bad.text
    form = {"day": "20261008", "begins": "8:30", "ends": "11:30", "slot_minutes": "30", "capacity": "60"}
    where = nurse.post("/clinic/sessions", data={**form, "school_id": ""}).location
    assert "还没有约" in nurse.post(f"{where}/invitations", follow_redirects=True).text
    session_id = where.rsplit("/", 1)[1]
    assert "还没有勾" in nurse.post("/clinic/book", data={"session_id": session_id}, follow_redirects=True).text
    nurse.post("/clinic/book", data={"session_id": session_id, "child": [child.id, other.id]})
    page = nurse.get(where).text
    for words in ("李小来", "8:30", "甲肝 1"):
        assert words in page
    texts = [squeezed(text) for text in pages(nurse.post(f"{where}/invitations").data)]
    assert sum("接种时间表" in text for text in texts) == 2
    assert sum("李小来（2020-03-12出生）的家长" in text for text in texts) == 1
    sheets = [squeezed(text) for text in pages(nurse.post(f"{where}/screenings").data)]
    assert ["李小来" in text for text in sheets] == [True, False]
    assert "没有暂停" in nurse.post(f"{where}/pause", data={}, follow_redirects=True).text
    assert "2人约好了要来" in squeezed(
        nurse.post(f"{where}/pause", data={"because": "no_stock"}, follow_redirects=True).text
    )
    nurse.post(f"{where}/resume")
    nurse.post(f"/clinic/children/{child.id}/appointment/cancel")
    assert "李小来" not in nurse.get(where).text


@pytest.mark.parametrize(
    ("text", "minutes"), [("8:30", 510), ("8：05", 485), ("0830", 510), ("14", 840), ("24:00", None), ("早上", None)]
)
def test_times_as_people_write_them(text: str, minutes: int | None) -> None:
    assert read_time(text) == minutes


def test_capacity_is_shared_by_the_slots() -> None:
    hours = Hours(begins=510, ends=690, slot_minutes=30, capacity=10)
    assert (len(hours.slots), hours.a_slot) == (6, 2)


def test_the_order_is_a_workbook_of_the_same_numbers(nurse: FlaskClient, center: Center) -> None:
    center.owing()
    center.owing("MMR", name="李小乙", class_name="near_2")
    with center.database.reading() as session:
        table = order(center.missing(session), TODAY, {})
    sent = nurse.post("/clinic/order", data={"as": "xlsx"})
    rows = list(load_workbook(io.BytesIO(sent.data)).active.values)
    total = next(row for row in rows if row[0] == "合计")
    assert total[-1] == table.total
    assert total[1:9] == table.by_week
    only = nurse.post("/clinic/order?product=MMR", data={"as": "xlsx"})
    text = str(list(load_workbook(io.BytesIO(only.data)).active.values))
    assert "麻腮风" in text
    assert "甲肝" not in text


def test_open_days_skip_holidays_and_what_is_planned(center: Center) -> None:
    """The near center opens on Tuesdays and Thursdays; National Day 2026 shuts 1 to 7 October."""
    own = center.district.places["near_center"]
    days = next_open_days(own, dt.date(2026, 9, 28), {dt.date(2026, 10, 13)}, number=3)
    assert days == [dt.date(2026, 9, 29), dt.date(2026, 10, 8), dt.date(2026, 10, 15)]


def test_the_list_on_paper_and_as_a_workbook_is_the_list_on_the_screen(nurse: FlaskClient, center: Center) -> None:
    child = center.owing(name="李小甲")
    center.owing("MMR", name="李小乙", class_name="near_2")
    center.book(child, day=OCTOBER)
    text = squeezed("".join(pages(nurse.post("/clinic/list", data={"as": "pdf"}).data)))
    for words in ("李小甲", "李小乙", "甲肝1", "约了2026-10-08", "共2人"):
        assert words in text
    only = load_workbook(io.BytesIO(nurse.post("/clinic/list?product=MMR", data={"as": "xlsx"}).data))
    names = [row[0] for row in only.active.values]
    assert "李小乙" in names
    assert "李小甲" not in names
