"""A server that is killed in the middle leaves everything or nothing, a whole trail, and starts again.

Ten times each: an import of fifteen hundred children, and the saving of a check. The moments are spread over the time
the work takes, and some are the very moment in which the database writes.
"""

import datetime as dt
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import clock, create_app
from app.audit.verifying import verify
from app.config import ROOT, Settings
from app.office import Office
from tests.campaigns import child_with_doses, open_campaign, without
from tests.checking import MORNING
from tests.district import build_district
from tests.kills.killing import Server, after, as_the_log_grows, serving
from tests.roster.conftest import Desk
from tests.roster.sheets import BORN, child, roster

pytestmark = [pytest.mark.slow, pytest.mark.browser]

TIMES = 10
CHILDREN = 1500


@dataclass
class Room:
    """A data room, and a copy of it to begin from again."""

    settings: Settings
    copy: Path

    def begin_again(self) -> None:
        shutil.rmtree(self.settings.data_dir)
        shutil.copytree(self.copy, self.settings.data_dir)

    def counts(self) -> dict[str, int]:
        """What the tables hold, as far as signing in and looking leave it alone; the database must be whole."""
        file = sqlite3.connect(self.settings.data_dir / "chayan.sqlite")
        try:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
            tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            counted = {name: file.execute(f'SELECT count(*) FROM "{name}"') for name in tables - _GROW}
            done = file.execute("SELECT action, count(*) FROM audit_event GROUP BY action").fetchall()
            decided = file.execute("SELECT count(*) FROM roster_import WHERE state <> 'proposed'")
            return {
                **{name: found.fetchone()[0] for name, found in counted.items()},
                **{action: number for action, number in done if action in _WORK},
                "decided rosters": decided.fetchone()[0],
            }
        finally:
            file.close()

    def verify(self) -> None:
        """The trail is whole."""
        office = Office.open(self.settings)
        with office.database.reading() as session:
            assert verify(session) == []
        office.database.close()

    def verify_by_script(self) -> None:
        """As an administrator would."""
        command = [ROOT / "scripts" / "verify-audit", "--data", self.settings.data_dir]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stdout + answer.stderr


#: Signing in and looking leave rows of their own.
_GROW = {"audit_event", "audit_head", "audit_anchor", "user_session", "sqlite_sequence"}
#: The lines that the work itself leaves in the trail.
_WORK = {"roster.applied", "certificate.recorded", "check.saved", "notice.drafted"}


@pytest.fixture
def room(settings: Settings, tmp_path: Path) -> Room:
    """The small district with its campaign, a child that owes two doses, and a roster that waits to be written."""
    clock.fix(MORNING)
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    database = app.extensions["chayan"].database
    with database.writing() as session:
        district = build_district(session)
        open_campaign(session, district)
        child_with_doses(session, district, without("HepA-L"), name="王小树", clinic=None)
    desk = Desk(app.test_client(), database)
    desk.client.post("/sign-in", data={"name": "clerk", "password": "river-stone-seven"})
    desk.propose(roster(*[child(n % 500, born=BORN + dt.timedelta(days=n // 500)) for n in range(CHILDREN)]))
    database.close()
    made = Room(settings, tmp_path / "copy")
    shutil.copytree(settings.data_dir, made.copy)
    return made


def test_an_import(room: Room) -> None:
    def write(server: Server) -> Callable[[], str]:
        server.visitor.sign_in()
        page = server.visitor.see("/roster/import/1")
        seen = page.partition('name="seen" value="')[2].partition('"')[0]
        assert seen
        return lambda: server.visitor.send(page, "/roster/import/1/apply", seen=seen)

    tried(room, write, grows={"child": CHILDREN, "enrolment": CHILDREN, "decided rosters": 1, "roster.applied": 1})


def test_a_check(room: Room) -> None:
    def check(server: Server) -> Callable[[], str]:
        server.visitor.sign_in()
        page = server.visitor.see("/desk/children/5")
        return lambda: server.visitor.send(page, "/desk/children/5", answer="catch_up", instead_of="")

    tried(room, check, grows={"certificate": 1, "check_record": 1, "notice": 1, "notice_item": 1, "check.saved": 1})


def tried(room: Room, prepare: Callable[[Server], Callable[[], str]], grows: dict[str, int]) -> None:
    """Kill the server ten times on the way; each time the tables say all of it or nothing of it."""
    chance = random.Random(20260903)
    nothing = room.counts()
    everything, takes = _undisturbed(room, prepare)
    assert {name: everything[name] - nothing.get(name, 0) for name in grows} == grows
    broken_off = 0
    for attempt in range(TIMES):
        with serving(room.settings) as server:
            request = prepare(server)
            spread = after(1.4 * takes * (attempt + chance.random()) / TIMES)
            writing = as_the_log_grows(room.settings, by=chance.choice([1, 4_200, 40_000, 400_000]))
            broken_off += not server.killed_during(request, writing if attempt % 2 else spread)
        left = room.counts()
        assert left in (nothing, everything)
        room.verify()
        if left == everything:
            room.begin_again()
    room.verify_by_script()
    assert broken_off >= TIMES // 2, "The server was hardly ever killed at work."
    assert _undisturbed(room, prepare)[0] == everything, "It cannot be done any more."


def _undisturbed(room: Room, prepare: Callable[[Server], Callable[[], str]]) -> tuple[dict[str, int], float]:
    """Once without a kill: what there is then, and how long it took. The room is as before afterwards."""
    with serving(room.settings) as server:
        request = prepare(server)
        begun = time.monotonic()
        request()
        takes = time.monotonic() - begun
    everything = room.counts()
    room.begin_again()
    return everything, takes
