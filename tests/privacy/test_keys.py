"""The key file: made once, closed to others, refused when damaged; the ring that stands on it."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app import create_app
from app.audit.actions import record
from app.audit.models import AuditEvent
from app.config import Settings
from app.database import Database
from app.privacy.keys import KeyRing, KeyRingError, keys_of
from app.privacy.models import ChildKey
from app.privacy.opening import open_key_ring
from app.privacy.sealing import SealBroken, new_key, seal, unseal
from tests.audit.tampering import take_guards_away
from tests.district import MOMENT, District
from tests.privacy.people import enter, named


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "master.key"


@pytest.fixture
def ring(path: Path) -> KeyRing:
    return KeyRing.load_or_create(path)


def test_the_first_run_makes_a_file_for_its_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        KeyRing.load_or_create(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]


def test_the_second_run_finds_the_same_keys(path: Path, ring: KeyRing) -> None:
    wrapped, version = ring.wrap(7, b"k" * 32)
    again = KeyRing.load_or_create(path)
    assert again.unwrap(7, wrapped, version) == b"k" * 32
    assert again.digest("phone", "1") == ring.digest("phone", "1")
    assert again.audit_mac(b"x") == ring.audit_mac(b"x")


def test_two_first_runs_at_once_agree(path: Path) -> None:
    rings: list[KeyRing] = []
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        rings.append(KeyRing.load_or_create(path))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({ring.digest("phone", "1") for ring in rings}) == 1
    assert len(rings) == 4


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_file_open_to_others_is_refused_with_the_remedy(path: Path, ring: KeyRing, mode: int) -> None:
    path.chmod(mode)
    with pytest.raises(KeyRingError, match=rf"mode {mode:04o}.*chmod 600 "):
        KeyRing.load_or_create(path)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9, 0.999])
def test_a_file_cut_short_is_refused_and_left_as_it_is(path: Path, ring: KeyRing, part: float) -> None:
    cut = path.read_bytes()[: int(path.stat().st_size * part)]
    path.write_bytes(cut)
    with pytest.raises(KeyRingError, match="damaged or cut short"):
        KeyRing.load_or_create(path)
    assert path.read_bytes() == cut


def test_a_file_with_one_changed_key_is_refused(path: Path, ring: KeyRing) -> None:
    content = json.loads(path.read_text())
    content["lookup"] = "A" * 43 + "="
    path.write_text(json.dumps(content))
    with pytest.raises(KeyRingError, match="damaged"):
        KeyRing.load_or_create(path)


@pytest.mark.parametrize("text", ["[]", "null", '"x"', "{}", "\x00"])
def test_a_file_of_something_else_is_refused(path: Path, ring: KeyRing, text: str) -> None:
    path.write_text(text)
    with pytest.raises(KeyRingError, match="damaged"):
        KeyRing.load(path)


def test_a_ring_shows_no_key(ring: KeyRing) -> None:
    ring.digest("phone", "1")
    shown = repr(ring) + repr(ring._material)
    content = json.loads(ring.path.read_text())
    for key in (content["lookup"], content["audit"], *content["masters"].values()):
        assert key not in shown
    assert repr(ring._material.lookup) not in shown


def test_a_wrapped_key_opens_for_its_child_alone(ring: KeyRing) -> None:
    wrapped, version = ring.wrap(7, new_key())
    with pytest.raises(SealBroken):
        ring.unwrap(8, wrapped, version)


def test_equal_texts_of_two_kinds_have_two_digests(ring: KeyRing) -> None:
    assert ring.digest("phone", "13800138000") != ring.digest("child_code", "13800138000")


def test_the_same_bytes_are_sealed_in_another_way_each_time() -> None:
    key = new_key()
    assert len({seal(key, b"same", "child/7/identity_sealed") for _ in range(50)}) == 50


@pytest.mark.parametrize("place", ["child/8/identity_sealed", "child/7/address", "certificate/7/identity_sealed"])
def test_a_sealed_value_moved_elsewhere_does_not_open(place: str) -> None:
    key = new_key()
    sealed = seal(key, b"text", "child/7/identity_sealed")
    assert unseal(key, sealed, "child/7/identity_sealed") == b"text"
    with pytest.raises(SealBroken):
        unseal(key, sealed, place)


def test_every_changed_byte_breaks_a_seal() -> None:
    key, place = new_key(), "child/7/identity_sealed"
    sealed = seal(key, b"text", place)
    for number in range(len(sealed)):
        with pytest.raises(SealBroken):
            unseal(key, sealed[:number] + bytes([sealed[number] ^ 1]) + sealed[number + 1 :], place)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            unseal(key, sealed[:length], place)


def test_the_start_is_refused_without_the_key_file(settings: Settings, database: Database, district: District) -> None:
    with database.writing() as session:
        enter(session, district.classes["near_1"], named("某某"))
    settings.master_key_file.unlink()
    with pytest.raises(KeyRingError, match="missing, but the database holds children"):
        create_app(settings)
    assert not settings.master_key_file.exists(), "a new key would open nothing and look as if all were well"


def test_a_trail_alone_asks_for_its_key_too(settings: Settings, database: Database) -> None:
    with database.writing() as session:
        record(session, by=None, now=MOMENT, action="house.opened")
    settings.master_key_file.unlink()
    with pytest.raises(KeyRingError, match="missing"):
        create_app(settings)


def test_the_start_is_refused_with_the_key_of_another_house(
    settings: Settings, database: Database, district: District, tmp_path: Path
) -> None:
    with database.writing() as session:
        enter(session, district.classes["near_1"], named("某某"))
    foreign = KeyRing.load_or_create(tmp_path / "foreign.key")
    foreign.path.replace(settings.master_key_file)
    with pytest.raises(KeyRingError, match="does not belong to this database"):
        create_app(settings)


def test_the_start_is_refused_when_a_master_key_is_not_in_the_file(
    settings: Settings, database: Database, district: District
) -> None:
    with database.writing() as session:
        enter(session, district.classes["near_1"], named("某某"))
        session.execute(update(ChildKey).values(master_version=3))
    with pytest.raises(KeyRingError, match="no master key of version 3"):
        create_app(settings)


def test_an_emptied_house_may_begin_with_a_new_key(settings: Settings, database: Database, app: Flask) -> None:
    take_guards_away(database)
    with database.writing() as session:
        session.execute(delete(AuditEvent))
    settings.master_key_file.unlink()
    open_key_ring(settings.master_key_file, database)
    assert settings.master_key_file.exists()


def test_nothing_is_wrapped_when_the_key_file_is_gone(
    settings: Settings, database: Database, district: District
) -> None:
    """A running server must not go on sealing children with a key that nobody can back up any more."""
    settings.master_key_file.unlink()
    with pytest.raises(KeyRingError, match="not there"), database.writing() as session:
        enter(session, district.classes["near_1"], named("某某"))


def test_every_session_carries_the_ring(database: Database) -> None:
    with database.reading() as reading, database.writing() as writing:
        assert keys_of(reading) is keys_of(writing)
