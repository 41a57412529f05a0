"""A worker that is started, waited for, and killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app import clock
from app.config import ROOT, Settings


@contextmanager
def working(settings: Settings) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker on this data room; whatever becomes of it, it is gone afterwards."""
    environment = os.environ | {
        "CHAYAN_DATA": str(settings.data_dir),
        "CHAYAN_DATABASE": settings.database_url,
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, str(Path(__file__).with_name("work.py")), clock.now().isoformat()]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(true: Callable[[], bool], seconds: float = 60) -> bool:
    """Look again and again; False when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False
