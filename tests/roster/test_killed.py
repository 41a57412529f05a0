"""A server that is killed while it writes a roster leaves everything or nothing; it can still be written."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.audit.verifying import verify
from app.children.models import Child, Enrolment
from app.config import Settings
from app.privacy.models import ChildKey
from app.roster.models import ImportState
from tests.roster.conftest import Desk
from tests.roster.sheets import child, roster

ROOT = Path(__file__).resolve().parents[2]
ROWS = 300
#: Says when it begins, then writes what was confirmed, as the clerk of the test district.
WRITER = """
import datetime as dt, sys
from sqlalchemy import select
from app import clock
from app.config import Settings
from app.office import Office
from app.people.models import User
from app.people.sessions import actor_of
from app.roster import actions
from app.schools.models import Organisation

now = dt.datetime.fromisoformat(sys.argv[3])
office = Office.open(Settings.from_environment())
with office.database.writing() as session:
    user = session.scalars(select(User).where(User.sign_in_name == "clerk")).one()
    by = actor_of(user, session.get_one(Organisation, user.organisation_id))
    print("begins", flush=True)
    actions.apply(session, by=by, now=now, today=now.date(), import_id=int(sys.argv[1]), seen=sys.argv[2])
    print("written", flush=True)
print("kept", flush=True)
"""


def state(desk: Desk) -> tuple[int, int, int]:
    with desk.database.reading() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(table)) or 0 for table in (Child, Enrolment, ChildKey)
        )  # type: ignore[return-value]


@pytest.mark.slow
def test_killed_in_the_middle(desk: Desk, settings: Settings) -> None:
    address = desk.propose(roster(*[child(n) for n in range(ROWS)]))
    seen, waiting, before = desk.seen(address), desk.imports()[-1], state(desk)
    environment = {"CHAYAN_DATA": str(settings.data_dir), "CHAYAN_DATABASE": settings.database_url, "PATH": "/usr/bin"}
    command = [sys.executable, "-c", WRITER, str(waiting.id), seen, waiting.uploaded_at.isoformat()]
    outcomes = set()
    for attempt in range(10):
        writer = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begins\n"
        time.sleep(0.015 * attempt)
        writer.kill()
        rest = writer.communicate()[0]
        time.sleep(0.2)  # a database server may still be busy with what it was told last
        now = state(desk)
        outcomes.add(now != before)
        assert now in {before, tuple(number + ROWS for number in before)}
        assert (desk.imports()[-1].state is ImportState.APPLIED) is (now != before)
        assert "kept" not in rest or now != before
        with desk.database.reading() as session:
            assert not verify(session)
        if now != before:
            break
    assert False in outcomes
    if True not in outcomes:
        assert "写好了" in desk.apply(address, seen).text
    assert state(desk) == tuple(number + ROWS for number in before)
