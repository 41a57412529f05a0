"""A roster of five hundred asks the database no more often than one of twenty."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import event

from app.database import Database
from app.privacy.identities import Guardian
from app.roster import actions
from app.roster.models import RosterImport
from app.roster.reading import read_roster
from app.roster.reviewing import first_look, review
from tests.actors import actor
from tests.district import MOMENT, District
from tests.roster.school import known
from tests.roster.sheets import child, roster

TODAY = dt.date(2026, 9, 1)


def statements(database: Database, work: Callable[[], object]) -> int:
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(database.engine, "before_cursor_execute", one_more)
    work()
    event.remove(database.engine, "before_cursor_execute", one_more)
    return count


class Import:
    """One file through every step, its statements counted."""

    def __init__(self, database: Database, district: District, content: bytes) -> None:
        self._database, self._by = database, actor(district, "clerk")
        self._roster = read_roster(content, file_name="名册.xlsx", today=TODAY)
        self._id, self._seen = 0, ""
        self.counts = [statements(database, step) for step in (self._propose, self._look, self._apply)]

    def _propose(self) -> None:
        with self._database.writing() as session:
            changes = first_look(session, self._by.organisation_id, self._roster)
            self._id = actions.propose(session, by=self._by, now=MOMENT, roster=self._roster, changes=changes).id

    def _look(self) -> None:
        with self._database.reading() as session:
            self._seen = review(session, session.get_one(RosterImport, self._id)).decision.stamp

    def _apply(self) -> None:
        with self._database.writing() as session:
            actions.apply(session, by=self._by, now=MOMENT, today=TODAY, import_id=self._id, seen=self._seen)


@pytest.fixture
def rounds(database: Database, district: District) -> Callable[[int], list[list[int]]]:
    """New children, then a change of every one of them."""

    def go(children: int) -> list[list[int]]:
        first = Import(database, district, roster(*[child(n) for n in range(children)]))
        again = roster(*[child(n, 班级="一（2）班", 联系电话=f"139{n:08d}", 住址="新路") for n in range(children)])
        return [first.counts, Import(database, district, again).counts]

    return go


@pytest.mark.parametrize(("children", "most"), [(20, 60), (480, 60)])
def test_the_questions_do_not_grow_with_the_rows(
    rounds: Callable[[int], list[list[int]]], children: int, most: int
) -> None:
    counts = rounds(children)
    assert max(map(sum, counts)) < most, counts


def test_a_home_with_one_address_for_all_is_no_burden(database: Database, district: District) -> None:
    """Everybody may be everybody's twin; the names on a page stay few."""
    rows = [child(n, 监护人="王院长", 住址="福利院", 联系电话="13800000000") for n in range(400)]
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小院", guardians=(Guardian("王院长"),))
        read = read_roster(roster(*rows), file_name="x", today=TODAY)
        outcomes = first_look(session, district.places["near"].id, read).outcomes
    assert all(0 < len(one.twins) <= 6 for one in outcomes)
