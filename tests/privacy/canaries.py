"""Looks for seeded names and numbers in bytes, in every form in which software writes text."""

import html
import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from tests.privacy.unpacking import unpacked


def forms(text: str) -> Iterator[bytes]:
    """The text as bytes: encodings, and the escapes of JSON, Python, HTML, XML and addresses."""
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        yield text.encode(encoding)
    if not text.isascii():
        yield json.dumps(text)[1:-1].encode()
        yield json.dumps(text)[1:-1].upper().replace("\\U", "\\u").encode()
        yield text.encode("unicode_escape")
        yield text.encode("raw_unicode_escape")
        yield "".join(f"&#{ord(c)};" for c in text).encode()
        yield "".join(f"&#x{ord(c):x};" for c in text).encode()
        for encoding in ("utf-8", "gb18030"):
            yield quote(text, safe="", encoding=encoding).encode()
            yield quote(text, safe="", encoding=encoding).lower().encode()
            yield repr(text.encode(encoding))[2:-1].encode()
    if html.escape(text) != text:
        yield html.escape(text).encode()
    if text.isdigit():
        number = int(text)
        size = (number.bit_length() + 7) // 8
        yield number.to_bytes(size, "big")  # an INTEGER of SQLite or PostgreSQL
        yield number.to_bytes(size, "little")


def found_in(content: bytes, canaries: Iterable[str]) -> set[str]:
    """Which canaries sing in these bytes, however they are packed."""
    wanted = {canary: tuple(set(forms(canary))) for canary in canaries}
    return {
        canary
        for part in unpacked(content)
        for canary, shapes in wanted.items()
        if any(shape in part for shape in shapes)
    }
