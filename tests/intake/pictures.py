"""Pictures for tests of the intake: clean codes on a page, and files that are none or worse."""

import io
import struct
import zlib
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from scripts.bench_intake.hard_pictures import draw, print_lines


def page(*codes: tuple[str, str], scale: int = 6) -> Any:
    """A white page with these codes under each other."""
    drawn = [draw(kind, text, scale) for kind, text in codes]
    sheet = np.full(
        (sum(one.shape[0] + 60 for one in drawn) + 60, max(one.shape[1] for one in drawn) + 120), 255, np.uint8
    )
    top = 60
    for one in drawn:
        sheet[top : top + one.shape[0], 60 : 60 + one.shape[1]] = one
        top += one.shape[0] + 60
    return sheet


def png(grey: Any) -> bytes:
    return saved(Image.fromarray(grey), "PNG")


def saved(picture: Image.Image, kind: str, **more: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def scan(*pages: Any) -> bytes:
    """A PDF with a picture on each page."""
    pictures = [Image.fromarray(one).convert("RGB") for one in pages]
    return saved(pictures[0], "PDF", save_all=True, append_images=pictures[1:])


def blank_pdf(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _number in range(pages):
        document.new_page(200, 200)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of side × side pixels in a few kilobytes, written without ever having them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    pixels = b"".join(packer.compress(row) for _row in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def without_code(number: int) -> Any:
    """A picture in which there is nothing to read: print, stripes, tables, grain, checks."""
    chance = np.random.default_rng([7, number])
    sheet = np.full((900, 1200), 240, np.uint8)
    kind = number % 6
    if kind == 0:
        print_lines(sheet, chance, int(chance.integers(12, 40)))
    elif kind == 1:
        width = int(chance.integers(3, 16))
        sheet[:, np.arange(1200) // width % 2 == 0] = 30
    elif kind == 2:
        for at in range(40, 1200, int(chance.integers(24, 90))):
            cv2.line(sheet, (at, 40), (at, 860), 40, 2)
        for at in range(40, 900, int(chance.integers(24, 90))):
            cv2.line(sheet, (40, at), (1160, at), 40, 2)
        print_lines(sheet[::2, ::2].copy(), chance, 12)
    elif kind == 3:
        sheet = chance.integers(0, 256, sheet.shape).astype(np.uint8)
    elif kind == 4:
        edges = np.cumsum(chance.integers(2, 14, 300))
        sheet[:] = np.where(np.searchsorted(edges, np.arange(1200)) % 2 == 0, 235, 25).astype(np.uint8)
    else:
        size = int(chance.integers(6, 30))
        cells = chance.integers(0, 2, (900 // size + 1, 1200 // size + 1)).astype(np.uint8) * 255
        sheet = np.kron(cells, np.ones((size, size), np.uint8))[:900, :1200]
    turn = cv2.getRotationMatrix2D((600, 450), float(chance.uniform(0, 180)), 1.0)
    return cv2.warpAffine(sheet, turn, (1200, 900), borderValue=200)
