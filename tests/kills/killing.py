"""A server process that is started, asked, and killed in the middle of its work; a browser that is left hanging."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from app.config import ROOT, Settings
from tests.checking import MORNING
from tests.district import PASSWORD


@dataclass
class Visitor:
    """A browser of few words, signed in as the clerk."""

    address: str

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def see(self, path: str) -> str:
        with self._opener.open(self.address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def send(self, page: str, path: str, **fields: str) -> str:
        """Post what a form on `page` would."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None
        body = urlencode({"csrf_token": token[1], **fields}).encode()
        with self._opener.open(self.address + path, body, timeout=60) as answer:
            return str(answer.read().decode())

    def sign_in(self) -> None:
        self.send(self.see("/sign-in"), "/sign-in", name="clerk", password=PASSWORD)


@contextmanager
def serving(settings: Settings) -> Iterator["Server"]:
    """A server on this data room; whatever becomes of it, it is gone afterwards."""
    environment = os.environ | {
        "CHAYAN_DATA": str(settings.data_dir),
        "CHAYAN_DATABASE": settings.database_url,
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, str(Path(__file__).with_name("serve.py")), "0", MORNING.isoformat()]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    port = process.stdout.readline().strip()
    assert port, "The server did not start."
    try:
        yield Server(process, Visitor(f"http://127.0.0.1:{port}"))
    finally:
        process.kill()
        process.wait()


@dataclass
class Server:
    process: "subprocess.Popen[str]"
    visitor: Visitor

    def killed_during(self, request: Callable[[], str], moment: Callable[[], None]) -> bool:
        """Send, wait for the moment, SIGKILL. True: the answer had come before."""
        answered = threading.Event()

        def ask() -> None:
            try:
                request()
                answered.set()
            except (OSError, HTTPException, urllib.error.URLError):
                return

        asking = threading.Thread(target=ask)
        asking.start()
        moment()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        asking.join()
        return answered.is_set()


def after(seconds: float) -> Callable[[], None]:
    """The moment so long after the request was sent."""
    return lambda: time.sleep(seconds)


def as_the_log_grows(settings: Settings, by: int) -> Callable[[], None]:
    """The moment when SQLite's log has grown by so many bytes: in the middle of a write, or of its end."""
    log = settings.data_dir / "chayan.sqlite-wal"
    begun = log.stat().st_size if log.exists() else 0

    def wait() -> None:
        patience = time.monotonic() + 5
        while time.monotonic() < patience:
            size = log.stat().st_size if log.exists() else 0
            # A log that was written back begins again from its start.
            if size >= begun + by or size < begun:
                return

    return wait
