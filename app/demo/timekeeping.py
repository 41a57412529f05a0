"""The demo's clock: it stood at the opening when the demo was loaded and has run on ever since, through every restart.

Kept in the data room as the real moment of loading. Only an installation that says it is a demo ever looks at it.
"""

import datetime as dt
from pathlib import Path

from app import clock
from app.demo.days import OPENING

_FILE = "demo-loaded-at"


def begin(data_dir: Path) -> None:
    """Now is the opening."""
    clock.run_from(None)  # what is kept is real time
    (data_dir / _FILE).write_text(clock.now().isoformat(), encoding="ascii")
    resume(data_dir)


def resume(data_dir: Path) -> None:
    """Let the clock say how long after the opening it is; real time where no demo was loaded yet."""
    file = data_dir / _FILE
    if file.exists():
        clock.run_from(OPENING, since=dt.datetime.fromisoformat(file.read_text(encoding="ascii")))
