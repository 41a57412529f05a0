"""Judges children line by line: one JSON object in, one out, in the same order. Behind `scripts/evaluate`.

Nothing is kept between two lines, so memory does not grow with the input. A line that cannot be read gives an error on
its own line, and the rest goes on.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from rules import contract
from rules.assessing import assess
from rules.compiling import national
from rules.law import Law, UnknownEditionError
from rules.schedule import Edition


def main(arguments: Sequence[str] | None = None) -> int:
    """Read standard input, write standard output; 1 when a line failed, 2 for unusable options."""
    parser = argparse.ArgumentParser(
        prog="scripts/evaluate", description="Judges children: JSON Lines in, JSON Lines out."
    )
    parser.add_argument("--edition", help="judge under this edition instead of the one in force on as_of")
    options = parser.parse_args(arguments)
    law = national()
    try:
        edition = law.edition(options.edition) if options.edition else None
    except UnknownEditionError as error:
        parser.error(str(error))
    try:
        return write(evaluate(sys.stdin.buffer, law, edition), sys.stdout.buffer)
    except BrokenPipeError:
        # The reader has gone: there is nobody left to tell.
        sys.stderr.close()
        return 1


def evaluate(lines: Iterable[bytes], law: Law, edition: Edition | None = None) -> Iterator[dict[str, Any]]:
    """The answer to each line."""
    for line in lines:
        yield _answer(line, law, edition)


def write(answers: Iterable[dict[str, Any]], out: BinaryIO) -> int:
    """Write each answer as soon as it is known; 1 when one of them is an error."""
    status = 0
    for answer in answers:
        if "error" in answer:
            status = 1
        out.write(_encoded(answer) + b"\n")
        out.flush()
    return status


def _answer(line: bytes, law: Law, edition: Edition | None) -> dict[str, Any]:
    name: Any = None
    try:
        data = json.loads(line.decode("utf-8-sig"))
        if isinstance(data, dict):
            name = data.get("id")
        return contract.write(assess(contract.read(data), edition, law), name)
    except contract.InputError as error:
        return _failed(name, error.field, error.message)
    except UnknownEditionError as error:
        return _failed(name, "as_of", str(error))
    except UnicodeDecodeError:
        return _failed(None, "", "the line is not UTF-8")
    except (ValueError, RecursionError) as error:
        return _failed(None, "", f"the line is not a JSON object: {error}")


def _failed(name: Any, field: str, message: str) -> dict[str, Any]:
    return {"id": name, "error": {"field": field, "message": message}}


def _encoded(answer: dict[str, Any]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # an id with half a surrogate pair
        return json.dumps(answer, separators=(",", ":")).encode()


if __name__ == "__main__":
    sys.exit(main())
