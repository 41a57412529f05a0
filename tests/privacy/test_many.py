"""Many children at once: sealed and indexed as one by one, in a number of statements that does not grow."""

import datetime as dt

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from app.children.models import Child
from app.database import Database
from app.privacy.erasing import erase_child
from app.privacy.identities import (
    Erased,
    Identifier,
    IdentifierKind,
    Identity,
    open_identities,
    seal_identities,
    seal_identity,
)
from app.privacy.indexing import entries_of, find_many, name_entry, number_entry
from app.privacy.keys import keys_of
from app.privacy.models import ChildIndex, IndexKind
from tests.actors import actor
from tests.district import MOMENT, District, enrol
from tests.privacy.people import enter, named, numbered, reached_at

BORN = dt.date(2020, 3, 12)


def index_rows(session, child_id: int) -> set[tuple[IndexKind, bytes]]:
    rows = session.execute(select(ChildIndex.kind, ChildIndex.digest).where(ChildIndex.child_id == child_id))
    return {tuple(row) for row in rows}


def test_new_and_known_children_are_sealed_together(database: Database, district: District) -> None:
    with database.writing() as session:
        known = enter(session, district.classes["near_1"], reached_at("旧名", "13800000001"))
        new = enrol(session, district.classes["near_1"])
        identities = {known.id: numbered("新名", "330199202003120021"), new.id: reached_at("初来", "13800000002")}
        seal_identities(session, [(child_id, BORN, one) for child_id, one in identities.items()], now=MOMENT)
    with database.reading() as session:
        children = session.scalars(select(Child).where(Child.id.in_(identities))).all()
        assert open_identities(session, children) == identities
        for child_id, identity in identities.items():
            assert index_rows(session, child_id) == entries_of(keys_of(session), BORN, identity)


def test_one_by_one_and_together_are_the_same_to_look_up(database: Database, district: District) -> None:
    identity = numbered("同样", "330199202003120021")
    with database.writing() as session:
        child = enrol(session, district.classes["near_1"])
        seal_identity(session, child, identity, now=MOMENT)
        before = index_rows(session, child.id)
        seal_identities(session, [(child.id, BORN, identity)], now=MOMENT)
        assert index_rows(session, child.id) == before


def test_the_statements_do_not_grow_with_the_children(database: Database, district: District) -> None:
    with database.writing() as session:
        ids = [enrol(session, district.classes["near_1"]).id for _ in range(40)]
        counts = [statements(database, session, ids[:start]) for start in (2, 40)]
    assert counts[0] == counts[1]


def statements(database: Database, session, ids: list[int]) -> int:
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1

    event.listen(database.engine, "before_cursor_execute", one_more)
    seal_identities(session, [(child_id, BORN, named(f"孩子{child_id}")) for child_id in ids], now=MOMENT)
    event.remove(database.engine, "before_cursor_execute", one_more)
    return count


def test_a_number_of_another_child_refuses_the_whole(database: Database, district: District) -> None:
    with database.writing() as session:
        enter(session, district.classes["near_1"], numbered("甲", "330199202003120021"))
        other = enrol(session, district.classes["near_1"]).id
    with database.reading() as session, pytest.raises(IntegrityError):
        seal_identities(session, [(other, BORN, numbered("乙", "330199202003120021"))], now=MOMENT)


def test_an_erased_child_is_not_written_again(database: Database, district: District) -> None:
    with database.writing() as session:
        child = enter(session, district.classes["near_1"], named("甲"))
        erase_child(session, by=actor(district, "clerk"), now=MOMENT, child=child)
        with pytest.raises(Erased):
            seal_identities(session, [(child.id, BORN, named("甲"))], now=MOMENT)


def test_finding_many_tells_who_is_behind_what(database: Database, district: District) -> None:
    twice = Identity(name="甲", identifiers=(Identifier(IdentifierKind.CHILD_CODE, "3301990001"),))
    with database.writing() as session:
        one = enter(session, district.classes["near_1"], twice).id
        other = enter(session, district.classes["near_2"], named("甲")).id
    with database.reading() as session:
        keys = keys_of(session)
        by_name = name_entry(keys, "甲", BORN)
        by_code = number_entry(keys, IndexKind.CHILD_CODE, "3301 990001")
        nobody = [number_entry(keys, IndexKind.RESIDENT_ID, str(number)) for number in range(1_200)]
        assert find_many(session, [by_name, by_code, *nobody]) == {by_name: {one, other}, by_code: {one}}
        assert find_many(session, []) == {}


def test_a_wrapped_key_opens_at_its_own_place_only(database: Database, district: District) -> None:
    with database.reading() as session:
        keys = keys_of(session)
    wrapped, version = keys.wrap_for("document/1", b"k" * 32)
    assert keys.unwrap_for("document/1", wrapped, version) == b"k" * 32
    for place in ("document/2", "child_key/1/wrapped"):
        with pytest.raises(ValueError, match="does not open"):
            keys.unwrap_for(place, wrapped, version)
