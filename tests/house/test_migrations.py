"""The tables' history: it leads from nothing to today's models, back to nothing, and there again."""

import io
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from sqlalchemy import inspect, text

from app import migrating
from app.audit.guards import NEVER_DELETED, WRITTEN_ONCE
from app.database import Database
from app.tables import metadata


@pytest.fixture
def empty(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    yield database
    database.close()


def tables_of(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def triggers_of(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return dict(session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all())


def test_from_nothing_to_today(empty: Database) -> None:
    assert migrating.current(empty) is None
    migrating.upgrade(empty)
    assert migrating.current(empty) == migrating.newest()
    assert tables_of(empty) == set(metadata.tables)


def test_the_models_and_the_history_say_the_same(empty: Database) -> None:
    migrating.upgrade(empty)
    with migrating.comparison(empty) as context:
        assert compare_metadata(context, metadata) == []


def test_the_comparison_can_see_a_difference(empty: Database) -> None:
    migrating.upgrade(empty)
    with empty.writing() as session:
        session.execute(text("ALTER TABLE organisation DROP COLUMN address"))
        session.execute(text("DROP INDEX ix_organisation_kind"))
    with migrating.comparison(empty) as context:
        assert {difference[0] for difference in compare_metadata(context, metadata)} == {"add_column", "add_index"}


def test_checks_and_guards_are_those_of_the_models(empty: Database, tmp_path: Path) -> None:
    """What the comparison does not look at: CHECK constraints and triggers."""
    migrating.upgrade(empty)
    wanted = Database(f"sqlite:///{tmp_path / 'wanted.sqlite'}")
    metadata.create_all(wanted.engine)
    assert triggers_of(empty) == triggers_of(wanted)
    guards = {name.split("_refuses_")[0] for name in triggers_of(empty) if "_refuses_" in name}
    assert guards == {*WRITTEN_ONCE, *NEVER_DELETED}
    for table in sorted(metadata.tables):
        assert checks_of(empty, table) == checks_of(wanted, table)
    wanted.close()


def checks_of(database: Database, table: str) -> set[tuple[str | None, str]]:
    return {(check["name"], check["sqltext"]) for check in inspect(database.engine).get_check_constraints(table)}


def test_back_to_nothing_and_forwards_again(empty: Database) -> None:
    migrating.upgrade(empty)
    migrating.downgrade(empty, "base")
    assert tables_of(empty) == set()
    assert triggers_of(empty) == {}
    migrating.upgrade(empty)
    assert tables_of(empty) == set(metadata.tables)


def test_step_by_step_both_ways(empty: Database) -> None:
    steps = 0
    while migrating.current(empty) != migrating.newest():
        migrating.upgrade(empty, "+1")
        steps += 1
    for _ in range(steps):
        migrating.downgrade(empty, "-1")
    assert migrating.current(empty) is None


def test_a_migration_that_breaks_a_reference_is_taken_back(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    migrating.upgrade(empty, "0001")
    with empty.writing() as session:
        session.execute(text("INSERT INTO area (code, name) VALUES ('1', '省')"))
    upgrade = command.upgrade

    def breaking(config, revision: str) -> None:
        upgrade(config, revision)
        config.attributes["connection"].execute(
            text("INSERT INTO area (code, name, parent_code) VALUES ('2', '市', 'nowhere')")
        )

    monkeypatch.setattr(command, "upgrade", breaking)
    with pytest.raises(RuntimeError, match="area"):
        migrating.upgrade(empty)
    assert migrating.current(empty) == "0001"
    assert "child" not in tables_of(empty)


def test_foreign_keys_hold_again_after_a_migration(empty: Database) -> None:
    migrating.upgrade(empty)
    with empty.reading() as session:
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


def test_postgresql_could_run_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Every step is written out for PostgreSQL, both ways; needs no server."""
    written = io.StringIO()
    config = migrating.configuration()
    config.output_buffer = written
    config.set_main_option("sqlalchemy.url", "postgresql+psycopg://")
    command.upgrade(config, "base:head", sql=True)
    command.downgrade(config, "head:base", sql=True)
    sql = written.getvalue()
    for table in metadata.tables:
        assert f"CREATE TABLE {table} (" in sql
        assert f"DROP TABLE {table};" in sql
    assert "TIMESTAMP WITH TIME ZONE" in sql
    assert "CREATE TRIGGER audit_event_refuses_update" in sql
    assert "PRAGMA" not in sql
