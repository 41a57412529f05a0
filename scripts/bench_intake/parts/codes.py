"""Codes in hard pictures: what we read, beside zxing-cpp, pyzbar and OpenCV alone on the same pixels in the same run.

Every decoder gets the grey picture in memory and is timed by the processor seconds of its call; ours and zxing-cpp by
the better of two calls, turn by turn. A picture counts as read when every code in it is. A wrong text ends the run.
"""

import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar

from app.intake.reading import read_codes
from scripts.bench_intake.hard_pictures import Hard, picture
from tests.intake.pictures import without_code

TITLE = "Codes in hard pictures"
PICTURES, QUICK = 420, 56
EMPTY, QUICK_EMPTY = 60, 48

Decoder = Callable[[Any], list[str]]


def _ours(grey: Any) -> list[str]:
    return [one.text for one in read_codes(grey)]


def _zxing(grey: Any) -> list[str]:
    return [one.text for one in zxingcpp.read_barcodes(grey)]


def _zbar(grey: Any) -> list[str]:
    return [one.data.decode("utf-8", "replace") for one in pyzbar.decode(grey, symbols=_ZBAR)]


def _opencv(grey: Any) -> list[str]:
    square = cv2.QRCodeDetectorAruco().detectAndDecodeMulti(grey)
    bars = cv2.barcode.BarcodeDetector().detectAndDecodeMulti(grey)
    return [text for found in (square, bars) if found[0] for text in found[1] if text]


#: All but DataBar, whose reader prints warnings on noise.
_ZBAR = [one for one in pyzbar.ZBarSymbol if one.name not in {"DATABAR", "DATABAR_EXP", "NONE", "PARTIAL", "COMPOSITE"}]
DECODERS: dict[str, Decoder] = {"ours": _ours, "zxing-cpp": _zxing, "pyzbar": _zbar, "OpenCV": _opencv}


@dataclass(slots=True)
class Tally:
    """What one decoder did."""

    whole: set[int] = field(default_factory=set)
    seconds: dict[int, float] = field(default_factory=dict)
    read: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    false: int = 0


def run(quick: bool) -> str:
    cv2.setNumThreads(1)
    tallies = {name: Tally() for name in DECODERS}
    there: Counter[str] = Counter()
    count, empty = (QUICK, QUICK_EMPTY) if quick else (PICTURES, EMPTY)
    for number in range(count):
        _measure(picture(number), tallies, there)
    for number in range(empty):
        grey = without_code(number)
        for name in ("ours", "zxing-cpp"):
            tallies[name].false += len(DECODERS[name](grey))
    return _report(tallies, there, count, empty)


def _measure(hard: Hard, tallies: dict[str, Tally], there: Counter[str]) -> None:
    grey = cv2.imdecode(np.frombuffer(hard.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    wanted = {text for _kind, text in hard.codes}
    spent: dict[str, list[float]] = defaultdict(list)
    said: dict[str, set[str]] = {}
    for turn in range(2):
        for name, decode in DECODERS.items():
            if turn and name not in ("ours", "zxing-cpp"):
                continue
            began = time.thread_time()
            said[name] = set(decode(grey))
            spent[name].append(time.thread_time() - began)
    for kind, _text in hard.codes:
        there.update([kind, hard.fault])
    for name, tally in tallies.items():
        tally.seconds[hard.number] = min(spent[name])
        tally.wrong += len(said[name] - wanted)
        if wanted <= said[name]:
            tally.whole.add(hard.number)
        for kind, text in hard.codes:
            if text in said[name]:
                tally.read.update([kind, hard.fault])


def _report(tallies: dict[str, Tally], there: Counter[str], count: int, empty: int) -> str:
    columns = list(there)
    print(f"{count} pictures with codes, {empty} without; ms of processor time, median and 95th percentile")
    print(f"{'':10} whole  wrong  median    p95   " + "  ".join(f"{name[:11]:>11}" for name in columns))
    for name, tally in tallies.items():
        times = sorted(1000 * one for one in tally.seconds.values())
        shares = "  ".join(f"{tally.read[one] / there[one]:>11.0%}" for one in columns)
        middle, late = statistics.median(times), times[int(0.95 * len(times))]
        print(f"{name:10} {len(tally.whole):5}  {tally.wrong:5}  {middle:6.1f} {late:6.1f}   {shares}")
    ours = tallies["ours"]
    best = max((one for one in tallies if one != "ours"), key=lambda one: len(tallies[one].whole))
    there_best = tallies[best].whole
    pace = _median(ours, there_best) / _median(tallies[best], there_best)
    print(f"false reads on {empty} pictures without a code: ours {ours.false}, zxing-cpp {tallies['zxing-cpp'].false}")
    print(f"on the {len(there_best)} pictures that {best} reads we take {pace:.2f} × its median time")
    if ours.wrong or ours.false:
        sys.exit("A wrong text is worse than none: look at what was read before anything else.")
    return (
        f"{len(ours.whole)}/{count} pictures, best single ({best}) {len(there_best)}, at {pace:.2f} × its median; "
        f"Code128 {ours.read['Code128'] / there['Code128']:.0%}, wrong {ours.wrong}, false {ours.false}"
    )


def _median(tally: Tally, numbers: set[int]) -> float:
    return statistics.median(tally.seconds[number] for number in numbers)
