"""A school's roster: read in its box, proposed, looked at, written, as the pages do it; then the same file again."""

import tempfile
import time
from collections.abc import Callable
from typing import TypeVar

from flask_babel import force_locale

from app import create_app
from app.config import Settings
from app.database import Database
from app.people.actors import Actor
from app.roster import actions
from app.roster.models import RosterImport
from app.roster.reading import read_roster
from app.roster.reviewing import first_look, review
from app.tables import metadata
from tests.actors import actor
from tests.district import FIRST_DAY, MOMENT, build_district
from tests.roster.sheets import child, roster

T = TypeVar("T")
TITLE = "A roster as an Excel file"
ROWS, QUICK = (500, 20_000), (500, 2_000)


def run(quick: bool) -> str:
    return "; ".join(_measured(rows) for rows in (QUICK if quick else ROWS))


def _measured(rows: int) -> str:
    content = roster(*[child(n) for n in range(rows)])
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment({"CHAYAN_DATA": folder})
        empty = Database(settings.database_url)
        metadata.create_all(empty.engine)
        empty.close()
        app = create_app(settings)
        database: Database = app.extensions["chayan"].database
        with app.test_request_context(), force_locale("zh_CN"):
            with database.writing() as session:
                by = actor(build_district(session), "clerk")
            new, again = _import(database, by, content, write=True), _import(database, by, content, write=False)
        database.close()
    for name in new:
        print(f"{rows:>6} rows  {name:<8} {new[name]:6.2f} s   again {again.get(name, 0):6.2f} s")
    return f"{rows:,} rows in {sum(new.values()):.1f} s, again {sum(again.values()):.1f} s"


def _import(database: Database, by: Actor, content: bytes, *, write: bool) -> dict[str, float]:
    """Seconds of each step. Of a file that is known already there is nothing to write."""
    steps: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        began = time.perf_counter()
        done = work()
        steps[name] = time.perf_counter() - began
        return done

    sheet = timed("read", lambda: read_roster(content, file_name="roster.xlsx", today=FIRST_DAY))

    def propose() -> int:
        with database.writing() as session:
            changes = first_look(session, by.organisation_id, sheet)
            return actions.propose(session, by=by, now=MOMENT, roster=sheet, changes=changes).id

    def look() -> str:
        with database.reading() as session:
            return review(session, session.get_one(RosterImport, import_id)).decision.stamp

    def apply() -> None:
        with database.writing() as session:
            actions.apply(session, by=by, now=MOMENT, today=FIRST_DAY, import_id=import_id, seen=seen)

    import_id = timed("propose", propose)
    seen = timed("look", look)
    if write:
        timed("write", apply)
    return steps
