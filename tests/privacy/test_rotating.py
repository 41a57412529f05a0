"""A new master key: every child stays readable, a killed rotation goes on, a dropped key opens nothing any more."""

import pytest
from sqlalchemy import event, select

from app.audit.verifying import verify
from app.children.models import Child
from app.config import Settings
from app.database import Database
from app.privacy import rotating
from app.privacy.identities import open_identities
from app.privacy.indexing import find_by_number
from app.privacy.keys import KeyRing, KeyRingError, keys_of
from app.privacy.models import ChildKey
from tests.district import District
from tests.privacy.people import enter, named, reached_at

CHILDREN = 25


@pytest.fixture
def ring(database: Database, district: District) -> KeyRing:
    with database.writing() as session:
        for number in range(CHILDREN):
            enter(session, district.classes["near_1"], reached_at(f"孩子{number}", f"1380013{number:04}"))
        return keys_of(session)


def versions(database: Database) -> list[int | None]:
    with database.reading() as session:
        return list(session.scalars(select(ChildKey.master_version).order_by(ChildKey.child_id)))


def names(database: Database) -> set[str]:
    with database.reading() as session:
        return {one.name for one in open_identities(session, session.scalars(select(Child))).values()}


def test_every_key_is_wrapped_anew_and_nothing_else_changes(database: Database, ring: KeyRing) -> None:
    before = names(database)
    assert rotating.rotate(database, ring, batch=7) == CHILDREN
    assert set(versions(database)) == {2}
    assert ring.master_versions == [1, 2]
    assert names(database) == before
    with database.reading() as session:
        assert len(find_by_number(session, "13800130007")) == 1
        assert verify(session) == []


def test_a_rotation_killed_in_the_middle_goes_on(database: Database, ring: KeyRing) -> None:
    """The third batch dies before it is kept; the next start finishes this rotation and begins no other."""
    before, batches = names(database), []

    def die(connection: object) -> None:
        batches.append(1)
        if len(batches) == 3:
            raise KeyboardInterrupt

    event.listen(database._writing_engine, "commit", die)
    with pytest.raises(KeyboardInterrupt):
        rotating.rotate(database, ring, batch=5)
    event.remove(database._writing_engine, "commit", die)

    assert versions(database) == [2] * 10 + [1] * 15
    assert names(database) == before
    assert rotating.rotate(database, KeyRing.load(ring.path), batch=5) == 15
    assert set(versions(database)) == {2}
    assert names(database) == before


def test_killed_between_the_file_and_the_first_batch(database: Database, ring: KeyRing) -> None:
    ring.add_master()
    assert rotating.rotate(database, ring) == CHILDREN
    assert set(versions(database)) == {2}


def test_a_server_that_runs_meanwhile_reads_and_writes_on(
    settings: Settings, database: Database, ring: KeyRing, district: District
) -> None:
    """Another process rotates; this one holds the ring as it was."""
    rotating.rotate(database, KeyRing.load(settings.master_key_file))
    assert len(names(database)) == CHILDREN
    with database.writing() as session:
        child = enter(session, district.classes["near_1"], named("新来的"))
        assert session.get_one(ChildKey, child.id).master_version == 2


def test_the_old_key_stays_until_it_is_retired(database: Database, ring: KeyRing) -> None:
    rotating.rotate(database, ring)
    rotating.rotate(database, ring)
    assert rotating.retire(database, ring) == [1, 2]
    assert KeyRing.load(ring.path).master_versions == [3]
    assert len(names(database)) == CHILDREN
    assert rotating.retire(database, ring) == []


def test_a_key_in_use_is_not_retired(database: Database, ring: KeyRing) -> None:
    ring.add_master()
    assert rotating.retire(database, ring) == []
    assert ring.master_versions == [1, 2]


def test_a_backup_with_retired_keys_asks_for_the_older_file(database: Database, ring: KeyRing) -> None:
    with database.reading() as session:
        old = session.execute(select(ChildKey.child_id, ChildKey.wrapped)).first()
    rotating.rotate(database, ring)
    rotating.retire(database, ring)
    with pytest.raises(KeyRingError, match="no master key of version 1"):
        ring.unwrap(old.child_id, old.wrapped, 1)


def test_the_newest_key_is_never_dropped(ring: KeyRing) -> None:
    with pytest.raises(KeyRingError, match="newest"):
        ring.drop_masters({1})


def test_the_command(database: Database, settings: Settings, ring: KeyRing, capsys: pytest.CaptureFixture[str]) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("the command would look at the settings of the environment")
    assert rotating.main(["--data", str(settings.data_dir), "--retire"]) == 0
    assert f"重新包裹了 {CHILDREN} 个孩子的密钥" in capsys.readouterr().out
    assert KeyRing.load(settings.master_key_file).master_versions == [2]
    settings.master_key_file.unlink()
    assert rotating.main(["--data", str(settings.data_dir)]) == 2
    assert "missing" in capsys.readouterr().err
