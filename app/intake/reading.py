"""Reads the codes in one grey picture: the quickest way first, more only while something is missing and time is left.

The order was measured (docs/performance.md). A wrong text is worse than none: what only a guess can read is left out.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar
from pyzbar.pyzbar import ZBarSymbol

from app.intake.straightening import Grey, Place, goes_on, places, profiles, upright

BUDGET = 1.0
_SMALLER, _LARGER = 1400, 2600
_MATRIX = "QRCode|MicroQRCode|DataMatrix"
_LINEAR = "Code128|EAN13|EAN8|UPCA"
#: What scanners on desks read. Code 39 has no check of its own and stays out of the later, bolder steps.
_ALL = zxingcpp.barcode_formats_from_str(f"{_MATRIX}|{_LINEAR}|Code39")
_BOLD = zxingcpp.barcode_formats_from_str(f"{_MATRIX}|{_LINEAR}")
_CELLS = zxingcpp.barcode_formats_from_str(_MATRIX)
_BARS = zxingcpp.barcode_formats_from_str(_LINEAR)
#: Stripes of even width look like these codes.
_EVEN = frozenset({"EAN13", "EAN8", "UPCA"})
_GLOBAL = zxingcpp.Binarizer.GlobalHistogram
_ANOTHER = {ZBarSymbol.QRCODE: "QRCode", ZBarSymbol.CODE128: "Code128", ZBarSymbol.EAN13: "EAN13"}
#: Shorter than any code that says something; noise is short.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what it says, what kind of symbol it is, where its middle lies in the picture."""

    text: str
    format: str
    x: float
    y: float


@dataclass(slots=True)
class _Search:
    """One picture being read: what was found so far and how long it may still take."""

    grey: Grey
    until: float
    found: list[Code] = field(default_factory=list)
    #: What looks like bars and is none of the codes found.
    left: list[Place] = field(default_factory=list)

    @property
    def late(self) -> bool:
        return time.monotonic() >= self.until

    def take(self, codes: Iterable[Code]) -> None:
        for code in codes:
            if len(code.text) >= _SHORTEST and not any(self._same(code, one) for one in self.found):
                self.found.append(code)
        self.left = [place for place in self.left if not any(place.holds(one.x, one.y) for one in self.found)]

    def _same(self, one: Code, other: Code) -> bool:
        return one.text == other.text and one.format == other.format


def read_codes(grey: Grey, budget: float = BUDGET) -> list[Code]:
    """Every code in the picture, in the order in which they were found."""
    search = _Search(grey, time.monotonic() + budget)
    search.take(_zxing(grey, _ALL, try_invert=False))
    search.left = places(grey, sure=bool(search.found))
    search.take(())
    if search.found and search.left:
        _cut_out_bars(search)
    if len(search.found) > 1:
        _enlarge(search)  # where several are, one more is likely
    for step in _STEPS:
        if search.late or search.found:
            break
        step(search)
    return search.found


def _zxing(
    grey: Grey,
    formats: Any,
    *,
    scale: float = 1.0,
    at: Callable[[float, float], tuple[float, float]] | None = None,
    **options: Any,
) -> list[Code]:
    found = zxingcpp.read_barcodes(grey, formats=formats, text_mode=zxingcpp.TextMode.Plain, **options)
    codes = []
    for one in found:
        if one.format.name in _EVEN and (goes_on(grey, *_ends(one.position)) or _contested(one, found)):
            continue
        x, y = _middle(one.position)
        codes.append(Code(one.text, one.format.name, *(at(x, y) if at else (x / scale, y / scale))))
    return codes


def _contested(one: Any, found: Any) -> bool:
    """Does another text of the same kind stand in the same place? Then neither is believed here."""
    (left, right), (x, y) = _ends(one.position), _middle(one.position)
    near = 0.25 * (abs(right[0] - left[0]) + abs(right[1] - left[1]))
    others = (_middle(other.position) for other in found if other.format == one.format and other.text != one.text)
    return any(abs(x - there_x) + abs(y - there_y) <= near for there_x, there_y in others)


def _middle(position: Any) -> tuple[float, float]:
    corner, across = position.top_left, position.bottom_right
    return (corner.x + across.x) / 2, (corner.y + across.y) / 2


def _ends(position: Any) -> tuple[tuple[float, float], tuple[float, float]]:
    """The two ends of the reading line of bars."""
    left, right = (position.top_left, position.bottom_left), (position.top_right, position.bottom_right)
    return tuple((sum(one.x for one in end) / 2, sum(one.y for one in end) / 2) for end in (left, right))  # type: ignore[return-value]


def _cut_out_bars(search: _Search) -> None:
    """Each place that looks like bars, upright and enlarged."""
    for place in list(search.left):
        if search.late:
            return
        search.take(_bars(search.grey, place))


def _bars(grey: Grey, place: Place) -> list[Code]:
    def middle(_x: float, _y: float) -> tuple[float, float]:
        return place.x, place.y

    cut = upright(grey, place)
    for options in ({}, {"binarizer": _GLOBAL}):
        codes = _zxing(cut, _BARS, at=middle, try_rotate=False, try_invert=False, **options)
        if codes:
            return codes
    # One averaged row is one witness: two must say the same, three where the check digit is weak, and nobody otherwise.
    heard: Counter[Code] = Counter()
    for profile in profiles(cut):
        heard.update(_zxing(profile, _BARS, at=middle, try_rotate=False, try_invert=False, try_downscale=False))
        for code, times in heard.items():
            if len(heard) == 1 and times == (3 if code.format in _EVEN else 2):
                return [code]
    (first, most), (_second, next_most) = ([*heard.most_common(2), (None, 0), (None, 0)])[:2]
    return [first] if first and most >= 4 * max(1, next_most) else []


def _enlarge(search: _Search) -> None:
    """Cells of two pixels and less are read better at twice the size."""
    scale = min(2.0, _LARGER / max(search.grey.shape))
    search.take(_zxing(_scaled(search.grey, scale), _CELLS, scale=scale, try_invert=False))


def _sharpen(search: _Search) -> None:
    """Against a lens out of focus."""
    scale = min(1.0, _LARGER / max(search.grey.shape))
    grey = _scaled(search.grey, scale)
    sharp: Any = cv2.addWeighted(grey, 3.0, cv2.GaussianBlur(grey, (0, 0), 2.0), -2.0, 0)
    search.take(_zxing(sharp, _CELLS, scale=scale, try_invert=False))


def _smooth(search: _Search) -> None:
    """Without its grain, and smaller: for night pictures."""
    scale = min(0.7, _SMALLER / max(search.grey.shape))
    soft: Any = cv2.medianBlur(_scaled(search.grey, scale), 3)
    search.take(_zxing(soft, _BOLD, scale=scale, try_invert=True))


def _one_threshold(search: _Search) -> None:
    """One threshold for all, after the shading of the paper is divided out."""
    scale = min(1.0, _LARGER / max(search.grey.shape))
    grey = _scaled(search.grey, scale)
    level: Any = cv2.divide(grey, cv2.blur(grey, (61, 61)), scale=170)
    search.take(_zxing(level, _BOLD, scale=scale, binarizer=_GLOBAL, try_invert=False))


def _ask_another(search: _Search) -> None:
    """A second decoder, believed only where it cannot have guessed an encoding."""
    scale = min(1.0, _LARGER / max(search.grey.shape))
    for one in pyzbar.decode(_scaled(search.grey, scale), symbols=list(_ANOTHER)):
        text = one.data.decode("latin-1")
        if text.isascii() and text.isprintable():
            x, y = one.rect.left + one.rect.width / 2, one.rect.top + one.rect.height / 2
            search.take([Code(text, _ANOTHER[ZBarSymbol[one.type]], x / scale, y / scale)])


def _scaled(grey: Grey, scale: float) -> Grey:
    if scale == 1:
        return grey
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how)  # type: ignore[return-value]


_STEPS: tuple[Callable[[_Search], None], ...] = (
    _cut_out_bars,
    _enlarge,
    _sharpen,
    _smooth,
    _one_threshold,
    _ask_another,
)


def warm_up() -> None:
    """What a first call would pay for: loading, tables, memory."""
    read_codes(np.full((64, 64), 255, np.uint8))
