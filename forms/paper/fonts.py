"""The typefaces of the papers: small static fonts cut from Noto CJK, and Noto itself for rare characters.

WeasyPrint prints boxes and says nothing where a typeface lacks a character, so what can be printed is known beforehand.
Cutting takes some seconds a weight and is done at set-up:  python -m forms.paper.fonts FOLDER
"""

import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forms.paper.cutting import cut


class FontMissing(RuntimeError):
    """No typeface with Chinese characters is installed."""


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of one family, and the installed family it is cut from."""

    family: str
    weight: int
    source: str

    @property
    def file_name(self) -> str:
        # The number changes when cutting changes, so that nobody prints with yesterday's cut.
        return f"{self.family.replace(' ', '-').lower()}-{self.weight}-v2.ttf"


#: 黑体 for everything, 宋体 for the text of letters.
FACES = (
    Face("Chayan Hei", 400, "Noto Sans CJK SC"),
    Face("Chayan Hei", 700, "Noto Sans CJK SC"),
    Face("Chayan Song", 400, "Noto Serif CJK SC"),
)


@dataclass(frozen=True, slots=True)
class Fonts:
    """What a press prints with: the cut files (none: the installed fonts alone) and every character there is."""

    files: tuple[tuple[Face, Path], ...]
    characters: frozenset[int]

    @property
    def are_cut(self) -> bool:
        return bool(self.files)


@cache
def find_fonts(folder: Path) -> Fonts:
    """The cut fonts in `folder` beside the installed ones; FontMissing where nothing Chinese is installed."""
    source = installed(FACES[0])
    characters = _characters(*source) if source else _any_chinese()
    files = tuple((face, folder / face.file_name) for face in FACES)
    return Fonts(files if all(path.exists() for _, path in files) else (), characters)


def make_fonts(folder: Path, faces: Iterable[Face] = FACES) -> list[Path]:
    """Cut what is not there yet; the files that were made. FontMissing names what is not installed."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for face in faces:
        path = folder / face.file_name
        if path.exists():
            continue
        source = installed(face)
        if source is None:
            raise FontMissing(f"{face.source} is not installed: install the package fonts-noto-cjk.")
        cut(*source, path, family=face.family)
        made.append(path)
    return made


def installed(face: Face) -> tuple[Path, int] | None:
    """The file of a face's source and its place in the collection; None if another font answers to the name."""
    weight = "bold" if face.weight >= 600 else "regular"
    answer = _ask("fc-match", "--format=%{family}\t%{file}\t%{index}", f"{face.source}:{weight}")
    families, _, place = answer.partition("\t")
    if face.source not in families.split(","):
        return None
    file, _, index = place.partition("\t")
    return Path(file), int(index) & 0xFFFF


def _any_chinese() -> frozenset[int]:
    """Without Noto any other Chinese font will do, in looks and size as it comes."""
    for line in _ask("fc-list", "--format=%{file}\t%{index}\n", ":lang=zh-cn").splitlines():
        file, _, index = line.partition("\t")
        return _characters(Path(file), int(index) & 0xFFFF)
    raise FontMissing(
        "没有装汉字字体，打印出来会是方框。请装 fonts-noto-cjk 再打印：apt-get install fonts-noto-cjk "
        "(No Chinese font is installed: Chinese would print as boxes. Install the package fonts-noto-cjk.)"
    )


def _characters(file: Path, index: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(file, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _ask(*command: str) -> str:
    """One question to fontconfig, which WeasyPrint itself stands on."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (FileNotFoundError, subprocess.CalledProcessError):
        return ""


def _make_one(face: Face) -> None:
    make_fonts(Path(sys.argv[1]), [face])


if __name__ == "__main__":
    try:
        with ProcessPoolExecutor() as hands:
            list(hands.map(_make_one, FACES))
    except FontMissing as error:
        sys.exit(str(error))
