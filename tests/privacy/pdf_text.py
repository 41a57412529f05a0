"""What a PDF says: its streams, its strings, its pictures, and the text of its pages through the fonts' own tables.

A printed name stands in a PDF as glyph numbers of a subset font; only the font's ToUnicode table makes a name of them.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def pdf_parts(content: bytes) -> Iterator[bytes]:
    """Every stream decoded, every string, every picture as PNG, the text of every page; attachments are streams."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for thing in pdf.objects:
                yield from _of_object(thing)
            for page in pdf.pages:
                yield _page_text(page).encode("utf-8", "surrogatepass")
    except (pikepdf.PdfError, ValueError):
        return


def _of_object(thing: Any) -> Iterator[bytes]:
    if isinstance(thing, pikepdf.Stream):
        try:
            yield thing.read_bytes()
        except pikepdf.PdfError:
            yield thing.read_raw_bytes()
        if thing.get("/Subtype") == "/Image":
            picture = io.BytesIO()
            pikepdf.PdfImage(thing).as_pil_image().save(picture, "PNG")
            yield picture.getvalue()
    if isinstance(thing, pikepdf.Dictionary):
        for value in thing.values():
            if isinstance(value, pikepdf.String):
                yield str(value).encode("utf-8", "surrogatepass")


def _page_text(page: Any) -> str:
    tables = {name: _table(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
    table: dict[int, str] = {}
    text = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = tables.get(str(operands[0]), {})
        elif str(operator) in {"Tj", "'", '"'}:
            text += _spoken(operands[-1], table)
        elif str(operator) == "TJ":
            text += "".join(_spoken(one, table) for one in operands[0] if isinstance(one, pikepdf.String))
    return text


def _spoken(string: Any, table: dict[int, str]) -> str:
    codes = bytes(string)
    return "".join(table.get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2))


def _table(font: Any) -> dict[int, str]:
    """Glyph number → text."""
    if "/ToUnicode" not in font:
        return {}
    table: dict[int, str] = {}
    for kind, body in _SECTION.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            table.update({int(code, 16): _text(to) for code, to in _CHAR.findall(body)})
        else:
            for first, last, to, many in _RANGE.findall(body):
                codes = range(int(first, 16), int(last, 16) + 1)
                texts = re.findall(rb"<([0-9A-Fa-f]+)>", many) if many else []
                for place, code in enumerate(codes):
                    table[code] = _text(texts[place]) if texts else chr(int(to, 16) + place)
    return table


def _text(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be", "replace")
