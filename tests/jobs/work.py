"""A real worker in a process of its own, to be killed: python tests/jobs/work.py MOMENT."""

import datetime as dt
import sys

from app import clock
from app.config import Settings
from app.jobs import worker

if __name__ == "__main__":
    clock.fix(dt.datetime.fromisoformat(sys.argv[1]))
    worker.run(Settings.from_environment(), with_parent=True, hands=2)
