"""Whatever is done to the trail without the key is found, and what is done rightly is not."""

import datetime as dt
import hmac
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, delete, func, select, update

from app.audit import chaining, verifying
from app.audit.actions import record
from app.audit.verifying import Wrong, verify
from app.config import Settings
from app.database import Database
from app.privacy.erasing import empty_the_log
from tests.actors import actor
from tests.audit.tampering import ANCHOR, EVENT, HEAD, flip
from tests.district import MOMENT, District

SECOND_DAY = "2026-09-02"


@pytest.fixture
def near(trail: District) -> int:
    """The organisation that is tampered with."""
    return trail.places["near"].id


def event_of(organisation_id: int, position: int) -> tuple[ColumnElement[bool], ...]:
    """One event of the second day."""
    return EVENT.c.organisation_id == organisation_id, EVENT.c.day == SECOND_DAY, EVENT.c.position == position


def findings(database: Database) -> list[verifying.Finding]:
    with database.reading() as session:
        return verify(session)


def test_an_untouched_trail_is_whole(database: Database, trail: District) -> None:
    assert findings(database) == []
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(EVENT)) == 24
        assert session.scalar(select(func.count()).select_from(HEAD)) == 9


def test_an_empty_house_has_nothing_to_find(database: Database) -> None:
    assert findings(database) == []


@pytest.mark.parametrize("position", [1, 3, 5])
@pytest.mark.parametrize("column", [column.name for column in EVENT.columns])
def test_one_bit_of_any_column_of_an_event(database: Database, near: int, column: str, position: int) -> None:
    with database.writing() as session:
        flip(session, EVENT, column, *event_of(near, position))
    assert findings(database)


@pytest.mark.parametrize("column", [column.name for column in HEAD.columns])
def test_one_bit_of_any_column_of_a_head(database: Database, near: int, column: str) -> None:
    with database.writing() as session:
        # The last serial: flipped, it meets no other row.
        last = select(func.max(HEAD.c.serial)).scalar_subquery()
        flip(session, HEAD, column, HEAD.c.serial == last)
    assert findings(database)


@pytest.mark.parametrize("column", ["heads", "opened", "seal"])
def test_one_bit_of_the_anchor(database: Database, near: int, column: str) -> None:
    with database.writing() as session:
        flip(session, ANCHOR, column)
    assert findings(database)


def test_a_finding_says_where(database: Database, near: int) -> None:
    with database.writing() as session:
        flip(
            session, EVENT, "action", EVENT.c.organisation_id == near, EVENT.c.day == SECOND_DAY, EVENT.c.position == 3
        )
    (only,) = findings(database)
    assert (only.what, only.where) == (Wrong.CHANGED, f"organisation {near}, {SECOND_DAY}, event 3")


@pytest.mark.parametrize("position", [1, 3, 5])
def test_an_event_taken_away(database: Database, near: int, position: int) -> None:
    with database.writing() as session:
        session.execute(delete(EVENT).where(*event_of(near, position)))
    assert Wrong.MISSING in {finding.what for finding in findings(database)}


def test_the_last_event_of_the_last_day_taken_away(database: Database, trail: District) -> None:
    with database.writing() as session:
        head = session.execute(select(HEAD).order_by(HEAD.c.serial.desc()).limit(1)).one()
        last = (EVENT.c.organisation_id == head.organisation_id, EVENT.c.day == head.day)
        session.execute(delete(EVENT).where(*last, EVENT.c.position == head.events))
    assert [finding.what for finding in findings(database)] == [Wrong.MISSING]


@pytest.mark.parametrize("order", [HEAD.c.serial.asc(), HEAD.c.serial.desc()])
def test_a_whole_day_taken_away_with_its_head(database: Database, trail: District, order: object) -> None:
    """The first day of the house as well as the last one, of which nothing follows."""
    with database.writing() as session:
        head = session.execute(select(HEAD).order_by(order).limit(1)).one()
        for table in (EVENT, HEAD):
            session.execute(
                delete(table).where(table.c.organisation_id == head.organisation_id, table.c.day == head.day)
            )
    assert Wrong.MISSING in {finding.what for finding in findings(database)}


def test_the_last_day_taken_away_and_the_anchor_moved_back(database: Database, trail: District) -> None:
    """Without the key the anchor cannot be made to agree."""
    with database.writing() as session:
        last, before = session.execute(select(HEAD).order_by(HEAD.c.serial.desc()).limit(2)).all()
        for table in (EVENT, HEAD):
            of_the_day = (table.c.organisation_id == last.organisation_id, table.c.day == last.day)
            session.execute(delete(table).where(*of_the_day))
        session.execute(update(ANCHOR).values(heads=before.serial, opened=before.opened))
    assert [(finding.what, finding.where) for finding in findings(database)] == [(Wrong.CHANGED, "office")]


def test_an_organisation_taken_away(database: Database, near: int) -> None:
    with database.writing() as session:
        for table in (EVENT, HEAD):
            session.execute(delete(table).where(table.c.organisation_id == near))
    assert Wrong.MISSING in {finding.what for finding in findings(database)}


def test_everything_taken_away(database: Database, trail: District) -> None:
    with database.writing() as session:
        for table in (EVENT, HEAD, ANCHOR):
            session.execute(delete(table))
    assert [finding.where for finding in findings(database)] == ["office"]


def test_two_events_swapped(database: Database, near: int) -> None:
    with database.writing() as session:
        for old, new in [(2, 99), (3, 2), (99, 3)]:
            session.execute(update(EVENT).where(*event_of(near, old)).values(position=new))
    wheres = {finding.where for finding in findings(database)}
    assert {f"organisation {near}, {SECOND_DAY}, event {position}" for position in (2, 3)} <= wheres


def test_an_event_put_on_a_day_that_never_was(database: Database, near: int) -> None:
    with database.writing() as session:
        session.execute(update(EVENT).where(*event_of(near, 5)).values(day="2026-09-20", position=1))
    assert {Wrong.OUT_OF_PLACE, Wrong.MISSING} <= {finding.what for finding in findings(database)}


def test_a_chain_forged_without_the_key(database: Database, trail: District) -> None:
    """To change the last event and to sign it and its head anew needs a key that is not in the database."""

    def sign(message: bytes) -> bytes:
        return hmac.digest(b"a key of one's own", message, "sha256")

    with database.writing() as session:
        head = session.execute(select(HEAD).order_by(HEAD.c.serial.desc()).limit(1)).one()
        here = (EVENT.c.organisation_id == head.organisation_id, EVENT.c.day == head.day)
        event = session.execute(select(EVENT).where(*here, EVENT.c.position == head.events)).mappings().one()
        texts = {name: None if event[name] is None else str(event[name]) for name in event}
        texts |= {"action": "nothing.happened", "previous": event["previous"].hex()}
        mac = chaining.EventText(**{n: texts[n] for n in chaining.EventText.__dataclass_fields__}).mac(sign)
        session.execute(
            update(EVENT).where(*here, EVENT.c.position == head.events).values(action="nothing.happened", mac=mac)
        )
        seal = chaining.seal(sign, head.opened.hex(), str(head.events), mac.hex())
        session.execute(update(HEAD).where(HEAD.c.serial == head.serial).values(last=mac, seal=seal))
    assert [finding.what for finding in findings(database)] == [Wrong.CHANGED, Wrong.CHANGED]


def test_a_clock_that_runs_behind_never_reopens_a_day(database: Database, trail: District, near: int) -> None:
    with database.writing() as session:
        record(session, by=actor(trail, "clerk"), now=MOMENT, action="dose.entered")
        last = session.execute(
            select(EVENT).where(EVENT.c.organisation_id == near).order_by(EVENT.c.day.desc())
        ).first()
    assert last.day == "2026-09-03"
    assert findings(database) == []


def test_the_day_is_the_day_in_china(database: Database, trail: District, near: int) -> None:
    with database.writing() as session:
        evening = dt.datetime(2026, 9, 30, 16, 0, tzinfo=dt.UTC)
        record(session, by=actor(trail, "clerk"), now=evening, action="dose.entered")
        assert session.scalar(select(func.max(EVENT.c.day)).where(EVENT.c.organisation_id == near)) == "2026-10-01"


def test_what_fails_leaves_no_line_and_no_gap(database: Database, trail: District) -> None:
    def failing() -> None:
        with database.writing() as session:
            record(session, by=actor(trail, "clerk"), now=MOMENT + dt.timedelta(days=9), action="dose.entered")
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        failing()
    assert findings(database) == []


def test_one_byte_of_the_file(database: Database, settings: Settings, near: int) -> None:
    """Past SQL: every byte of an event's record in the file itself, its header and its indexes' copies included."""
    with database.reading() as session:
        row = session.execute(select(EVENT).where(*event_of(near, 2))).one()
    file = closed_file(database, settings)
    content = file.read_bytes()
    end = content.index(row.previous + row.mac) + len(row.previous + row.mac)
    start = content.rindex(SECOND_DAY.encode() + b"\x02", 0, end) - 16
    texts = (row.at.encode(), row.action.encode())
    copies = [place for text in texts for place in (content.index(text), content.rindex(text))]
    places = [*range(start, end), *copies]
    unseen = [place for place in places if not found_when_flipped(database, file, content, place)]
    file.write_bytes(content)
    assert findings(database) == []
    assert end - start > 150
    assert unseen == []


def found_when_flipped(database: Database, file: Path, content: bytes, place: int) -> bool:
    """With the highest bit of this byte flipped: text is no ASCII any more, SQLite would refuse to read it as text."""
    file.write_bytes(content[:place] + bytes([content[place] ^ 0x80]) + content[place + 1 :])
    found = bool(findings(database))
    database.close()
    return found


def closed_file(database: Database, settings: Settings) -> Path:
    """The database as one file, with nothing left in its log."""
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are its own; its rows are tampered with in other tests")
    with database.reading() as session:
        assert empty_the_log(session)
    database.close()
    return settings.data_dir / "chayan.sqlite"


def test_a_file_that_cannot_be_read_to_the_end_is_a_finding(database: Database, settings: Settings, near: int) -> None:
    file = closed_file(database, settings)
    with sqlite3.connect(file) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audit_event'").fetchone()[0]
    connection.close()
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : (page - 1) * 4096 + 8] = b"\xff" * 8
    file.write_bytes(content)
    assert Wrong.UNREADABLE in {finding.what for finding in findings(database)}


def test_the_command(database: Database, settings: Settings, near: int, capsys: pytest.CaptureFixture[str]) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("the command would look at the settings of the environment")
    data = ["--data", str(settings.data_dir)]
    assert verifying.main(data) == 0
    with database.writing() as session:
        flip(
            session, EVENT, "user_id", EVENT.c.organisation_id == near, EVENT.c.day == SECOND_DAY, EVENT.c.position == 1
        )
    capsys.readouterr()
    assert verifying.main(data) == 1
    assert f"organisation {near}, {SECOND_DAY}, event 1: The event was changed." in capsys.readouterr().out
    (settings.data_dir / "master.key").rename(settings.data_dir / "elsewhere")
    assert verifying.main(data) == 2
    assert not (settings.data_dir / "master.key").exists(), "looking must not make a new key"


def test_an_older_copy_of_the_whole_database(
    database: Database, settings: Settings, trail: District, capsys: pytest.CaptureFixture[str]
) -> None:
    """In itself it is whole; the mark that was noted since then does not belong to it."""
    copy = closed_file(database, settings).read_bytes()
    data = ["--data", str(settings.data_dir)]

    def another_day(days: int) -> str:
        with database.writing() as session:
            record(session, by=None, now=MOMENT + dt.timedelta(days=days), action="house.opened")
        capsys.readouterr()
        assert verifying.main(data) == 0
        return capsys.readouterr().out.split()[-1]

    noted = another_day(5)
    later = another_day(6)
    assert noted != later
    assert verifying.main([*data, "--mark", noted]) == 0
    closed_file(database, settings).write_bytes(copy)
    assert verifying.main([*data, "--mark", noted]) == 1
    assert "an older copy?" in capsys.readouterr().out
    another_day(7)
    assert verifying.main([*data, "--mark", noted]) == 1, "the copy went on, but as another trail"
    assert verifying.main([*data, "--mark", "nonsense"]) == 1


def test_the_command_makes_no_database(tmp_path: Path) -> None:
    assert verifying.main(["--data", str(tmp_path)]) == 2
    assert list(tmp_path.iterdir()) == []
