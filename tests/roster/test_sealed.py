"""Between upload and decision nothing of a roster lies in clear; after the decision nothing of it lies at all."""

import datetime as dt
import logging
import subprocess
import tempfile

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from app import clock
from app.config import Settings
from app.database import Base, Database
from app.office import Office
from app.privacy import rotating
from app.privacy.sealing import SealBroken
from app.roster import actions, keeping
from app.roster.models import ImportState, RosterImport
from app.roster.opening import open_file
from app.roster.refusing import Unreadable
from tests.district import MOMENT, District
from tests.privacy.canaries import found_in
from tests.roster.conftest import Desk, SignIn
from tests.roster.sheets import COLUMNS, child, resident_id, roster
from tests.roster.sheets import text as csv_text

NAME, PARENT, STREET, FILE, CLASS = "阚𠮷骉毳", "逄犇犇麤", "葳蕤街鸑鷟楼", "亓官班主任手机里的名册.xlsx", "一（9）班"
NUMBER, PHONE = resident_id(77), "13987654321"
CANARIES = (NAME, PARENT, STREET, FILE, NUMBER, PHONE)
CONTENT = roster(
    child(77, NAME, 监护人=PARENT, 住址=STREET, 联系电话=PHONE, 班级=CLASS),
    child(78, 性别=NAME, 身份证号=NUMBER + "9"),
)


def at_rest(database: Database, settings: Settings) -> dict[str, set[str]]:
    """Which canaries are where: every file of the data room, every value of every table."""
    files = [file for file in settings.data_dir.rglob("*") if file.is_file()]
    found = {file.name: found_in(file.read_bytes(), CANARIES) for file in files}
    with database.reading() as session:
        for table in Base.metadata.tables:
            rows = session.execute(text(f'SELECT * FROM "{table}"')).all()
            values = [value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row]
            found[table] = found_in(b"\n".join(values), CANARIES)
    return {place: canaries for place, canaries in found.items() if canaries}


def test_nothing_lies_in_clear_before_nor_after_the_decision(
    desk: Desk, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
    first, second = desk.propose(CONTENT, FILE), desk.propose(CONTENT, FILE)
    assert NAME in desk.see(first, "new")
    assert FILE in desk.see(first)
    assert at_rest(desk.database, settings) == {}
    desk.answer(first, {"class-1:1-9": "make"})
    assert at_rest(desk.database, settings) == {}
    desk.client.post(f"{second}/refuse")
    assert "写好了" in desk.apply(first).text
    assert at_rest(desk.database, settings) == {}
    assert found_in(caplog.text.encode(), CANARIES) == set()
    logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)


def test_the_search_would_find_it(desk: Desk, settings: Settings) -> None:
    with desk.database.writing() as session:
        waiting = RosterImport(
            school_id=1, uploaded_by=1, uploaded_at=MOMENT, expires_at=MOMENT, rows=1, state=ImportState.PROPOSED,
            sealed=NAME.encode(), wrapped=b"x", master_version=1,
        )  # fmt: skip
        session.add(waiting)
    assert set(at_rest(desk.database, settings)) >= {"roster_import"}


@pytest.mark.parametrize("step", ["apply", "refuse", "expire"])
def test_what_was_read_goes_with_the_decision(desk: Desk, step: str) -> None:
    address = desk.propose(roster(child(1)))
    (waiting,) = desk.imports()
    assert waiting.sealed
    if step == "expire":
        with desk.database.writing() as session:
            assert actions.expire(session, now=MOMENT + dt.timedelta(hours=23)) == 0
            assert actions.expire(session, now=MOMENT + dt.timedelta(hours=24)) == 1
    elif step == "apply":
        desk.apply(address)
    else:
        desk.client.post(f"{address}/refuse")
    (waiting,) = desk.imports()
    assert waiting.sealed is waiting.wrapped is waiting.master_version is None
    assert waiting.decided_at is not None


def test_any_visit_drops_what_nobody_decided_in_time(
    desk: Desk, district: District, app: Flask, sign_in: SignIn
) -> None:
    address = desk.propose(roster(child(1)))
    clock.fix(MOMENT + dt.timedelta(hours=25))
    app.test_client().get("/sign-in")
    assert desk.imports()[0].state is ImportState.EXPIRED
    sign_in(desk.client, district.users["clerk"])
    assert "放得太久" in desk.see(address)
    assert "已经处理过了" in desk.apply(address, "x").text


def test_a_day_that_is_over_is_over_to_the_second(desk: Desk, district: District, sign_in: SignIn) -> None:
    address = desk.propose(roster(child(1)))
    seen = desk.seen(address)
    clock.fix(MOMENT + dt.timedelta(hours=24))
    sign_in(desk.client, district.users["clerk"])
    assert "已经处理过了" in desk.apply(address, seen).text


def test_a_roster_moved_to_another_row_does_not_open(desk: Desk) -> None:
    desk.propose(roster(child(1)))
    desk.propose(roster(child(2)))
    one, other = desk.imports()
    with desk.database.writing() as session:
        keys = session.info["keys"]
        moved = session.get_one(RosterImport, other.id)
        moved.sealed, moved.wrapped, moved.master_version = one.sealed, one.wrapped, one.master_version
        with pytest.raises(Unreadable) as refusal:
            keeping.taken_out(keys, moved)
        assert isinstance(refusal.value.__cause__, SealBroken)
        session.rollback()


def test_a_retired_master_key_costs_an_upload_and_nothing_else(desk: Desk, app: Flask) -> None:
    office: Office = app.extensions["chayan"]
    address = desk.propose(roster(child(1)))
    rotating.rotate(desk.database, office.keys)
    assert "新增" in desk.see(address)
    with desk.database.reading() as session:
        versions = session.scalars(select(RosterImport.master_version)).all()
    assert versions == [1]
    office.keys.drop_masters({1})
    answer = desk.client.get(address)
    assert answer.status_code == 410
    assert "重新上传" in answer.text
    assert "打不开了" in desk.apply(address, "x").text
    assert desk.client.post(f"{address}/refuse").status_code == 303
    desk.write(roster(child(1)))


def test_the_table_refuses_a_decided_roster_that_keeps_its_rows(desk: Desk) -> None:
    desk.propose(roster(child(1)))
    for wrong in ({"state": ImportState.APPLIED, "decided_at": MOMENT}, {"sealed": None}, {"wrapped": None}):
        with pytest.raises(Exception, match="(?i)constraint"), desk.database.writing() as session:
            session.execute(update(RosterImport).values(**wrong))


def test_uploads_never_touch_the_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Werkzeug would spool a large part into a temporary file, in clear."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was opened")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("werkzeug.formparser.TemporaryFile", refuse, raising=False)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse, raising=False)
    assert desk.upload(text_of(3_000), "large.csv").status_code == 303


def text_of(children: int) -> bytes:
    return csv_text(COLUMNS, *[child(n % 499, f"孩子{n}", 身份证号="", 住址="路" * 100) for n in range(children)])


def test_the_box_gets_the_file_through_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    original = subprocess.run

    def watched(command: list[str], **more: object) -> object:
        calls.append((command, more))
        return original(command, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watched)
    open_file(CONTENT)
    ((command, more),) = calls
    assert more["input"] == CONTENT
    assert found_in(" ".join(command).encode(), CANARIES) == set()
