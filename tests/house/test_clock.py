"""Time enters at app/clock.py and nowhere else: the linter is set up to see every other door."""

import subprocess
import sys
from pathlib import Path

import pytest

DOORS = [
    "import datetime as dt\n\nmoment = dt.datetime.now(dt.UTC)\n",
    "from datetime import datetime\n\nmoment = datetime.now()\n",
    "from datetime import datetime\n\nmoment = datetime.utcnow()\n",
    "from datetime import date\n\nday = date.today()\n",
    "import datetime\n\nday = datetime.datetime.today()\n",
    "import time\n\nseconds = time.time()\n",
    "import time\n\nseconds = time.time_ns()\n",
    "import time\n\nparts = time.localtime()\n",
    "import time\n\nparts = time.gmtime()\n",
    "from sqlalchemy import func\n\nmoment = func.now()\n",
    "import sqlalchemy as sa\n\nmoment = sa.func.current_timestamp()\n",
]


def lint(root: Path, *arguments: str, source: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", *arguments]
    return subprocess.run(command, cwd=root, input=source, capture_output=True, text=True, check=False)


def test_no_room_reads_the_clock_by_itself(root: Path) -> None:
    answer = lint(root, ".")

    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("source", DOORS)
@pytest.mark.parametrize("room", ["app/checks/actions.py", "forms/wording.py", "rules/ages.py"])
def test_another_door_is_found(root: Path, room: str, source: str) -> None:
    answer = lint(root, "--stdin-filename", room, "-", source=source)

    assert answer.returncode == 1, f"not seen in {room}: {source}"
    assert "app/clock.py" in answer.stdout


def test_the_one_door_may(root: Path) -> None:
    assert lint(root, "--stdin-filename", "app/clock.py", "-", source=DOORS[0]).returncode == 0
