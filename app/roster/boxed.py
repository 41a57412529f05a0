"""Opens an uploaded file in a process of its own, with a ceiling of memory and time, and prints its cells as JSON.

A table of four kilobytes can ask for five hundred gigabytes; whatever it does, it does in here. Started by path (see
`opening`): imports nothing of the house, reads standard input, leaves nothing on disk.
"""

import csv
import io
import itertools
import json
import math
import struct
import sys
import zipfile
import zlib
from typing import Any

MEMORY = 1 << 30
SECONDS = 20
INFLATED = 128 << 20
MOST_PARTS = 2_000
MOST_SHEETS = 20
#: Rows of the sheet as it lies there, blank ones included; the parent may ask for more. How many children a roster may
#: hold is the parent's matter too.
MOST_ROWS = 25_000
LONGEST_CELL = 400
MOST_CHARACTERS = 20_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FILEPASS = 0x002F
_NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")

Row = list[Any]


class Refused(Exception):
    """The file is no table for us; the argument is a word that the parent turns into a sentence."""


def main() -> None:
    global MOST_ROWS
    if len(sys.argv) > 1:
        MOST_ROWS = int(sys.argv[1])
    _limit()
    try:
        answer: dict[str, Any] = {"sheets": _sheets(sys.stdin.buffer.read())}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "too_large"}
    json.dump(answer, sys.stdout)


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold the names in clear
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _sheets(content: bytes) -> list[dict[str, Any]]:
    if not content.strip():
        raise Refused("empty")
    if content.startswith(b"PK\x03\x04"):
        return _workbook(_measured(content))
    if content.startswith(_OLE):
        return _workbook(_old_workbook(content))
    if content.startswith(_NO_TABLE):
        raise Refused("no_table")
    rows, height = _text_rows(_text(content))
    return [_sheet("", rows, height)]


def _measured(content: bytes) -> bytes:
    """The same archive, unpacked once under a ceiling and packed anew: what is read later is what was measured here."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = [
            part for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels", ".bin", "type"))
        ]
        names = {part.filename.lower() for part in parts}
        if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
            raise Refused("no_table")
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > INFLATED:
            raise Refused("too_large")
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("locked")
        read = {part.filename: archive.read(part) for part in parts}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error):
        raise Refused("broken") from None
    if any(mark in part for part in read.values() for mark in (b"<!DOCTYPE", b"<!ENTITY")):
        raise Refused("odd")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as anew:
        for name, part in read.items():
            anew.writestr(name, part)
    return packed.getvalue()


def _old_workbook(content: bytes) -> bytes:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("locked")
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise Refused("no_table")
    if _begins_locked(content):
        raise Refused("locked")
    return content


def _begins_locked(content: bytes) -> bool:
    """A stream of records in which the one that announces encryption comes soon after the first."""
    at = content.find(b"\x09\x08\x10\x00")
    for _ in range(10):
        if at < 0 or at + 4 > len(content):
            return False
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _workbook(content: bytes) -> list[dict[str, Any]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        found = []
        for name in shown[:MOST_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
            found.append(_sheet(name, rows, sheet.total_height))
        return found
    except PasswordError:
        raise Refused("locked") from None
    except (CalamineError, ValueError, OSError):
        raise Refused("broken") from None


def _text(content: bytes) -> str:
    """Text as people's programs write it: UTF-8 with or without mark, Excel's “Unicode text”, GB18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise Refused("no_table")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.lstrip()[:1] == "<":
            raise Refused("web_page")
        return text
    raise Refused("encoding")


def _text_rows(text: str) -> tuple[list[Row], int]:
    """The first rows, and the number of the last one that says anything, so that nothing is passed over."""
    delimiter = max(",\t;", key=lambda mark: _regularity(text[:20_000], mark))
    rows: list[Row] = []
    last = 0
    try:
        for number, row in enumerate(_cut(text, delimiter), start=1):
            last = number if any(map(str.strip, row)) else last
            if number <= MOST_ROWS:
                rows.append(row)
    except csv.Error:
        raise Refused("long_cell") from None
    return rows, last


def _regularity(head: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows have the same number of cells, and which: tables are regular."""
    widths = [len(row) for row in itertools.islice(_cut(head, delimiter), 15) if len(row) > 1]
    return max(((widths.count(width), width) for width in widths), default=(0, 0))


def _cut(text: str, delimiter: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _sheet(name: str, rows: list[Row], height: int) -> dict[str, Any]:
    plain = [_trimmed([_plain(cell) for cell in row]) for row in rows]
    while plain and not plain[-1]:
        plain.pop()
    if sum(len(cell) for row in plain for cell in row if isinstance(cell, str)) > MOST_CHARACTERS:
        raise Refused("too_large")
    width = max(map(len, plain), default=0)
    return {"name": name[:100], "height": height, "width": width, "rows": plain}


def _plain(cell: Any) -> Any:
    """A cell in words that JSON has; a date is a list, so that it is told from text that looks like one."""
    if isinstance(cell, str):
        return cell[: LONGEST_CELL + 1]
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    if hasattr(cell, "year"):
        return [cell.isoformat()[:10]]
    return str(cell)


def _trimmed(row: Row) -> Row:
    while row and (row[-1] is None or (isinstance(row[-1], str) and not row[-1].strip())):
        row.pop()
    return row


if __name__ == "__main__":
    main()
