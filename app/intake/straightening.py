"""Finds what looks like a bar code in a grey picture and cuts it out upright, twice as large.

Bars are the one thing in print whose edges all run the same way over a wide area: the structure tensor of the gradients
shows where, and along which line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

Grey = np.ndarray[Any, np.dtype[np.uint8]]

#: Pixels of one cell of the map; bars of one pixel still show in it.
_CELL = 8
#: How much all edges of a cell must agree, and how strong they must be beside the strongest of the picture.
_AGREE = 0.55
_STRONG = 0.12
_FEWEST_CELLS = 10
MOST_PLACES = 8
#: How much of a row's contrast must outlive averaging, and how often it must change from dark to light and back.
_ALIKE, _CHANGES = 0.45, 12
#: The same where only a second code is looked for and a false place costs time.
_SURELY_ALIKE, _MANY_CHANGES = 0.58, 22
#: A cut is never larger than this, whatever the picture.
_WIDEST = 1600


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere bars may be: middle, length across the bars, height along them; the angle of the reading line."""

    x: float
    y: float
    length: float
    height: float
    angle: float

    def holds(self, x: float, y: float) -> bool:
        """Is this point inside, or near it?"""
        turn = np.deg2rad(self.angle)
        dx, dy = x - self.x, y - self.y
        along, across = dx * np.cos(turn) + dy * np.sin(turn), -dx * np.sin(turn) + dy * np.cos(turn)
        return bool(abs(along) <= self.length * 0.6 and abs(across) <= self.height * 0.75 + _CELL)


def places(grey: Grey, sure: bool = False) -> list[Place]:
    """Where bars may be, the largest first. `sure`: only where little else can be."""
    shrink = 2 if max(grey.shape) > 2400 else 1
    small = cv2.resize(grey, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA) if shrink > 1 else grey
    if min(small.shape) < 4 * _CELL:
        return []
    agree, energy, xx, yy, xy = _tensor(small)
    strong = energy > max(_STRONG * float(np.percentile(energy, 99.5)), 60.0)
    marked = ((agree > _AGREE) & strong).astype(np.uint8)
    marked = cv2.morphologyEx(marked, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, labels, stats, _middles = cv2.connectedComponentsWithStats(marked, connectivity=8)
    found = []
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] < _FEWEST_CELLS:
            continue
        place = _place(labels == label, xx, yy, xy, _CELL * shrink)
        if place.height >= 10 and place.length >= max(36, 0.6 * place.height) and _barred(small, place, shrink, sure):
            found.append(place)
    return sorted(found, key=lambda one: -one.length * one.height)[:MOST_PLACES]


def _barred(small: Grey, place: Place, shrink: int, sure: bool) -> bool:
    """Bars: all rows say the same, and it changes often. Print differs from row to row, an edge changes once."""
    here = Place(place.x / shrink, place.y / shrink, place.length / shrink, place.height / shrink, place.angle)
    middle = _rows(small, here)
    row = middle.mean(axis=0, keepdims=True)
    alike, changes = (_SURELY_ALIKE, _MANY_CHANGES) if sure else (_ALIKE, _CHANGES)
    if row.std() < alike * (middle.std(axis=1).mean() + 1):
        return False
    waves = (row - cv2.GaussianBlur(row, (0, 0), 6.0)).ravel()
    clear = waves[np.abs(waves) > max(1.5, 0.2 * float(waves.std()))]
    return int(np.count_nonzero(np.diff(np.sign(clear)))) >= changes


def _rows(small: Grey, place: Place, rows: int = 20) -> Any:
    """A few rows along the reading line, spread over the middle of the place."""
    width = max(16, min(_WIDEST, int(place.length)))
    turn = np.deg2rad(place.angle)
    along = np.array([np.cos(turn), np.sin(turn)])
    down = np.array([-np.sin(turn), np.cos(turn)]) * 0.6 * place.height / rows
    corner = np.array([place.x, place.y]) - along * width / 2 - down * rows / 2
    matrix = np.column_stack([along, down, corner])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(small, matrix, (width, rows), flags=how, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)


def _tensor(small: Grey) -> tuple[Any, ...]:
    """Per cell: how much the edges agree, their strength, and the three sums of the tensor."""
    across, down = cv2.spatialGradient(small)
    across, down = across.astype(np.float32), down.astype(np.float32)
    rows, columns = small.shape[0] // _CELL, small.shape[1] // _CELL
    size = (columns, rows)
    whole = (slice(0, rows * _CELL), slice(0, columns * _CELL))

    def pooled(product: Any) -> Any:
        return cv2.blur(cv2.resize(product[whole], size, interpolation=cv2.INTER_AREA), (3, 3))

    xx, yy, xy = pooled(across * across), pooled(down * down), pooled(across * down)
    energy = xx + yy
    agree = np.sqrt((xx - yy) ** 2 + 4 * xy**2) / (energy + 1.0)
    return agree, energy, xx, yy, xy


def _place(cells: Any, xx: Any, yy: Any, xy: Any, cell: int) -> Place:
    """The rectangle around these cells, turned so that the reading line lies level."""
    angle = 0.5 * np.arctan2(2 * float(xy[cells].sum()), float(xx[cells].sum() - yy[cells].sum()))
    rows, columns = np.nonzero(cells)
    x, y = (columns + 0.5) * cell, (rows + 0.5) * cell
    along = x * np.cos(angle) + y * np.sin(angle)
    across = -x * np.sin(angle) + y * np.cos(angle)
    middle_along, middle_across = (along.max() + along.min()) / 2, (across.max() + across.min()) / 2
    return Place(
        x=float(middle_along * np.cos(angle) - middle_across * np.sin(angle)),
        y=float(middle_along * np.sin(angle) + middle_across * np.cos(angle)),
        length=float(along.max() - along.min()) + cell,
        height=float(across.max() - across.min()) + cell,
        angle=float(np.rad2deg(angle)),
    )


def upright(grey: Grey, place: Place, enlarge: float = 2.0) -> Grey:
    """The place cut out with its quiet zones, bars standing."""
    width, height = place.length * 1.3 + 6 * _CELL, place.height
    enlarge = min(enlarge, _WIDEST / max(width, height))
    size = (max(16, int(width * enlarge)), max(16, int(height * enlarge)))
    matrix = cv2.getRotationMatrix2D((place.x, place.y), place.angle, enlarge)
    matrix[:, 2] += np.array([size[0] / 2 - place.x, size[1] / 2 - place.y])
    return cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[return-value]


def goes_on(grey: Grey, left: tuple[float, float], right: tuple[float, float]) -> bool:
    """Do the bars go on beyond both ends, or leave the picture there? Then it was a piece of a pattern, not a code."""
    step = np.array(right) - np.array(left)
    inside = _sampled(grey, np.array(left), step, np.linspace(0, 1, 96))
    middle = (int(inside.min()) + int(inside.max())) / 2
    for end, way in ((np.array(left), -step), (np.array(right), step)):
        x, y = end + 0.03 * way
        if not (0 <= x < grey.shape[1] and 0 <= y < grey.shape[0]):
            continue
        beyond = _sampled(grey, end, way, np.linspace(0.01, 0.12, 36)) > middle
        if np.count_nonzero(np.diff(beyond)) < 4:
            return False
    return True


def _sampled(grey: Grey, start: Any, step: Any, at: Any) -> Any:
    x, y = (np.rint(start[axis] + at * step[axis]).astype(int) for axis in (0, 1))
    return grey[np.clip(y, 0, grey.shape[0] - 1), np.clip(x, 0, grey.shape[1] - 1)]


def profiles(cut: Grey) -> Iterator[Grey]:
    """The cut as bands of averaged rows: what noise and blur hide in one row, many show together.

    Each band comes twice: its edges drawn out, then a blur of three pixels taken back.
    """
    height = cut.shape[0]
    for share, step in ((0.5, 0.25), (0.25, 0.125)):
        tall = max(4, int(height * share))
        for top in range(0, height - tall + 1, max(1, int(height * step))):
            row = cut[top : top + tall].mean(axis=0).astype(np.float32)
            yield _thick(_drawn_out(row))
            yield _thick(_focused(row))


def _drawn_out(row: Any) -> Any:
    return row + 2.0 * (row - cv2.GaussianBlur(row.reshape(1, -1), (0, 0), 4.0).ravel())


def _focused(row: Any, blur: float = 3.0, noise: float = 0.003) -> Any:
    """Wiener's filter against a Gaussian blur."""
    lens = np.exp(-2 * (np.pi * np.fft.rfftfreq(row.size) * blur) ** 2)
    return np.fft.irfft(np.fft.rfft(row - row.mean()) * lens / (lens * lens + noise), row.size)


def _thick(row: Any) -> Grey:
    """A row with its contrast spread, twice as fine and tall enough to be read."""
    low, high = np.percentile(row, (3, 97))
    spread = np.clip((row - low) * (255.0 / max(float(high - low), 1.0)), 0, 255).astype(np.float32)
    fine = cv2.resize(spread.reshape(1, -1), None, fx=2, fy=1, interpolation=cv2.INTER_CUBIC)
    return np.repeat(np.clip(fine, 0, 255).astype(np.uint8), 24, axis=0)
