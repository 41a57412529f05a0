"""From the bytes of a picture or scan to grey pixels, upright. Runs in the reading process only (see `boxed`).

The kind is told by the first bytes, never by the name. The header is read before the pixels: a bomb is refused
unopened. What a camera wrote beside the pixels (where, when, which device) is dropped; only brightness goes on.
"""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from app.intake import limits
from app.intake.straightening import Grey

_PICTURES = {"JPEG": (b"\xff\xd8\xff",), "PNG": (b"\x89PNG\r\n\x1a\n",)}
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")
_OTHERS = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")


class Refused(Exception):
    """The file is no picture for us; the argument is a word that the house turns into a sentence."""


def open_pages(content: bytes) -> Iterator[Grey]:
    """The picture; of a PDF its pages, drawn one by one."""
    kind = sniffed(content)
    if kind == "PDF":
        yield from _drawn(content)
    else:
        yield _picture(content, kind)


def sniffed(content: bytes) -> str:
    if not content:
        raise Refused("empty")
    if len(content) > limits.LARGEST_FILE:
        raise Refused("heavy")
    for kind, marks in _PICTURES.items():
        if content.startswith(marks):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "HEIF"
    if b"%PDF-" in content[:1024]:
        return "PDF"
    raise Refused("other_kind" if content.startswith(_OTHERS) else "no_picture")


def _picture(content: bytes, kind: str) -> Grey:
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # our own limits come first, and are lower
    try:
        picture: Any = Image.open(io.BytesIO(content), formats=[kind])
        _measured(*picture.size)
        if kind == "JPEG":
            picture.draft("L", None)  # brightness alone: half the time, a third of the memory
        upright = ImageOps.exif_transpose(picture)
        return np.asarray(_on_white(upright).convert("L"))
    except Refused:
        raise
    except MemoryError:
        raise Refused("too_large") from None
    except Exception:  # whatever a broken file makes a decoder raise
        raise Refused("broken") from None


def _on_white(picture: Any) -> Any:
    """What is transparent is paper, not ink."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture
    whole = picture.convert("RGBA")
    paper = Image.new("RGBA", whole.size, (255, 255, 255, 255))
    paper.alpha_composite(whole)
    return paper


def _measured(width: int, height: int) -> None:
    if width * height > limits.MOST_PIXELS or max(width, height) > limits.LONGEST_SIDE:
        raise Refused("too_large")
    if min(width, height) < 16:
        raise Refused("too_small")


def _drawn(content: bytes) -> Iterator[Grey]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused("locked" if "password" in str(error).lower() else "broken") from None
    with document:
        if len(document) > limits.MOST_PAGES:
            raise Refused("many_pages")
        if len(document) == 0:
            raise Refused("broken")
        for number in range(len(document)):
            try:
                page = document[number]
                scale = min(limits.PAGE_PIXELS / max(*page.get_size(), 1.0), 10.0)
                drawn: Any = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_numpy()
            except pypdfium2.PdfiumError:
                raise Refused("broken") from None
            yield np.ascontiguousarray(drawn.reshape(drawn.shape[0], drawn.shape[1], -1)[:, :, 0])
