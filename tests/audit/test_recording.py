"""Many desks write into one trail, and nothing personal gets in."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.actions import Reading, record, record_read
from app.audit.plain import NotPlain, canonical
from app.audit.verifying import verify
from app.children.kinds import DoseSource
from app.database import Database
from app.people.roles import Role
from tests.actors import actor
from tests.audit.tampering import EVENT
from tests.district import MOMENT, District

WRITERS, EACH = 4, 25


def at_once(jobs: list[Callable[[], None]]) -> None:
    """Run the jobs in threads that start together; the first failure is raised here."""
    failures: list[BaseException] = []
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], None]) -> None:
        try:
            start.wait()
            job()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


@pytest.mark.parametrize("desks", [["clerk"] * WRITERS, ["clerk", "clerk", "far_clerk", "nurse"]])
def test_many_desks_keep_one_unbroken_chain(database: Database, district: District, desks: list[str]) -> None:
    def work(short: str, number: int) -> None:
        for turn in range(EACH):
            # Over midnight, and not in order: each desk has its own clock.
            now = MOMENT.replace(hour=15, minute=59) + dt.timedelta(seconds=turn * 5 + number)
            with database.writing() as session:
                record(session, by=actor(district, short), now=now, action="dose.entered", detail={"turn": turn})

    at_once([lambda short=short, number=number: work(short, number) for number, short in enumerate(desks)])
    with database.reading() as session:
        assert verify(session) == []
        assert session.scalar(select(func.count()).select_from(EVENT)) == WRITERS * EACH
        assert session.scalar(select(func.count(EVENT.c.day.distinct()))) == 2


def test_a_read_is_recorded_like_an_action(database: Database, district: District) -> None:
    clerk = actor(district, "clerk")
    with database.writing() as session:
        for what in Reading:
            record_read(session, by=clerk, now=MOMENT, what=what, subject=("child", 7), detail={"rows": 33})
        rows = session.execute(select(EVENT).order_by(EVENT.c.position)).all()
    assert [row.action for row in rows] == ["read.page", "read.list", "read.export", "read.print"]
    assert {(row.user_id, row.role, row.subject_kind, row.subject_id) for row in rows} == {
        (clerk.user_id, "clerk", "child", 7)
    }
    assert rows[0].detail == '{"rows":33}'


@pytest.mark.parametrize("action", ["", "Dose", "dose entered", "录入", "dose..entered", "dose.entered\n"])
def test_an_action_has_a_plain_name(database: Database, district: District, action: str) -> None:
    with database.writing() as session, pytest.raises(ValueError, match="no name of an action"):
        record(session, by=None, now=MOMENT, action=action)


def test_a_detail_is_written_in_one_way() -> None:
    detail = {"b": DoseSource.BOOKLET, "a": [1, None, True], "day": dt.date(2026, 9, 1), "kinds": {"x", "a"}}
    same = dict(reversed(detail.items()))
    assert canonical(detail) == canonical(same)
    assert canonical(detail) == '{"a":[1,null,true],"b":"booklet","day":"2026-09-01","kinds":["a","x"]}'


@pytest.mark.parametrize(
    "value",
    [
        "张小满",
        "Zhang Xiaoman",
        "11010120200305123X",
        "13800138000",
        13800138000,
        1.5,
        b"x",
        {"a": "b"},
        ["张小满"],
        "a" * 81,
    ],
)
def test_what_could_be_personal_is_refused_and_not_repeated(value: object) -> None:
    with pytest.raises(NotPlain) as refusal:
        canonical({"note": value})
    assert "note" in str(refusal.value)
    assert str(value) not in str(refusal.value)


def test_a_field_name_is_a_code() -> None:
    with pytest.raises(NotPlain):
        canonical({"张小满": 1})


def test_who_did_it_is_kept(database: Database, district: District) -> None:
    with database.writing() as session:
        record(session, by=actor(district, "nurse"), now=MOMENT, action="exemption.recorded")
        record(session, by=None, now=MOMENT, action="keys.rotated")
        rows = {row.role: row for row in session.execute(select(EVENT))}
    assert rows[Role.NURSE].organisation_id == district.places["near_center"].id
    assert (rows["console"].organisation_id, rows["console"].user_id) == (0, None)


def test_a_session_without_keys_says_so(database: Database) -> None:
    with Session(database.engine) as bare, pytest.raises(RuntimeError, match="carries no keys"):
        record(bare, by=None, now=MOMENT, action="dose.entered")
