"""Nothing that is practised leaves the room; every page and paper of it says what it is; it goes without a trace."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from app import clock
from app.audit.models import AuditEvent
from app.checks.models import Check
from app.children.models import Child, DoseRecord
from app.notices.models import Notice
from app.office import Office
from app.papers import press
from app.people.models import User
from app.practice import rooms
from app.practice.children import COURSES, Pupil, _everything, practice_class
from app.practice.door import can_be_practised
from app.reports.models import Report
from app.schools.models import Organisation, SchoolClass
from forms.paper.before_term import print_register
from forms.paper.practice import marked
from rules import assess
from rules.vocabulary import Child as Child_
from rules.vocabulary import Dose, Verdict
from tests.actors import actor
from tests.campaigns import open_campaign
from tests.notices.september import DAY, at
from tests.paper.sheets import pages
from tests.paper.test_before_term import SCHOOL

COUNTED = (Child, Check, DoseRecord, Notice, Report, SchoolClass)


@pytest.fixture(autouse=True)
def _september() -> None:
    clock.fix(at(DAY))


@pytest.fixture
def house(app) -> Office:
    return app.extensions["chayan"]


@pytest.fixture
def desk(client, database, district, sign_in):
    """A clerk who has gone in."""
    with database.writing() as session:
        open_campaign(session, district)
    sign_in(client, district.users["clerk"])
    assert client.post("/practising/enter").location == "/practice/desk/classes"
    return client


def numbers(database) -> list[int]:
    with database.reading() as session:
        return [session.scalar(select(func.count()).select_from(model)) for model in COUNTED]


def in_the_room(house, district, question):
    room = rooms.find(house, actor(district, "clerk"))
    with room.database.reading() as session:
        return question(session)


def check_everybody(client, house, district) -> None:
    for child in in_the_room(house, district, lambda session: session.scalars(select(Child.id)).all()):
        client.post(f"/practice/desk/children/{child}", data={"answer": "none", "instead_of": ""})


def test_a_september_of_practice_leaves_the_house_as_it_was(desk, house, database, district) -> None:
    before = numbers(database)
    check_everybody(desk, house, district)
    school_class = in_the_room(house, district, lambda session: session.scalars(select(SchoolClass.id)).one())
    desk.post(f"/practice/classes/{school_class}/notices/print")
    checked, drafted = in_the_room(
        house,
        district,
        lambda session: (
            session.scalar(select(func.count()).select_from(Check)),
            session.scalar(select(func.count()).select_from(Notice)),
        ),
    )
    assert checked == len(COURSES)
    assert drafted > 0
    assert numbers(database) == before
    with database.reading() as session:
        told = set(session.scalars(select(AuditEvent.action)))
    assert "practice.entered" in told
    assert not {one for one in told if one.startswith(("check.", "notice.", "child."))}
    assert "还差 2" not in desk.get("/practice/desk/classes").text
    assert "2 人未查验" in desk.get("/desk/classes").text  # the real one still waits for its two


def test_the_word_stands_on_every_page_and_on_no_real_one(desk) -> None:
    for page in ("/practice/desk/classes", "/practice/children", "/practice/notices", "/practice/reports"):
        answer = desk.get(page, follow_redirects=True)
        assert "孩子都是编的，不进统计、名单和通知编号" in answer.text, page
        assert 'href="/practising"' in answer.text
    assert "不进统计、名单和通知编号" not in desk.get("/desk/classes").text


def test_links_of_the_room_lead_to_the_room(desk) -> None:
    page = desk.get("/practice/desk/classes").text
    assert 'action="/practice/desk/classes"' in page
    assert 'href="/desk' not in page
    assert "/roster" not in page  # nothing that brings real names in


def test_what_cannot_be_practised_says_so(desk, app) -> None:
    """Every page without a parameter that is not the desk's September."""
    closed = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
        if not can_be_practised(rule.endpoint) and rule.endpoint.partition(".")[0] not in {"people", "static"}
    ]
    assert {"/oversight", "/users", "/clinic", "/campaigns", "/practising"} <= set(closed)
    for address in closed:
        # 401: a door for programs, which ask for a token before anything else.
        assert desk.get(f"/practice{address}").status_code in {401, 403, 404}, address
    assert "请先退出演练" in desk.get("/practice/campaigns").text


def test_a_child_of_the_real_house_is_not_there_and_the_other_way_round(desk, house, database, district) -> None:
    everybody = in_the_room(house, district, lambda session: set(session.scalars(select(Child.id))))
    with database.reading() as session:
        real = set(session.scalars(select(Child.id)))
    only_there = max(everybody - real)
    assert desk.get(f"/practice/desk/children/{only_there}").status_code == 200
    assert desk.get(f"/desk/children/{only_there}").status_code == 404


def test_wiping_takes_everything_and_the_next_room_is_fresh(desk, house, district) -> None:
    check_everybody(desk, house, district)
    folder = house.settings.data_dir / "practice"
    desk.post("/practising/wipe")
    assert list(folder.iterdir()) == []
    assert desk.get("/practice/desk/classes").location == "/practising"
    desk.post("/practising/wipe")  # twice is once
    desk.post("/practising/enter")
    assert in_the_room(house, district, lambda session: session.scalar(select(func.count()).select_from(Check))) == 0


def test_going_in_twice_finds_what_was_begun(desk, house, district) -> None:
    check_everybody(desk, house, district)
    desk.post("/practising/enter")
    assert in_the_room(house, district, lambda session: session.scalar(select(func.count()).select_from(Check))) > 0


def test_a_clerk_of_one_class_practises_with_the_one_class(client, district, sign_in) -> None:
    sign_in(client, district.users["class_clerk"])
    client.post("/practising/enter")
    assert "演练班" in client.get("/practice/desk/classes").text


def test_somebody_new_at_the_school_is_let_in(desk, house, database, district, client, sign_in) -> None:
    with database.writing() as session:
        old = session.get_one(User, district.users["school_head"].id)
        fresh = User(
            sign_in_name="fresh",
            shown_name="新来的",
            password_hash="x",
            role=old.role,
            organisation_id=old.organisation_id,
            created_at=clock.now(),
        )
        session.add(fresh)
    sign_in(client, fresh)
    check_everybody(client, house, district)
    assert in_the_room(house, district, lambda session: set(session.scalars(select(Check.by)))) == {fresh.id}


def test_others_have_no_practice(client, district, sign_in) -> None:
    for who in ("nurse", "bureau_auditor", "administrator"):
        sign_in(client, district.users[who])
        assert client.get("/practising").status_code == 403
        assert client.get("/practice/desk/classes").status_code in {403, 404}


def test_strangers_are_asked_to_sign_in(client, district) -> None:
    assert "/sign-in" in client.get("/practice/desk/classes").location


def test_each_school_has_its_own_room(desk, house, client, district, sign_in) -> None:
    check_everybody(desk, house, district)
    sign_in(client, district.users["far_clerk"])
    assert client.get("/practice/desk/classes").location == "/practising"
    client.post("/practising/enter")
    room = rooms.find(house, actor(district, "far_clerk"))
    with room.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Check)) == 0
        grade = session.scalars(select(SchoolClass.grade)).one()
    assert grade == "小班"


def test_without_a_campaign_one_practises_for_the_term_that_comes(client, house, district, sign_in) -> None:
    sign_in(client, district.users["clerk"])
    client.post("/practising/enter")
    assert "（演练）" in client.get("/practice/desk/classes").text


def test_only_places_and_people_come_from_the_real_house(desk, house, district) -> None:
    def look(session):
        return (
            set(session.scalars(select(Organisation.name))),
            {one.password_hash for one in session.scalars(select(User))},
            session.scalar(select(func.count()).select_from(Child)),
        )

    places, passwords, children = in_the_room(house, district, look)
    assert "近水小学" in places
    assert "远山幼儿园" not in places
    assert passwords == {"-"}
    assert children == len(COURSES)


def test_a_room_of_an_older_version_is_made_anew(desk, house, district, monkeypatch) -> None:
    check_everybody(desk, house, district)
    rooms._open.clear()
    monkeypatch.setattr("app.migrating.newest", lambda: "9999")
    assert rooms.find(house, actor(district, "clerk")) is None
    monkeypatch.undo()
    clock.fix(at(DAY))
    assert rooms.find(house, actor(district, "clerk")) is not None


@pytest.mark.parametrize("first_day", [dt.date(2026, 9, 1), dt.date(2027, 3, 1), dt.date(2029, 9, 3)])
@pytest.mark.parametrize("grade", ["小班", "一年级"])
def test_in_any_term_the_class_shows_what_a_desk_meets(grade: str, first_day: dt.date) -> None:
    """Half of them have everything, by the law of their own years; each of the others is what it is meant to be."""
    found = [verdict(one, first_day + dt.timedelta(9)) for one in practice_class(grade, first_day)]
    wanted = {_everything: {Verdict.COMPLETE}}
    for course, came_out in zip(COURSES, found, strict=True):
        assert came_out in wanted.get(course, {Verdict.CATCH_UP, Verdict.REVIEW})
    assert (found[4], found[7]) == (Verdict.REVIEW, Verdict.REVIEW)
    assert found.count(Verdict.CATCH_UP) == 4


def verdict(one: Pupil, day: dt.date) -> Verdict:
    doses = tuple(Dose(dose.product, dose.day and dose.day.toordinal()) for dose in one.doses)
    return assess(Child_(one.birth.toordinal(), day.toordinal(), doses)).verdict


def test_the_mark_is_on_every_page(app) -> None:
    paper = marked(press(), print_register(press(), SCHOOL))
    assert len(pages(paper)) == 3
    assert all("演练" in page for page in pages(paper))
