"""Photographs as a hurried clerk takes them, made by arithmetic: the same number makes the same picture everywhere.

A sheet of paper with one to four codes and print around them is laid askew on a table, badly lit, out of focus, with a
reflection or a finger on it, and kept as a small JPEG. `picture(n)` says what may be read in it, exactly.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import segno
import zxingcpp

Grey = np.ndarray
KINDS = ("Code128", "QRCode", "EAN13", "DataMatrix")
#: What is done to a picture, in the order in which light and lens do it.
FAULTS = ("perspective", "occlusion", "glare", "low_light", "blur", "jpeg40", "all_little")


@dataclass(frozen=True, slots=True)
class Hard:
    """One made photograph: its bytes as a camera would write them, and the codes that stand in it."""

    number: int
    fault: str
    jpeg: bytes
    codes: tuple[tuple[str, str], ...]


def picture(number: int) -> Hard:
    """The photograph of this number."""
    chance = np.random.default_rng([2026, number])
    fault = FAULTS[number % len(FAULTS)]
    kinds = _kinds(number, chance)
    codes = tuple((kind, _text(kind, chance)) for kind in kinds)
    sheet, boxes = _sheet(codes, chance)
    if fault in ("occlusion", "all_little"):
        for box in boxes:
            _cover(sheet, box, 0.15 if fault == "occlusion" else 0.05, chance)
    seen = _photograph(sheet, chance, tilt=0.22 if fault == "perspective" else 0.09)
    seen = _LIGHT[fault](seen, chance)
    return Hard(number, fault, _jpeg(seen, 40 if fault in ("jpeg40", "all_little") else 75), codes)


def _kinds(number: int, chance: np.random.Generator) -> list[str]:
    """Two pictures in three hold one code; every kind leads equally often."""
    first = KINDS[number % len(KINDS)]
    more = int(chance.choice([0, 0, 0, 0, 0, 0, 1, 2, 3]))
    return [first, *(str(kind) for kind in chance.choice(KINDS, more))]


def _text(kind: str, chance: np.random.Generator) -> str:
    digits = "".join(str(one) for one in chance.integers(0, 10, 24))
    if kind == "EAN13":
        twelve = "6" + digits[:11]
        odd, even = sum(map(int, twelve[::2])), sum(map(int, twelve[1::2]))
        return twelve + str(-(odd + 3 * even) % 10)
    if kind == "QRCode":
        return digits[:21] if chance.random() < 0.6 else f"HTTPS://EXAMPLE.CN/V/{digits[:16]}"
    if kind == "DataMatrix":
        return digits[:20]
    return digits[: int(chance.choice([12, 18, 20]))]


def draw(kind: str, text: str, scale: int) -> Grey:
    """A clean code with its quiet zone, black on white."""
    if kind == "QRCode":
        rows = np.array(list(segno.make(text, error="m", micro=False).matrix), np.uint8)
        cells = np.pad(1 - rows, 4, constant_values=1) * 255
        return np.kron(cells, np.ones((scale, scale), np.uint8)).astype(np.uint8)
    code = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    cells = np.array(code.to_image(scale=1, add_quiet_zones=False), np.uint8)
    if kind == "DataMatrix":
        return np.kron(np.pad(cells, 3, constant_values=255), np.ones((scale, scale), np.uint8))
    row = np.pad(cells[cells.shape[0] // 2], 10, constant_values=255)
    bars = np.repeat(row, scale // 2 + 1)[None].repeat(22 * scale, 0)
    return np.pad(bars, ((4 * scale, 4 * scale), (0, 0)), constant_values=255)


def _sheet(codes: tuple[tuple[str, str], ...], chance: np.random.Generator) -> tuple[Grey, list[tuple[int, ...]]]:
    """Paper with print, and where the codes stand on it."""
    sheet = np.full((1000, 1400), 244, np.uint8)
    print_lines(sheet, chance, 26)
    places = [(60, 60), (760, 60), (60, 530), (760, 530)]
    chance.shuffle(places)
    boxes = []
    for (kind, text), (left, top) in zip(codes, places, strict=False):
        scale = int(chance.integers(4, 6)) if kind != "DataMatrix" else int(chance.integers(6, 9))
        drawn = draw(kind, text, scale)
        height, width = min(drawn.shape[0], 440), min(drawn.shape[1], 630)
        drawn = drawn[:height] if drawn.shape[1] <= 630 else cv2.resize(drawn, (width, height))
        sheet[top - 20 : top + height + 20, left - 20 : left + width + 20] = 244
        sheet[top : top + height, left : left + width] = np.minimum(drawn, 244)
        boxes.append((left, top, width, height))
    return sheet, boxes


def print_lines(sheet: Grey, chance: np.random.Generator, lines: int) -> None:
    """Something like print: strokes in rows, so that not everything dark is a code."""
    height, width = sheet.shape
    for line in range(lines):
        top = int((line + 0.5) * height / lines)
        left = 30
        while left < width - 60:
            for _stroke in range(3):
                x, y = left + int(chance.integers(0, 14)), top + int(chance.integers(0, 14))
                cv2.line(sheet, (x, y), (x + int(chance.integers(2, 12)), y + int(chance.integers(-8, 9))), 70, 2)
            left += int(chance.integers(18, 30))


def _cover(sheet: Grey, box: tuple[int, ...], share: float, chance: np.random.Generator) -> None:
    """A finger over a corner of the code: this share of its area."""
    left, top, width, height = box
    across = float(chance.uniform(0.3, 0.6))
    wide, high = int(width * across), int(height * share / across)
    right, low = bool(chance.integers(0, 2)), bool(chance.integers(0, 2))
    x, y = left + (width - wide if right else 0), top + (height - high if low else 0)
    cv2.rectangle(sheet, (x, y), (x + wide, y + high), 150, -1)


def _photograph(sheet: Grey, chance: np.random.Generator, tilt: float) -> Grey:
    """The sheet on a table, turned and seen from the side."""
    height, width = sheet.shape
    out_w, out_h = 1280, 960
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = np.deg2rad(chance.uniform(-35, 35) + 90 * int(chance.choice([0, 0, 0, 1, 2, 3])))
    middle = corners - corners.mean(0)
    around = middle @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]], np.float32)
    size = np.ptp(around, axis=0)
    around *= float(min(out_w / size[0], out_h / size[1])) * float(chance.uniform(0.9, 1.02))
    around += chance.uniform(-tilt, tilt, (4, 2)).astype(np.float32) * min(out_w, out_h) * 0.5
    around += np.array([out_w / 2, out_h / 2], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, around.astype(np.float32))
    return cv2.warpPerspective(sheet, matrix, (out_w, out_h), flags=cv2.INTER_AREA, borderValue=96)


def _plain(seen: Grey, chance: np.random.Generator) -> Grey:
    return _noise(seen.astype(np.float32), chance, 3)


def _noise(light: Grey, chance: np.random.Generator, strength: float) -> Grey:
    grain = chance.normal(0, strength, light.shape).astype(np.float32)
    return np.clip(light + grain, 0, 255).astype(np.uint8)


def _glare(seen: Grey, chance: np.random.Generator) -> Grey:
    height, width = seen.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    middle = chance.uniform(0.3, 0.7, 2)
    far = ((x - middle[0] * width) / (0.22 * width)) ** 2 + ((y - middle[1] * height) / (0.16 * height)) ** 2
    return _noise(seen + 150 * np.exp(-far).astype(np.float32), chance, 3)


def _low_light(seen: Grey, chance: np.random.Generator) -> Grey:
    y, x = np.mgrid[0:1:960j, 0:1:1280j].astype(np.float32)
    shade = 0.16 + 0.14 * (x * float(chance.uniform(-1, 1)) + y * float(chance.uniform(-1, 1)))
    return _noise(seen * np.clip(shade, 0.07, 0.5) + 8, chance, float(chance.uniform(4, 8)))


def _blur(seen: Grey, chance: np.random.Generator) -> Grey:
    if chance.random() < 0.5:
        return _plain(cv2.GaussianBlur(seen, (0, 0), float(chance.uniform(0.9, 1.7))), chance)
    length, angle = int(chance.integers(4, 8)), float(chance.uniform(0, 180))
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1
    turn = cv2.getRotationMatrix2D(((length - 1) / 2, (length - 1) / 2), angle, 1)
    kernel = cv2.warpAffine(kernel, turn, (length, length))
    return _plain(cv2.filter2D(seen, -1, kernel / max(kernel.sum(), 1e-6)), chance)


def _all_little(seen: Grey, chance: np.random.Generator) -> Grey:
    soft = cv2.GaussianBlur(seen, (0, 0), float(chance.uniform(0.8, 1.4)))
    return _noise(soft * float(chance.uniform(0.35, 0.7)) + 10, chance, 5)


_LIGHT: dict[str, Callable[[Grey, np.random.Generator], Grey]] = {
    "perspective": _plain,
    "occlusion": _plain,
    "glare": _glare,
    "low_light": _low_light,
    "blur": _blur,
    "jpeg40": _plain,
    "all_little": _all_little,
}


def _jpeg(seen: Grey, quality: int) -> bytes:
    return cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
