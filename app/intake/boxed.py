"""The reading process: takes files through a pipe, answers with the codes in them, writes nothing to disk.

It has a ceiling of memory for its life and of processor time for each file. What breaks it breaks nobody else: the
house sees it end and starts another (see `keeping_warm`).
"""

import json
import os
import resource
import struct
import sys
import time
from typing import Any, BinaryIO

from app.intake import limits

HEAD = struct.Struct(">I")


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak into the answers
    _limit()
    from app.intake import reading

    reading.warm_up()
    _send(answers, {"ready": True})
    while (content := _received(sys.stdin.buffer)) is not None:
        _allow_time()
        _send(answers, _answer(content))
        del content


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold the picture
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.environ["OPENCV_IO_MAX_IMAGE_PIXELS"] = str(limits.MOST_PIXELS)
    import cv2

    cv2.setNumThreads(1)


def _allow_time() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.PROCESSOR_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _answer(content: bytes) -> dict[str, Any]:
    from app.intake.opening import Refused, open_pages
    from app.intake.reading import read_codes

    codes: list[dict[str, Any]] = []
    spent = 0.0
    try:
        for number, page in enumerate(open_pages(content), start=1):
            began = time.perf_counter()
            found = read_codes(page)
            spent += time.perf_counter() - began
            codes += [{"text": one.text, "format": one.format, "page": number} for one in found]
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "too_large"}
    return {"codes": codes, "ms": round(spent * 1000, 2)}


def _received(pipe: BinaryIO) -> bytes | None:
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        return None  # the house has gone: so do we
    (length,) = HEAD.unpack(head)
    content = pipe.read(length)
    return content if len(content) == length else None


def _send(pipe: BinaryIO, answer: dict[str, Any]) -> None:
    text = json.dumps(answer).encode()
    pipe.write(HEAD.pack(len(text)) + text)
    pipe.flush()


if __name__ == "__main__":
    main()
