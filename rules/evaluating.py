"""Judges children line by line: one JSON object in, one out, in the same order. Behind `scripts/evaluate`.

Nothing is kept between two lines, so memory does not grow with the input. A line that cannot be read gives an error on
its own line, and the rest goes on.
"""

import argparse
import codecs
import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from io import BufferedReader
from typing import Any, BinaryIO, cast

from rules import contract
from rules.assessing import assess
from rules.compiling import national
from rules.law import UnknownEditionError
from rules.planning import plan

#: Bytes that are read at a time, some hundred lines; fewer would spend the gain of two processes on sending them.
_CHUNK = 1 << 17
_MOST_JOBS = 64
#: One of each for all lines: `json.dumps` would make a new one for each. What was read from a line holds no circle.
_READ = json.JSONDecoder()
_WRITTEN = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
_BYTE_ORDER_MARK = codecs.BOM_UTF8


@dataclass(frozen=True, slots=True)
class Options:
    """How to judge: the edition by name (None: the one in force on as_of), and whether to plan."""

    edition: str | None = None
    with_plan: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Read standard input, write standard output; 1 when a line failed, 2 for unusable options."""
    parser = argparse.ArgumentParser(
        prog="scripts/evaluate", description="Judges children: JSON Lines in, JSON Lines out."
    )
    parser.add_argument("--edition", help="judge under this edition instead of the one in force on as_of")
    parser.add_argument("--plan", action="store_true", help="add the visits that catch up what is owed")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="judge in N processes (1)")
    chosen = parser.parse_args(arguments)
    if not 1 <= chosen.jobs <= _MOST_JOBS:
        parser.error(f"--jobs {chosen.jobs}: choose 1 to {_MOST_JOBS}")
    if chosen.edition:
        try:
            national().edition(chosen.edition)
        except UnknownEditionError as error:
            parser.error(str(error))
    options = Options(chosen.edition, chosen.plan)
    try:
        return _run(options, chosen.jobs, cast(BufferedReader, sys.stdin.buffer), sys.stdout.buffer)
    except BrokenPipeError:
        # The reader has gone: there is nobody left to tell.
        sys.stderr.close()
        return 1


def _run(options: Options, jobs: int, source: BufferedReader, out: BinaryIO) -> int:
    """Answer every line as soon as its turn has come; 1 when one of the answers is an error."""
    status = 0
    chunks = _arriving(source)
    answers = (_answer_all(lines, options) for lines in chunks) if jobs == 1 else _in_processes(options, jobs, chunks)
    for text, failed in answers:
        out.write(text)
        out.flush()
        status |= failed
    return status


def _arriving(source: BufferedReader) -> Iterator[list[bytes]]:
    """The lines that have come whole, as many as there are at a time: nothing waits for a line that was not sent."""
    begun: list[bytes] = []
    while data := source.read1(_CHUNK):
        *whole, rest = data.split(b"\n")
        if whole:
            whole[0] = b"".join([*begun, whole[0]])
            begun.clear()
            yield whole
        begun.append(rest)
    last = b"".join(begun)
    if last:
        yield [last]


def _in_processes(options: Options, jobs: int, chunks: Iterable[list[bytes]]) -> Iterator[tuple[bytes, bool]]:
    """The answers of whole chunks, in order; never more than a few chunks are under way."""
    national()  # read before the processes part, so that they need not read it again
    waiting: deque[Future[tuple[bytes, bool]]] = deque()
    with ProcessPoolExecutor(jobs) as pool:
        for lines in chunks:
            waiting.append(pool.submit(_answer_all, lines, options))
            if len(waiting) > 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _answer_all(lines: list[bytes], options: Options) -> tuple[bytes, bool]:
    answers = [answer(line, options) for line in lines]
    return b"".join([text for text, _ in answers]), any(failed for _, failed in answers)


def answer(line: bytes, options: Options) -> tuple[bytes, bool]:
    """The line that answers a line, and whether it is an error."""
    name: Any = None
    try:
        data = _READ.decode(line.removeprefix(_BYTE_ORDER_MARK).decode())
        if isinstance(data, dict):
            name = _name(data)
        return _encoded(_judged(data, name, options)), False
    except contract.InputError as error:
        return _failed(name, error.field, error.message), True
    except UnknownEditionError as error:
        return _failed(name, "as_of", str(error)), True
    except UnicodeDecodeError:
        return _failed(None, "", "the line is not UTF-8"), True
    except (ValueError, RecursionError) as error:
        return _failed(None, "", f"the line is not a JSON object: {error}"), True


def _name(data: dict[str, Any]) -> Any:
    """The line's id, given back as it came; a number that JSON does not know, however deep, has no way back."""
    name = data.get("id")
    if not isinstance(name, str):
        try:
            json.dumps(name, allow_nan=False)
        except ValueError as error:
            raise contract.InputError("id", "holds a number that JSON does not know") from error
    return name


def _judged(data: Any, name: Any, options: Options) -> dict[str, Any]:
    law = national()
    child = contract.read(data, law)
    edition = law.edition(options.edition) if options.edition else None
    answered = contract.write(assess(child, edition, law), name)
    if options.with_plan:
        answered["plan"] = contract.write_plan(plan(child, edition=edition, law=law))
    return answered


def _failed(name: Any, field: str, message: str) -> bytes:
    error = {"field": field, "message": message}
    try:
        return _encoded({"id": name, "error": error})
    except RecursionError:  # an id of a thousand lists could be read, but not written
        return _encoded({"id": None, "error": error})


def _encoded(answered: dict[str, Any]) -> bytes:
    try:
        return _WRITTEN.encode(answered).encode() + b"\n"
    except UnicodeEncodeError:  # an id with half a surrogate pair
        return json.dumps(answered, separators=(",", ":")).encode() + b"\n"


if __name__ == "__main__":
    sys.exit(main())
