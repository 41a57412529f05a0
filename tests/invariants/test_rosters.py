"""Invariants 9, 11 and 12: what a machine reads in a file waits for a person; two numbers are two children, whatever
else is alike; the same file again changes nothing.
"""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.children.models import Child
from app.privacy.identities import IdentifierKind, open_identities
from app.privacy.indexing import find_by_number
from tests.invariants.conftest import NewWorld
from tests.invariants.pages import browser_of
from tests.invariants.world import World
from tests.roster.conftest import Desk
from tests.roster.school import everything, look
from tests.roster.sheets import Row, child, resident_id, roster

pytestmark = pytest.mark.database

#: Few names, days and phones for many children: most of them look like another one.
NAMES, DAYS = ["周晓彤", "周晓桐", "林子涵"], [dt.date(2020, 2, 3), dt.date(2020, 3, 12)]
#: They change with every look: what was looked at, and by whom.
_LOOKING = ("roster_import", "audit_event", "audit_head", "audit_anchor", "user_session")


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """A file in which every number stands once, and some children have none."""
    serials = draw(st.lists(st.integers(1, 9), min_size=1, max_size=6, unique=True))
    found = []
    for serial in serials:
        born = draw(st.sampled_from(DAYS))
        blank = {"身份证号": ""} if draw(st.integers(0, 3)) == 0 else {}
        phone = {"联系电话": f"1390571000{draw(st.integers(1, 3))}"}
        where = draw(st.sampled_from(["一（1）班", "一（2）班"]))
        found.append(child(serial, draw(st.sampled_from(NAMES)), born, where, **blank, **phone))
    return found


def test_two_numbers_are_two_children_and_twice_is_once(new_world: NewWorld) -> None:
    @settings(max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(first=rows(), second=rows(), answer=st.sampled_from(["new", "leave"]))
    def hold(first: list[Row], second: list[Row], answer: str) -> None:
        world = new_world()
        desk = Desk(browser_of(world, "clerk"), world.database)
        numbers: set[str] = set()
        for file in (first, second):
            numbers |= _written(desk, world, roster(*file), answer)
            _each_number_is_one_child(world, numbers)
            _again_changes_nothing(desk, world, roster(*file))

    hold()


def _written(desk: Desk, world: World, content: bytes, answer: str) -> set[str]:
    """Propose the file, answer what it asks, write it; the numbers of the rows that were written."""
    before = everything(world.database, _LOOKING)
    address = desk.propose(content)
    desk.see(address)
    with world.app.test_request_context(), world.database.reading() as session:
        asked = [
            step.outcome for step in look(session, world.district, content).decision.steps if step.outcome.candidates
        ]
    assert everything(world.database, _LOOKING) == before, "Something was written before anybody confirmed it."
    if asked:
        said = {one.row.number: answer if one.may_be_new else "leave" for one in asked}
        desk.answer(address, {f"row-{number}": word for number, word in said.items()})
    if seen := desk.seen(address):
        desk.apply(address, seen)
    with world.app.test_request_context(), world.database.reading() as session:
        steps = look(session, world.district, content).decision.steps
    return {one.number for step in steps if step.match for one in step.outcome.row.numbers}


def _each_number_is_one_child(world: World, numbers: set[str]) -> None:
    with world.database.reading() as session:
        holders = [find_by_number(session, number) for number in numbers]
        assert all(len(found) == 1 for found in holders)
        assert len({child_id for found in holders for child_id in found}) == len(numbers)
        people = open_identities(session, session.scalars(select(Child)).all()).values()
        for one in people:
            own = [held for held in one.identifiers if held.kind is IdentifierKind.RESIDENT_ID]
            assert len(own) <= 1


def _again_changes_nothing(desk: Desk, world: World, content: bytes) -> None:
    before = everything(world.database, _LOOKING)
    address = desk.propose(content)
    with world.app.test_request_context(), world.database.reading() as session:
        assert look(session, world.district, content).decision.writes == []
    desk.apply(address, desk.seen(address))
    assert everything(world.database, _LOOKING) == before


def test_a_number_with_one_digit_else_is_somebody_else(world: World) -> None:
    """Twins by every other sign: same name even, same day, same phone, same address."""
    desk = Desk(browser_of(world, "clerk"), world.database)
    alike = {"联系电话": "13905710001", "住址": "青河路 1 号", "监护人": "周明"}
    desk.write(roster(*[child(serial, "周晓彤", DAYS[0], **alike) for serial in (3, 4)]))

    with world.database.reading() as session:
        one, other = (find_by_number(session, resident_id(serial, DAYS[0])) for serial in (3, 4))
    assert len(one) == len(other) == 1
    assert one != other
