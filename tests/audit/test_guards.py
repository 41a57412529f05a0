"""The database itself refuses to rewrite what is written once."""

import pytest
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from app.audit.actions import record
from app.audit.guards import NEVER_DELETED, WRITTEN_ONCE
from app.checks.models import Check
from app.children.kinds import DoseSource
from app.children.models import DoseRecord, Enrolment
from app.database import Base, Database
from tests.district import FIRST_DAY, MOMENT, District


@pytest.fixture
def written(database: Database, district: District) -> None:
    """One row in each of the guarded tables."""
    child, by = district.children["near_1"], district.users["clerk"].id
    with database.writing() as session:
        enrolment_id = session.scalar(select(Enrolment.id).where(Enrolment.child_id == child.id))
        session.execute(
            insert(DoseRecord).values(
                child_id=child.id,
                product="BCG",
                source=DoseSource.BOOKLET,
                entered_by=by,
                entered_at=MOMENT,
                withdrawn=False,
            )
        )
        session.execute(
            insert(Check).values(
                enrolment_id=enrolment_id,
                child_id=child.id,
                number=1,
                as_of=FIRST_DAY,
                by=by,
                at=MOMENT,
                inputs={},
                findings={},
                edition="nip-2026",
                rules_digest="sha256:0",
                result="complete",
            )
        )
        record(session, by=None, now=MOMENT, action="child.checked")


def table(name: str) -> Table:
    return Base.metadata.tables[name]


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("name", [*WRITTEN_ONCE, *NEVER_DELETED])
def test_no_row_is_deleted(database: Database, name: str) -> None:
    with pytest.raises(DBAPIError, match="written once"), database.writing() as session:
        session.execute(delete(table(name)))
    with database.reading() as session:
        assert session.execute(select(table(name))).first() is not None


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("name", WRITTEN_ONCE)
def test_no_row_is_changed(database: Database, name: str) -> None:
    column = next(iter(table(name).columns))
    with pytest.raises(DBAPIError, match="written once"), database.writing() as session:
        session.execute(update(table(name)).values({column: column}))


def test_the_guards_know_the_tables() -> None:
    assert {"audit_event", "check_record", "dose_record"} <= set(WRITTEN_ONCE)
