"""Who a child is: sealed, opened, never shown by accident; one number is one child."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from app.children.models import Child
from app.database import Database
from app.privacy import indexing
from app.privacy.identities import (
    Guardian,
    Identifier,
    IdentifierKind,
    Identity,
    open_identities,
    open_identity,
    seal_identity,
)
from app.privacy.models import ChildIndex, ChildKey, IndexKind
from app.privacy.roster_version import version_of
from app.privacy.sealing import SealBroken
from tests.district import MOMENT, District
from tests.privacy.people import enter, named, numbered, reached_at

WHOLE = Identity(
    name="阿依古丽·买买提<b>𠮷</b>",
    former_names=("阿依", "古丽"),
    identifiers=(
        Identifier(IdentifierKind.RESIDENT_ID, "330199202003120021"),
        Identifier(IdentifierKind.PASSPORT, "E12345678"),
    ),
    guardians=(Guardian("买买提", "父亲", "13800138000"), Guardian("热依汗")),
    address="青禾区河边路 1 号 2 室",
)


def test_what_was_sealed_is_opened_as_it_was_typed(database: Database, district: District) -> None:
    with database.writing() as session:
        child_id = enter(session, district.classes["near_1"], WHOLE).id
    with database.reading() as session:
        assert open_identity(session, session.get_one(Child, child_id)) == WHOLE


def test_the_length_tells_nothing(database: Database, district: District) -> None:
    with database.writing() as session:
        one, other = (enter(session, district.classes["near_1"], who) for who in (named("王一"), WHOLE))
        assert one.identity_sealed is not None
        assert other.identity_sealed is not None
        assert (len(other.identity_sealed) - len(one.identity_sealed)) % 256 == 0


@pytest.mark.parametrize("thing", [WHOLE, WHOLE.identifiers[0], WHOLE.guardians[0], [WHOLE], {"a": WHOLE}])
def test_an_identity_shows_nothing_of_itself(thing: object) -> None:
    shown = f"{thing} {thing!r} {thing:}" if not isinstance(thing, list | dict) else f"{thing}"
    assert "not shown" in shown
    for secret in ("阿依", "买买提", "330199", "E1234", "13800", "河边"):
        assert secret not in shown


def test_the_errors_of_the_database_show_no_parameter(database: Database, district: District) -> None:
    with pytest.raises(IntegrityError) as refusal, database.writing() as session:
        session.execute(
            text("INSERT INTO roster_version (school_id, version) VALUES (:school, :name)"), {"school": 1, "name": None}
        )
    assert "parameters hidden" in str(refusal.value)


def test_a_sealed_identity_moved_to_another_child_does_not_open(database: Database, district: District) -> None:
    """Somebody with the database swaps two children, keys and all."""
    with database.writing() as session:
        one, other = (enter(session, district.classes["near_1"], named(name)) for name in ("甲", "乙"))
        session.execute(update(Child).where(Child.id == other.id).values(identity_sealed=one.identity_sealed))
        session.expire_all()
        with pytest.raises(SealBroken):
            open_identity(session, other)
        key = session.get_one(ChildKey, one.id)
        session.execute(update(ChildKey).where(ChildKey.child_id == other.id).values(wrapped=key.wrapped))
        session.expire_all()
        with pytest.raises(SealBroken):
            open_identity(session, other)


def test_every_child_has_a_key_of_its_own(database: Database, district: District) -> None:
    with database.writing() as session:
        for number in range(3):
            enter(session, district.classes["near_1"], named(f"孩子{number}"))
        assert session.scalar(select(func.count(ChildKey.wrapped.distinct()))) == 3


def test_many_are_opened_in_few_questions(database: Database, district: District) -> None:
    with database.writing() as session:
        children = [enter(session, district.classes["near_1"], named(f"孩子{number}")) for number in range(12)]
        opened = open_identities(session, [*children, district.children["near_2"]])
    assert {opened[child.id].name for child in children} == {f"孩子{number}" for number in range(12)}
    assert district.children["near_2"].id not in opened


def test_one_number_is_one_child(database: Database, district: District) -> None:
    with database.writing() as session:
        first = enter(session, district.classes["near_1"], numbered("甲", "33019920200312002X"))
    with pytest.raises(indexing.NumberTaken) as refusal, database.writing() as session:
        enter(session, district.classes["far_1"], numbered("乙", "３３０１９９ 20200312 002x"))
    assert refusal.value.holders == {IndexKind.RESIDENT_ID: first.id}
    assert "resident_id" in str(refusal.value)
    assert "3301" not in str(refusal.value)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ChildKey)) == 1, "nothing half-written"


def test_the_database_is_the_last_wall(database: Database, district: District) -> None:
    rows = [
        {"child_id": district.children[short].id, "kind": IndexKind.RESIDENT_ID, "digest": b"d" * 32}
        for short in ("near_1", "near_2")
    ]
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(insert(ChildIndex), rows)


def test_a_child_keeps_its_own_number_when_saved_again(database: Database, district: District) -> None:
    with database.writing() as session:
        child = enter(session, district.classes["near_1"], numbered("甲", "330199202003120021"))
        seal_identity(session, child, numbered("甲甲", "330199202003120021"), now=MOMENT)
        assert open_identity(session, child).name == "甲甲"


@pytest.mark.parametrize("kind", list(IdentifierKind))
def test_the_same_number_of_another_kind_is_another_number(
    database: Database, district: District, kind: IdentifierKind
) -> None:
    other = next(one for one in IdentifierKind if one is not kind)
    with database.writing() as session:
        enter(session, district.classes["near_1"], numbered("甲", "330199202003120021", kind))
        enter(session, district.classes["near_1"], numbered("乙", "330199202003120021", other))


def test_twins_share_phones_names_and_birthdays_but_no_number(database: Database, district: District) -> None:
    with database.writing() as session:
        twins = {enter(session, district.classes["near_1"], reached_at("甲", "13800138000")).id for _ in range(2)}
        assert indexing.find_by_number(session, "138 0013 8000") == twins
        assert indexing.find_by_name_and_birth(session, "甲", dt.date(2020, 3, 12)) == twins


def test_a_corrected_identity_is_found_by_the_new_words_only(database: Database, district: District) -> None:
    with database.writing() as session:
        child = enter(session, district.classes["near_1"], WHOLE)
        corrected = dataclasses.replace(WHOLE, identifiers=(Identifier(IdentifierKind.PASSPORT, "E99999999"),))
        seal_identity(session, child, corrected, now=MOMENT)
        assert indexing.find_by_number(session, "e99999999") == {child.id}
        assert indexing.find_by_number(session, "E12345678") == set()
        assert indexing.find_by_number(session, "330199202003120021") == set()
        assert indexing.find_by_name_and_birth(session, "古丽", child.birth_date) == {child.id}


def test_the_index_says_nothing_by_itself(database: Database, district: District) -> None:
    """A hundred children of one name look like a hundred names; no four digits are indexed."""
    with database.writing() as session:
        for day in range(1, 21):
            enter(session, district.classes["near_1"], named("王梓涵"), born=f"2020-03-{day:02}")
        names = select(func.count(ChildIndex.digest.distinct())).where(ChildIndex.kind == IndexKind.NAME_AND_BIRTH)
        assert session.scalar(names) == 20
        enter(session, district.classes["near_1"], WHOLE)
        assert indexing.find_by_number(session, "0021") == set()
        assert indexing.find_by_number(session, "8000") == set()


def test_sealing_counts_the_rosters_version_up(database: Database, district: District) -> None:
    near, far = district.places["near"].id, district.places["far"].id
    with database.writing() as session:
        before = version_of(session, near), version_of(session, far)
        enter(session, district.classes["near_1"], named("甲"))
        assert (version_of(session, near), version_of(session, far)) == (before[0] + 1, before[1])
