"""Last year's file, columns in a school's own words, pasted cells, and a whole import taken back."""

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.children.kinds import CertificateState
from app.children.models import Certificate, Child, Enrolment
from app.database import Database
from app.roster import actions, undoing
from app.roster.answering import Answers
from app.roster.columns import name_columns, own_columns
from app.roster.models import RosterImport
from app.roster.opening import FileRefused, WhichColumns
from app.roster.reading import read_roster
from app.roster.refusing import AlreadyDecided, StillOpen
from app.roster.reviewing import first_look, review
from app.schools.models import SchoolClass
from forms.web.roster import Column
from tests.actors import actor
from tests.district import FIRST_DAY, MOMENT, District

HEAD = "姓名,性别,出生日期,班级\n"
NAMES = ("林一", "王二", "张三", "李四", "赵五", "钱六")


def rows(year: int, place: str = "一（1）班", names: tuple[str, ...] = NAMES) -> bytes:
    return (HEAD + "".join(f"{name},女,{year}-03-{day + 10},{place}\n" for day, name in enumerate(names))).encode()


def proposed(database: Database, district: District, content: bytes, day: dt.date = FIRST_DAY) -> int:
    by = actor(district, "clerk")
    with database.writing() as session:
        roster = read_roster(content, file_name="a.csv", today=day, own=own_columns(session, by.organisation_id))
        changes = first_look(session, by.organisation_id, roster)
        return actions.propose(session, by=by, now=MOMENT, roster=roster, changes=changes).id


def written(database: Database, district: District, import_id: int, said: Answers | None = None) -> RosterImport:
    by = actor(district, "clerk")
    with database.writing() as session:
        if said:
            actions.answer(session, by=by, now=MOMENT, import_id=import_id, said=said)
        seen = review(session, session.get_one(RosterImport, import_id)).decision.stamp
        actions.apply(session, by=by, now=MOMENT, today=FIRST_DAY, import_id=import_id, seen=seen)
        return session.get_one(RosterImport, import_id)


def test_children_a_year_too_old_hold_the_file_until_somebody_says_it_is_this_year_s(
    database: Database, district: District
) -> None:
    import_id = proposed(database, district, rows(2019))
    with database.reading() as session:
        seen = review(session, session.get_one(RosterImport, import_id))
        assert seen.brake is not None
        assert (len(seen.brake.older), seen.brake.of_grade) == (6, 6)
        assert not seen.decision.ready
    with pytest.raises(StillOpen):
        written(database, district, import_id)
    written(database, district, import_id, Answers({}, {}, this_year=True))
    assert _count(database, Enrolment) == 6 + len(district.children)


def test_this_year_s_file_is_not_asked_about(database: Database, district: District) -> None:
    import_id = proposed(database, district, rows(2020))
    with database.reading() as session:
        assert review(session, session.get_one(RosterImport, import_id)).brake is None


def test_two_held_back_children_do_not_hold_a_whole_class(database: Database, district: District) -> None:
    content = rows(2020) + rows(2019, names=("孙七", "周八")).split(b"\n", 1)[1]
    import_id = proposed(database, district, content)
    with database.reading() as session:
        assert review(session, session.get_one(RosterImport, import_id)).brake is None


def test_a_whole_import_goes_back_but_not_what_somebody_built_on(database: Database, district: District) -> None:
    before = _count(database, Enrolment), _count(database, SchoolClass)
    import_id = proposed(database, district, rows(2020, "一（9）班"))
    done = written(database, district, import_id, Answers({}, {}, make_all=True))
    kept = (done.outcome or {})["added"][0]
    clerk = actor(district, "clerk")
    with database.writing() as session:
        session.add(
            Certificate(child_id=kept, state=CertificateState.PRESENT, recorded_at=MOMENT, recorded_by=clerk.user_id)
        )
    with database.writing() as session:
        gone = undoing.undo(session, by=clerk, now=MOMENT, import_id=import_id)
    assert gone == {"children": 5, "stay": 1, "moved_back": 0, "classes": 0, "changed_stay": 0}
    assert (_count(database, Enrolment), _count(database, SchoolClass)) == (before[0] + 1, before[1] + 1)
    with database.reading() as session:
        erased = session.scalars(select(Child).where(Child.erased_at.is_not(None))).all()
        assert len(erased) == 5
        assert session.get_one(Child, kept).erased_at is None
    with database.writing() as session, pytest.raises(AlreadyDecided):
        undoing.undo(session, by=clerk, now=MOMENT, import_id=import_id)


def test_after_an_undo_the_same_file_can_come_again(database: Database, district: District) -> None:
    first = proposed(database, district, rows(2020, "一（9）班"))
    written(database, district, first, Answers({}, {}, make_all=True))
    with database.writing() as session:
        gone = undoing.undo(session, by=actor(district, "clerk"), now=MOMENT, import_id=first)
        assert (gone["children"], gone["classes"]) == (6, 1)
    again = written(
        database, district, proposed(database, district, rows(2020, "一（9）班")), Answers({}, {}, make_all=True)
    )
    assert len((again.outcome or {})["added"]) == 6


def test_thirty_days_are_enough(database: Database, district: District) -> None:
    import_id = proposed(database, district, rows(2020))
    done = written(database, district, import_id)
    assert undoing.may_undo(done, MOMENT + dt.timedelta(days=30))
    assert not undoing.may_undo(done, MOMENT + dt.timedelta(days=30, minutes=1))


def test_a_school_names_its_columns_once(database: Database, district: District) -> None:
    content = "娃名,男女,哪天生,分在\n林一,女,2020-03-12,一（1）班\n".encode()
    with pytest.raises(WhichColumns) as asked:
        proposed(database, district, content)
    assert asked.value.words == ("娃名", "男女", "哪天生", "分在")
    said = {"娃名": "name", "男女": "sex", "哪天生": "birth_date", "分在": "class", "x": "nonsense"}
    clerk, other = actor(district, "clerk"), actor(district, "far_clerk")
    with database.writing() as session:
        assert name_columns(session, by=clerk, now=MOMENT, said=said) == 4
    assert proposed(database, district, content)
    with database.reading() as session:
        assert own_columns(session, clerk.organisation_id)["娃名"] is Column.NAME
        assert own_columns(session, other.organisation_id) == {}


def test_text_without_any_header_asks_for_nothing(database: Database, district: District) -> None:
    with pytest.raises(FileRefused):
        proposed(database, district, b"2020,1\n2021,2\n")


@pytest.fixture
def clerk(app: Flask, district: District, sign_in: Callable[..., None]) -> FlaskClient:
    clock.fix(MOMENT)
    client = app.test_client()
    sign_in(client, district.users["clerk"])
    return client


def test_cells_are_pasted_and_unknown_columns_are_named_on_the_page(clerk: FlaskClient) -> None:
    pasted = "姓名\t性别\t出生日期\t分到哪\n林一\t女\t2020-03-12\t一（1）班\n"
    page = _post(clerk, "/roster/import", pasted=pasted)
    assert page.status_code == 422
    assert "分到哪" in page.text
    assert _post(clerk, "/roster/columns", **{"word-1": "分到哪", "column-1": "class"}).status_code == 303
    answer = _post(clerk, "/roster/import", pasted=pasted)
    assert answer.status_code == 303
    assert "林一" in clerk.get(answer.location).text


def test_neither_file_nor_cells_is_said(clerk: FlaskClient) -> None:
    page = _post(clerk, "/roster/import", pasted="  ")
    assert (page.status_code, "请选一个文件，或者粘贴" in page.text) == (422, True)


def _post(client: FlaskClient, address: str, **fields: str):  # type: ignore[no-untyped-def]
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/roster/import").text)
    data: dict[str, object] = {**fields, "csrf_token": found[1] if found else ""}
    if "pasted" in fields:
        data["file"] = (io.BytesIO(b""), "")
    return client.post(address, data=data, content_type="multipart/form-data")


def _count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
