"""An erased child is gone for good: key, name, indexes, memory; what it counted for stays."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEvent
from app.audit.verifying import verify
from app.children.kinds import DoseSource
from app.children.models import Child, DoseRecord, Enrolment
from app.children.searching import search
from app.config import Settings
from app.database import Database
from app.privacy.erasing import empty_the_log, erase_child
from app.privacy.identities import Erased, open_identity, seal_identity
from app.privacy.models import ChildIndex, ChildKey
from app.privacy.roster import rosters_of
from tests.actors import actor
from tests.district import MOMENT, District
from tests.privacy.people import enter, named, numbered

NUMBER = "330199202003120021"


@pytest.fixture
def child_id(database: Database, district: District) -> int:
    """A child with a number and a dose."""
    with database.writing() as session:
        child = enter(session, district.classes["near_1"], numbered("张小满", NUMBER))
        dose = DoseRecord(
            child_id=child.id,
            product="BCG",
            source=DoseSource.BOOKLET,
            entered_by=district.users["clerk"].id,
            entered_at=MOMENT,
        )
        session.add(dose)
        return child.id


def erase(database: Database, district: District, child_id: int) -> None:
    with database.writing() as session:
        erase_child(session, by=actor(district, "school_head"), now=MOMENT, child=session.get_one(Child, child_id))


def count(database: Database, model: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_key_name_and_indexes_are_gone_the_rest_stays(database: Database, district: District, child_id: int) -> None:
    children, doses, enrolments = (count(database, model) for model in (Child, DoseRecord, Enrolment))
    erase(database, district, child_id)
    with database.reading() as session:
        child, key = session.get_one(Child, child_id), session.get_one(ChildKey, child_id)
        assert (child.identity_sealed, child.erased_at, key.wrapped, key.destroyed_at) == (None, MOMENT, None, MOMENT)
        assert open_identity(session, child) is None
        assert verify(session) == []
    assert count(database, ChildIndex) == 0
    assert (children, doses, enrolments) == tuple(count(database, model) for model in (Child, DoseRecord, Enrolment))


def test_it_leaves_one_line_however_often(database: Database, district: District, child_id: int) -> None:
    erase(database, district, child_id)
    erase(database, district, child_id)
    with database.reading() as session:
        lines = session.scalars(select(AuditEvent).where(AuditEvent.action == "child.erased")).all()
    assert [(line.subject_kind, line.subject_id) for line in lines] == [("child", child_id)]


def test_nobody_writes_to_an_erased_child(database: Database, district: District, child_id: int) -> None:
    erase(database, district, child_id)
    with pytest.raises(Erased), database.writing() as session:
        seal_identity(session, session.get_one(Child, child_id), named("张小满"), now=MOMENT)


def test_the_number_is_free_again(database: Database, district: District, child_id: int) -> None:
    erase(database, district, child_id)
    with database.writing() as session:
        enter(session, district.classes["near_1"], numbered("张小满", NUMBER))


def test_search_forgets_at_once(database: Database, district: District, child_id: int) -> None:
    clerk = actor(district, "clerk")
    with database.reading() as session:
        assert [hit.child_id for hit in search(session, clerk, "小满")] == [child_id]
        rosters = rosters_of(session)
    assert "1 schools" in repr(rosters)
    erase(database, district, child_id)
    assert "0 schools" in repr(rosters), "the decrypted roster must not wait in memory"
    with database.reading() as session:
        assert search(session, clerk, "小满") == []
        assert search(session, clerk, NUMBER) == []


def test_a_row_merged_into_the_child_goes_with_it(database: Database, district: District, child_id: int) -> None:
    with database.writing() as session:
        twin_row = enter(session, district.classes["near_2"], named("张小满"))
        twin_row.merged_into_id = child_id
        twin_id = twin_row.id
    erase(database, district, child_id)
    with database.reading() as session:
        assert session.get_one(ChildKey, twin_id).wrapped is None
        assert session.get_one(Child, twin_id).identity_sealed is None


def test_a_failed_transaction_erases_nothing(database: Database, district: District, child_id: int) -> None:
    def failing() -> None:
        with database.writing() as session:
            erase_child(session, by=None, now=MOMENT, child=session.get_one(Child, child_id))
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        failing()
    with database.reading() as session:
        assert open_identity(session, session.get_one(Child, child_id)) is not None


def files_with(folder: Path, *needles: bytes) -> list[str]:
    return [file.name for file in folder.iterdir() if any(needle in file.read_bytes() for needle in needles)]


def test_no_file_keeps_the_key_or_the_sealed_name(
    database: Database, settings: Settings, district: District, child_id: int
) -> None:
    """Not in the database, not in its log: overwritten, not only marked as free."""
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL frees rows with VACUUM; docs/privacy.md says so")
    with database.reading() as session:
        needles = (session.get_one(ChildKey, child_id).wrapped, session.get_one(Child, child_id).identity_sealed)
        digests = session.scalars(select(ChildIndex.digest).where(ChildIndex.child_id == child_id)).all()
    assert files_with(settings.data_dir, needles[0])
    assert files_with(settings.data_dir, needles[1])
    erase(database, district, child_id)
    assert files_with(settings.data_dir, *needles, *digests) == []


def test_a_reader_delays_the_cleaning_and_the_log_says_so(
    database: Database,
    district: District,
    child_id: int,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("SQLite's log")
    monkeypatch.setattr("app.privacy.erasing._PATIENCE_MS", 50)
    with database.reading() as reader:
        reader.scalar(select(func.count()).select_from(Child))
        erase(database, district, child_id)
    assert "somebody reads" in caplog.text
    with database.reading() as session:
        assert empty_the_log(session)
