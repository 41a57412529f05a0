"""The worker's process from start to end: signals, and leaving when whoever started it is gone."""

import os
import signal
import threading
import time
from types import FrameType

from app.config import Settings
from app.jobs import working

_LOOK_EVERY = 0.5


def run(settings: Settings, *, with_parent: bool = False, hands: int | None = None) -> None:
    """Work until SIGTERM or Ctrl-C; what was begun goes on at the next start."""
    stop = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    if with_parent:
        threading.Thread(target=_watch, args=(os.getppid(), stop), daemon=True).start()
    working.work(settings, stop, hands=hands)


def _watch(parent: int, stop: threading.Event) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    stop.set()
