"""Keeps a reading process ready, hands it a file at a time, replaces it when it ends, hangs or has served its time."""

import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.config import ROOT
from app.intake import limits

_HEAD = struct.Struct(">I")
_COMMAND = [sys.executable, "-B", "-P", "-m", "app.intake.boxed"]
#: More than two would only take the processor from the desks.
_MOST_PROCESSES = min(2, os.cpu_count() or 1)


class _Ended(Exception):
    """The process is gone or does not answer."""


class _Reader:
    """One reading process."""

    def __init__(self) -> None:
        # Nothing of our environment: the process opens pictures that strangers made.
        environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
        self._process = subprocess.Popen(  # noqa: S603  only our own file is started
            _COMMAND,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.served = 0
        self._ready = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, content: bytes) -> dict[str, Any]:
        until = time.monotonic() + limits.PATIENCE
        self.served += 1
        if not self._ready:
            self._heard(until)
            self._ready = True
        self._tell(_HEAD.pack(len(content)) + content, until)
        return self._heard(until)

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _tell(self, whole: bytes, until: float) -> None:
        """In pieces, so that a process that has stopped listening cannot hold us."""
        pipe = self._process.stdin
        if pipe is None:
            raise _Ended
        os.set_blocking(pipe.fileno(), False)
        rest = memoryview(whole)
        while rest:
            if not select.select([], [pipe], [], max(0.0, until - time.monotonic()))[1]:
                raise _Ended
            try:
                rest = rest[os.write(pipe.fileno(), rest[: 1 << 16]) :]
            except BlockingIOError:
                continue
            except OSError:
                raise _Ended from None

    def _heard(self, until: float) -> dict[str, Any]:
        (length,) = _HEAD.unpack(self._take(_HEAD.size, until))
        answer: dict[str, Any] = json.loads(self._take(length, until))
        return answer

    def _take(self, length: int, until: float) -> bytes:
        pipe = self._process.stdout
        if pipe is None:
            raise _Ended
        taken = b""
        while len(taken) < length:
            if not select.select([pipe], [], [], max(0.0, until - time.monotonic()))[0]:
                raise _Ended
            piece = os.read(pipe.fileno(), length - len(taken))
            if not piece:
                raise _Ended
            taken += piece
        return taken


@dataclass(slots=True)
class Readers:
    """The reading processes of this program; at most `_MOST_PROCESSES`, started when first needed."""

    _idle: list[_Reader] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _places: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_MOST_PROCESSES))

    def read(self, content: bytes) -> dict[str, Any]:
        """What the process says of this file: `codes` and `ms`, or `refused` with a word."""
        if len(content) > limits.LARGEST_FILE:
            return {"refused": "heavy"}  # not worth a trip
        with self._places, self._one() as reader:
            try:
                return reader.ask(content)
            except (_Ended, ValueError):
                reader.served = limits.FILES_A_PROCESS  # it is not asked again
                return {"refused": "too_hard"}

    def warm(self) -> None:
        """Start one in good time, so that the first picture does not wait for it."""
        with self._lock:
            if not self._idle:
                self._idle.append(_Reader())

    def close(self) -> None:
        with self._lock:
            ended, self._idle = self._idle, []
        for reader in ended:
            reader.end()

    @contextlib.contextmanager
    def _one(self) -> Iterator[_Reader]:
        with self._lock:
            reader = self._idle.pop() if self._idle else _Reader()
        try:
            yield reader
        except BaseException:
            reader.end()
            raise
        if reader.served >= limits.FILES_A_PROCESS:
            reader.end()
            return
        with self._lock:
            self._idle.append(reader)


#: One set for the program; each web process has its own.
readers = Readers()
