"""For other programs: a line of JSON for every picture, read exactly as the site reads it. See scripts/read-codes."""

import json
import sys
from pathlib import Path
from typing import Any

from app.intake import limits
from app.intake.keeping_warm import readers
from app.intake.looking import look

_REASONS = {
    "empty": "The file is empty.",
    "heavy": f"The file is larger than {limits.LARGEST_FILE // limits.MB} MB.",
    "too_large": f"More than {limits.MOST_PIXELS // 1_000_000} megapixels, or a side over {limits.LONGEST_SIDE}.",
    "too_small": "The picture is too small to hold a code.",
    "many_pages": f"The PDF has more than {limits.MOST_PAGES} pages.",
    "locked": "The PDF wants a password.",
    "other_kind": "JPEG, PNG, HEIC and PDF are read; this is something else.",
    "no_picture": "This is neither a picture nor a PDF, whatever its name says.",
    "too_hard": "Reading took too long or too much memory and was stopped.",
    "broken": "The file is broken or incomplete.",
}


def main(paths: list[str]) -> int:
    """Print a line for each file; 1 if one of them could not be read, 2 if none was named."""
    if not paths or paths[0] in {"-h", "--help"}:
        print("scripts/read-codes FILE...   one line of JSON per picture or PDF", file=sys.stderr)
        return 0 if paths else 2
    faulty = False
    try:
        for path in paths:
            line = _line(path)
            faulty = faulty or "error" in line
            print(json.dumps(line, ensure_ascii=False), flush=True)
    finally:
        readers.close()
    return int(faulty)


def _line(path: str) -> dict[str, Any]:
    try:
        with Path(path).open("rb") as file:
            content = file.read(limits.LARGEST_FILE + 1)
    except OSError as fault:
        return {"path": path, "error": {"code": "no_file", "message": f"Cannot be opened: {fault.strerror}."}}
    looked = look(content)
    if looked.refused:
        return {"path": path, "error": {"code": looked.refused, "message": _REASONS[looked.refused]}}
    codes = [{"text": one.text, "format": one.format, "kind": one.told.kind.value} for one in looked.codes]
    return {"path": path, "codes": codes, "ms": looked.milliseconds}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
