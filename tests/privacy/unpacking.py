"""Takes bytes apart: whatever could hide a name in a file is opened, and what comes out is opened again.

Archives, databases, compressed streams at any offset, base64 and hex at any alignment, pickles (read, never run), PDF
pages, pictures with printed codes. A searcher that cannot see into a thing would call it clean.
"""

import base64
import binascii
import bz2
import io
import lzma
import pickletools
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator

import cv2
import numpy as np
from pyzbar import pyzbar

from tests.privacy.pdf_text import pdf_parts

_DEEPEST = 6
_LARGEST = 8 * 1024 * 1024
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}={0,2}")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){6,}")
_PICKLE = re.compile(rb"\x80[\x02-\x05]")
_ZLIB = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78].", re.DOTALL)
_GZIP = re.compile(rb"\x1f\x8b\x08")


def unpacked(content: bytes, *, depth: int = 0) -> Iterator[bytes]:
    """The content itself and everything that is packed in it."""
    yield content
    if depth < _DEEPEST:
        for part in _parts(content):
            yield from unpacked(part[:_LARGEST], depth=depth + 1)


def _parts(content: bytes) -> Iterator[bytes]:
    yield from _archive(content)
    yield from _database(content)
    yield from _streams(content)
    yield from _texts(content)
    yield from _pickles(content)
    if content[:1024].find(b"%PDF-") >= 0:
        yield from pdf_parts(content)
    yield from _codes(content)


def _archive(content: bytes) -> Iterator[bytes]:
    """ZIP, and with it XLSX, DOCX, ODS."""
    if b"PK\x03\x04" not in content:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (name.encode() for name in archive.namelist())
            yield from (archive.read(name) for name in archive.namelist())
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return


def _database(content: bytes) -> Iterator[bytes]:
    """Every value of an SQLite file: a long one is cut in pieces among the pages."""
    if not content.startswith(b"SQLite format 3\x00"):
        return
    connection = sqlite3.connect(":memory:")
    connection.text_factory = bytes
    try:
        connection.deserialize(content[:18] + b"\x01\x01" + content[20:])  # 2 there means: with a log beside it
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            for row in connection.execute(f'SELECT * FROM "{name.decode()}"'):
                yield from (value for value in row if isinstance(value, bytes) and value)
    except sqlite3.DatabaseError:
        return
    finally:
        connection.close()


def _streams(content: bytes) -> Iterator[bytes]:
    """zlib and gzip wherever they begin (a blob in a database file), bzip2 and xz at the beginning."""
    for found in _ZLIB.finditer(content):
        if int.from_bytes(found.group(), "big") % 31 == 0:  # the check of a zlib header
            yield from _inflated(content[found.start() :], 15)
    for found in _GZIP.finditer(content):
        yield from _inflated(content[found.start() :], 31)
    for opener, magic in ((bz2.BZ2Decompressor, b"BZh"), (lzma.LZMADecompressor, b"\xfd7zXZ")):
        if content.startswith(magic):
            try:
                yield opener().decompress(content, max_length=_LARGEST)
            except (OSError, lzma.LZMAError, EOFError):
                continue


def _inflated(content: bytes, window: int) -> Iterator[bytes]:
    """What can be inflated, also of a stream that is cut off."""
    stream, out = zlib.decompressobj(window), b""
    try:
        for start in range(0, len(content), 64):
            out += stream.decompress(content[start : start + 64], _LARGEST)
            if stream.eof or len(out) > _LARGEST:
                break
    except zlib.error:
        pass
    if len(out) >= 4:
        yield out


def _texts(content: bytes) -> Iterator[bytes]:
    """Base64 (plain and for addresses) and hex. Text before it shifts its beginning: every alignment is tried."""
    for found in _BASE64.finditer(content):
        run = found.group().rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        for shift in range(4):
            piece = run[shift:]
            yield base64.b64decode(piece[: len(piece) // 4 * 4] + _rest(piece))
    for found in _HEX.finditer(content):
        yield binascii.unhexlify(found.group())
        yield binascii.unhexlify(found.group()[1:-1])


def _rest(piece: bytes) -> bytes:
    """The last, incomplete group, filled up."""
    rest = piece[len(piece) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _pickles(content: bytes) -> Iterator[bytes]:
    """The strings and bytes of pickles, read without running them."""
    for found in _PICKLE.finditer(content):
        try:
            for _, argument, _ in pickletools.genops(content[found.start() :]):
                if isinstance(argument, bytes | bytearray):
                    yield bytes(argument)
                elif isinstance(argument, str):
                    yield argument.encode("utf-8", "surrogatepass")
        except (ValueError, UnicodeDecodeError, KeyError, IndexError, OverflowError, EOFError):
            continue


def _codes(content: bytes) -> Iterator[bytes]:
    """What is printed as a bar or QR code on a picture."""
    if not content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"BM", b"RIFF")):
        return
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    if picture is not None:
        yield from (code.data for code in pyzbar.decode(picture))
