"""The demo's clock: opens on its own morning, runs on through restarts, and belongs to the demo alone."""

import datetime as dt
import re
from pathlib import Path

import pytest

from app import clock
from app.config import ROOT, Settings
from app.demo import timekeeping
from app.demo.days import OPENING
from app.office import Office

MINUTE = dt.timedelta(minutes=1)


def near(moment: dt.datetime) -> bool:
    return abs(clock.now() - moment) < MINUTE


def real() -> dt.datetime:
    clock.run_from(None)
    return clock.now()


def test_it_runs_on_from_a_moment() -> None:
    clock.run_from(OPENING)

    first = clock.now()
    assert near(OPENING)
    assert clock.today() == OPENING.date()
    assert clock.now() > first


def test_it_may_have_begun_a_while_ago() -> None:
    clock.run_from(OPENING, since=real() - dt.timedelta(days=2))

    assert near(OPENING + dt.timedelta(days=2))


def test_a_fixed_clock_stays_fixed() -> None:
    clock.run_from(OPENING)
    clock.fix(OPENING + dt.timedelta(days=9))

    assert clock.now() == OPENING + dt.timedelta(days=9)
    clock.fix(None)
    assert near(OPENING)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.run_from(dt.datetime(2026, 9, 3))
    with pytest.raises(ValueError, match="time zone"):
        clock.run_from(OPENING, since=dt.datetime(2026, 9, 3))


def test_a_restart_goes_on_where_the_demo_would_be_by_now(tmp_path: Path) -> None:
    timekeeping.begin(tmp_path)
    assert near(OPENING)
    (tmp_path / "demo-loaded-at").write_text((real() - dt.timedelta(hours=5)).isoformat(), encoding="ascii")

    timekeeping.resume(tmp_path)

    assert near(OPENING + dt.timedelta(hours=5))


def test_beginning_anew_in_a_running_demo_begins_at_the_opening(tmp_path: Path) -> None:
    timekeeping.begin(tmp_path)
    clock.run_from(OPENING + dt.timedelta(days=3))
    timekeeping.begin(tmp_path)

    assert near(OPENING)


def test_only_a_demo_looks_at_the_file(settings: Settings) -> None:
    timekeeping.begin(settings.data_dir)
    now = real()

    Office.open(settings).database.close()

    assert near(now)


def test_a_demo_that_was_never_loaded_lives_in_real_time(settings: Settings) -> None:
    now = real()

    Office.open(
        Settings.from_environment(
            {"CHAYAN_DATA": str(settings.data_dir), "CHAYAN_DATABASE": settings.database_url, "CHAYAN_DEMO": "1"}
        )
    ).database.close()

    assert near(now)


@pytest.mark.parametrize(("word", "rooms"), [("run_from", {"app/clock.py", "app/demo/timekeeping.py"})])
def test_nobody_else_shifts_the_clock(word: str, rooms: set[str]) -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("app", "forms", "rules", "scripts")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in {".py", ""} and re.search(rf"\b{word}\b", path.read_text(encoding="utf-8"))
    }
    assert found == rooms


def test_the_clock_of_the_demo_is_asked_for_behind_its_switch_only() -> None:
    text = (ROOT / "app/office.py").read_text(encoding="utf-8")

    assert re.search(r"if settings\.demo:\n\s+timekeeping\.resume", text)
    assert text.count("timekeeping.") == 1
