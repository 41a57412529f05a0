"""The hands of the worker: processes that lay out PDFs, so that neither pages nor the queue wait for it.

Spawned, not forked: a fork would copy locks and connections. Each watches its parent, and when that is killed it goes
too. A pool of which somebody died is made anew, and whoever asked asks again.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from typing import Any, TypeVar

Result = TypeVar("Result")

#: Layout gives way to pages that somebody waits for.
_NICER = 5


class Hands:
    """As many processes as there are processors, opened when they are first needed."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or len(os.sched_getaffinity(0))
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, work: Callable[..., Result], *arguments: Any) -> "Future[Result]":
        """Have it done in another process. BrokenProcessPool from the result: ask again."""
        with self._lock:
            pool = self._pool or self._open()
            try:
                return pool.submit(work, *arguments)
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                return self._open().submit(work, *arguments)

    def get_ready(self, work: Callable[[], Any]) -> None:
        """Start every hand now, and have each do `work` (open the office, read the fonts) before anybody waits."""
        for _each in range(self.count):
            self.submit(work)

    def close(self) -> None:
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = None

    def _open(self) -> ProcessPoolExecutor:
        self._pool = ProcessPoolExecutor(
            self.count, mp_context=multiprocessing.get_context("spawn"), initializer=_begin_work
        )
        return self._pool


def _begin_work() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    os.nice(_NICER)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
