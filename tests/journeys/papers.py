"""Reads a printed paper as a person and a scanner do: the words line by line, the square codes off the picture."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import cv2
from pyzbar import pyzbar

#: What an office printer and a cheap gun make of it at the worst.
_DPI = 110


@dataclass(frozen=True)
class Sheet:
    """One page."""

    text: str
    codes: frozenset[str]

    @property
    def lines(self) -> list[str]:
        """Without the space that typesetting puts between."""
        return [plain(line) for line in self.text.splitlines() if line.strip()]


def sheets(pdf: bytes, folder: Path) -> list[Sheet]:
    """Every page of a paper."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    words = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    return [
        Sheet(text, _codes(file, number, folder))
        for number, text in enumerate(words.removesuffix("\f").split("\f"), start=1)
    ]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _codes(file: Path, page: int, folder: Path) -> frozenset[str]:
    picture = folder / f"page-{page}"
    command = ["pdftoppm", "-r", str(_DPI), "-gray", "-png", "-singlefile", "-f", str(page), "-l", str(page)]
    subprocess.run([*command, file, picture], check=True)
    seen = cv2.imread(f"{picture}.png", cv2.IMREAD_GRAYSCALE)
    return frozenset(code.data.decode() for code in pyzbar.decode(seen))
