"""The square code survives paper: large enough, quiet around, read back from a grey, blurred, tilted picture."""

import io
from pathlib import Path

import cv2
import numpy
import pytest
from PIL import Image, ImageFilter
from pyzbar import pyzbar

from forms.paper import qr
from forms.paper.notice_printing import print_notices
from forms.paper.printing import Press
from tests.paper.sheets import CODE, notice, owed, picture, records


@pytest.fixture(scope="module")
def sheet(press: Press) -> bytes:
    return print_notices(press, [notice("林知夏", owed=owed(3), records=records())])


def read(image: Image.Image) -> set[str]:
    return {found.data.decode("ascii") for found in pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE])}


def test_both_codes_of_a_sheet_say_the_bare_number(sheet: bytes, tmp_path: Path) -> None:
    image = picture(sheet, tmp_path, dpi=150)
    found = pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE])

    assert [one.data.decode("ascii") for one in found] == [CODE, CODE]


def test_opencv_reads_it_too(sheet: bytes, tmp_path: Path) -> None:
    image = picture(sheet, tmp_path, dpi=150)
    head = numpy.asarray(image.crop((image.width // 2, 0, image.width, image.height // 4)))
    assert cv2.QRCodeDetector().detectAndDecode(head)[0] == CODE


@pytest.mark.parametrize("dpi", [110, 150])
@pytest.mark.parametrize("tilt", [0, 7, -15])
def test_a_grey_blurred_tilted_picture_is_read(sheet: bytes, tmp_path: Path, dpi: int, tilt: int) -> None:
    """A weak printer and a phone held badly: little contrast, noise, out of focus by a fifth of a module."""
    image = picture(sheet, tmp_path, dpi=dpi).rotate(tilt, expand=True, fillcolor=255)
    faded = image.point(lambda grey: 90 + grey * 110 // 255)
    noise = numpy.random.default_rng(7).normal(0, 9, (faded.height, faded.width))
    noisy = Image.fromarray(numpy.clip(numpy.asarray(faded) + noise, 0, 255).astype("uint8"))

    assert CODE in read(noisy.filter(ImageFilter.GaussianBlur(dpi / 110)))


def test_the_symbol_is_at_least_25_mm_wide(sheet: bytes, tmp_path: Path) -> None:
    dpi = 300
    image = picture(sheet, tmp_path, dpi=dpi)
    for found in pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE]):
        around = found.rect
        margin = 12
        box = (
            around.left - margin,
            around.top - margin,
            around.left + around.width + margin,
            around.top + around.height + margin,
        )
        ink = numpy.asarray(image.crop(box)) < 128
        columns, rows = numpy.where(ink.any(axis=0))[0], numpy.where(ink.any(axis=1))[0]
        assert (columns.max() - columns.min() + 1) / dpi * 25.4 >= 25
        assert (rows.max() - rows.min() + 1) / dpi * 25.4 >= 25


def test_four_modules_around_stay_white(sheet: bytes, tmp_path: Path) -> None:
    dpi = 300
    image = picture(sheet, tmp_path, dpi=dpi)
    module = 34.8 / qr.MODULES / 25.4 * dpi
    white = numpy.asarray(image) > 200
    for found in pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE]):
        left, top = found.rect.left, found.rect.top
        right, bottom = left + found.rect.width, top + found.rect.height
        quiet, edge = int(3.5 * module), 4
        assert white[top - quiet : top - edge, left:right].all()
        assert white[top:bottom, left - quiet : left - edge].all()
        assert white[top:bottom, right + edge : right + quiet].all()


def test_below_the_code_the_digits_keep_their_distance(sheet: bytes, tmp_path: Path) -> None:
    """The quiet zone below holds too: the digits stand under it."""
    dpi = 300
    image = picture(sheet, tmp_path, dpi=dpi)
    module = 34.8 / qr.MODULES / 25.4 * dpi
    head = min(pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE]), key=lambda one: one.rect.top).rect
    white = numpy.asarray(image) > 200
    bottom = head.top + head.height
    assert white[bottom + 5 : bottom + int(1.2 * module), head.left : head.left + head.width].all()


def test_the_picture_is_a_small_png_of_one_symbol() -> None:
    png = qr.picture(CODE)
    with Image.open(io.BytesIO(png)) as opened:
        assert opened.size == (qr.MODULES * 8, qr.MODULES * 8)
    assert len(png) < 1_500


def test_another_code_is_another_picture() -> None:
    assert qr.picture(CODE) != qr.picture("9" * 21)
    assert qr.picture(CODE) == qr.picture(CODE)
