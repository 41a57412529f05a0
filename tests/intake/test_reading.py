"""Codes are read however they lie, hard pictures better than by one decoder alone; where none stands, none is read."""

from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp

from app.intake.reading import read_codes
from scripts.bench_intake.hard_pictures import FAULTS, picture
from tests.intake.pictures import page, without_code

CODES = (
    ("QRCode", "819701485174340539698"),
    ("Code128", "330106202020034071"),
    ("EAN13", "6901028075831"),
    ("DataMatrix", "81234567890123456789"),
)


def said(grey: Any) -> set[tuple[str, str]]:
    return {(one.format, one.text) for one in read_codes(grey, budget=20)}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("angle", [0, 17, 90, 200])
def test_every_kind_at_every_angle(code: tuple[str, str], angle: int) -> None:
    sheet = page(code)
    size = int(np.hypot(*sheet.shape)) + 20
    middle = (sheet.shape[1] / 2, sheet.shape[0] / 2)
    turn = cv2.getRotationMatrix2D(middle, angle, 1)
    turn[:, 2] += size / 2 - np.array(middle)
    assert said(cv2.warpAffine(sheet, turn, (size, size), borderValue=255)) == {code}


def test_four_on_one_page() -> None:
    assert said(page(*CODES)) == set(CODES)


def test_the_same_code_twice_is_one() -> None:
    assert [one.text for one in read_codes(page(CODES[1], CODES[1]))] == [CODES[1][1]]


@pytest.mark.parametrize("fault", range(len(FAULTS)), ids=FAULTS)
def test_hard_pictures(fault: int) -> None:
    """Of each kind of fault some: at least what zxing-cpp alone reads, and nothing that does not stand there."""
    alone = ours = 0
    for number in range(fault, 8 * len(FAULTS), len(FAULTS)):
        hard = picture(number)
        grey = cv2.imdecode(np.frombuffer(hard.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
        there = {text for _kind, text in hard.codes}
        read = {one.text for one in read_codes(grey, budget=20)}
        assert read <= there
        ours += len(read)
        alone += len({one.text for one in zxingcpp.read_barcodes(grey)} & there)
    assert ours >= alone
    assert ours > 0


@pytest.mark.parametrize("number", range(48))
def test_nothing_is_read_where_nothing_stands(number: int) -> None:
    assert read_codes(without_code(number), budget=20) == []


def test_it_stops_when_its_time_is_over() -> None:
    grey = without_code(5)
    first = zxingcpp.read_barcodes(grey)
    assert read_codes(grey, budget=0.0) == []
    assert first == []


def test_a_picture_of_one_pixel_row_is_no_accident() -> None:
    assert read_codes(np.full((1, 400), 255, np.uint8)) == []
