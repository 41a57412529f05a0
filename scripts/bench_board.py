"""Measures the board of a large district; called by scripts/bench-board."""

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, insert, select, text

from app import clock, create_app
from app.campaigns.models import Campaign
from app.checks.models import Check
from app.children.models import Enrolment
from app.config import Settings
from app.database import Database
from app.migrating import upgrade
from app.oversight.models import BoardSchool
from app.oversight.refreshing import refresh
from app.people import sessions
from app.people.models import User
from scripts.bench_board_rows import DOSES, NOW, PER_SCHOOL, check_row, templates_of_children, write

PAGES = (
    "/oversight",
    "/oversight?by=stage",
    "/oversight?by=ownership",
    "/oversight?at={closed}",
    "/oversight/doses",
    "/oversight/schools/{school}",
    "/oversight/hints?school={school}",
)
#: The last cut-off before NOW; the first look closes it.
CLOSED = "2026-09-20"
#: Looks at each page, after one that is not counted.
LOOKS = 12


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--children", type=int)
    parser.add_argument("--schools", type=int, help="so many of equal size, in place of one for every 500 children")
    chosen = parser.parse_args()
    children = chosen.children or (50_000 if chosen.quick else 200_000)
    server = os.environ.get("CHAYAN_TEST_DATABASE")
    with tempfile.TemporaryDirectory() as folder:
        environment = {"CHAYAN_DATA": folder} | ({"CHAYAN_DATABASE": server} if server else {})
        app = create_app(Settings.from_environment(environment))
        clock.fix(NOW)
        print(measure(app, children, chosen.schools or (children + PER_SCHOOL - 1) // PER_SCHOOL))


def measure(app: Flask, children: int, schools: int) -> str:
    database: Database = app.extensions["chayan"].database
    upgrade(database)
    begun = time.perf_counter()
    campaign_id, auditor_id, school_id = write(database, children, schools)
    written = time.perf_counter() - begun
    begun = time.perf_counter()
    with database.writing() as session:
        refresh(session, session.get_one(Campaign, campaign_id), clock.today(), most=None)
    counted = time.perf_counter() - begun
    print(
        f"{children} children, {children * len(DOSES)} doses, {schools} schools: written in {written:.0f} s, "
        f"counted in {counted:.0f} s",
        flush=True,
    )
    exact = brute_force(database, campaign_id)
    client = app.test_client()
    with database.writing() as session:
        token = sessions.open_session(session, user=session.get_one(User, auditor_id), now=clock.now())
    client.set_cookie("chayan_session", token)
    # As scripts/serve_demo.py does before it answers.
    gc.collect()
    gc.freeze()
    worst, most = look(database.engine, client, school_id)
    desk = change(database, client, campaign_id)
    size = f"{children} children, {children * len(DOSES)} doses, {schools} schools, {database.engine.dialect.name}"
    return (
        f"board: {size}: worst page p95 {worst:.0f} ms in at most {most} queries; "
        f"a change at a desk is on the board {desk:.2f} s later; "
        f"counts {'equal' if exact else 'DIFFER FROM'} a recount; everything counted anew in {counted:.0f} s"
    )


def look(engine: Engine, client: FlaskClient, school: int) -> tuple[float, int]:
    """Warm; the queries are all that a page asks, its session and its line in the trail included."""
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *heard: heard[2].startswith("BEGIN") or asked.append(heard[2]))
    worst, most = 0.0, 0
    for pattern in PAGES:
        page, times = pattern.format(school=school, closed=CLOSED), []
        for turn in range(LOOKS + 1):
            asked.clear()
            begun = time.perf_counter()
            answer = client.get(page)
            if answer.status_code != 200:
                raise RuntimeError(f"{page} answered {answer.status_code}")
            if turn:
                times.append(1000 * (time.perf_counter() - begun))
        p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
        print(f"{page}: median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, {len(asked)} queries", flush=True)
        worst, most = max(worst, p95), max(most, len(asked))
    return worst, most


def change(database: Database, client: FlaskClient, campaign_id: int) -> float:
    """Somebody is checked; how long until a look at the board shows it."""
    before = shown(client)
    begun = time.perf_counter()
    with database.writing() as session:
        unchecked = select(Enrolment).where(~select(Check.id).where(Check.enrolment_id == Enrolment.id).exists())
        enrolment = session.scalars(unchecked.limit(1)).one()
        by = session.scalars(select(User.id).limit(1)).one()
        session.execute(
            insert(Check), [check_row(None, enrolment.id, enrolment.child_id, by, *templates_of_children()[0])]
        )
    if shown(client) != before + 1:
        raise RuntimeError("The change is not on the board.")
    return time.perf_counter() - begun


def shown(client: FlaskClient) -> int:
    """Checked children, as the page says: of the numbers under 查验率 the first."""
    page = client.get("/oversight").text
    return int(page.partition("<dt>查验率</dt>")[2].partition("<small>")[2].partition(" / ")[0])


def brute_force(database: Database, campaign_id: int) -> bool:
    """The rows themselves, in SQL that shares nothing with the board."""
    with database.reading() as session:
        schools = session.scalars(select(BoardSchool).where(BoardSchool.campaign_id == campaign_id)).all()
        rows = session.execute(
            text(
                "SELECT k.school_id, coalesce(c.result, 'not_checked'), count(*) FROM enrolment e "
                "JOIN school_class k ON k.id = e.class_id "
                "LEFT JOIN check_record c ON c.enrolment_id = e.id GROUP BY 1, 2"
            )
        )
        wanted = {(school, f"result.{result}"): number for school, result, number in rows}
        owed = session.scalar(text("SELECT count(*) FROM notice_item"))
        given = session.scalar(text("SELECT count(*) FROM notice_item WHERE state = 'given'"))
    kept = [one.children for one in schools]
    found = {
        (one.school_id, key): number
        for one in schools
        for key, number in one.children.items()
        if key.startswith("result.")
    }
    if found != wanted:
        return False
    sums = [
        sum(
            number
            for one in kept
            for key, number in one.items()
            if key.startswith("place.") and key.endswith(f".{what}")
        )
        for what in ("owed", "caught_up")
    ]
    return sums == [owed, given]


if __name__ == "__main__":
    sys.exit(main())
