"""Typefaces: cut small and static, and their absence is an error, never a page of boxes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from forms.paper import fonts
from forms.paper.cutting import cut, everyday
from forms.paper.fonts import FACES, Face, FontMissing, Fonts, find_fonts, installed, make_fonts
from forms.paper.notice_printing import print_notices
from forms.paper.printing import MISSING, Press
from tests.paper.sheets import font_names, notice, owed, pages, squeezed

SAMPLE = "补种通知书林知夏0123456789。，□（）"


def test_without_any_chinese_font_printing_is_refused(tmp_path: Path) -> None:
    """A machine without fonts: fontconfig is given an empty folder."""
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    code = "from pathlib import Path; from forms.paper.fonts import find_fonts; find_fonts(Path('nowhere'))"
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode != 0
    assert "FontMissing" in answer.stderr
    assert "fonts-noto-cjk" in answer.stderr


def test_without_fontconfig_printing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FontMissing, match="方框"):
        find_fonts.__wrapped__(Path("nowhere"))


def test_cutting_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="Nowhere Serif is not installed"):
        make_fonts(tmp_path, [Face("X", 400, "Nowhere Serif")])
    assert list(tmp_path.iterdir()) == []


def test_another_font_that_answers_to_the_name_is_not_taken() -> None:
    """fontconfig always answers with something."""
    assert installed(Face("X", 400, "A Family That Nobody Has")) is None


def test_every_source_is_installed_here() -> None:
    for face in FACES:
        found = installed(face)
        assert found is not None
        assert found[0].exists()


def test_a_cut_is_static_truetype_and_small(tmp_path: Path) -> None:
    source = installed(FACES[0])
    assert source is not None
    target = tmp_path / "cut.ttf"
    cut(*source, target, family="Sample", characters=set(map(ord, SAMPLE)))

    assert target.stat().st_size < 30_000
    with TTFont(target) as font:
        assert {"glyf", "loca"} <= set(font.keys())
        assert not {"fvar", "CFF ", "GSUB", "GPOS"} & set(font.keys())
        assert set(font.getBestCmap()) == set(map(ord, SAMPLE))
        assert font["name"].getDebugName(1) == "Sample"
    assert list(tmp_path.iterdir()) == [target]


def test_a_cut_prints_the_same_words(tmp_path: Path) -> None:
    """A press with cut fonts of a few characters: these come from the cut, the rest from the installed font."""
    files = []
    for face in FACES[:2]:
        path = tmp_path / face.file_name
        source = installed(face)
        assert source is not None
        cut(*source, path, family=face.family, characters=set(map(ord, SAMPLE)))
        files.append((face, path))
    press = Press(Fonts(tuple(files), find_fonts(tmp_path).characters))
    pdf = print_notices(press, [notice(owed=owed(3))])

    assert any("Chayan" in name for name in font_names(pdf))
    assert "补种通知书" in squeezed(pages(pdf)[0])
    assert "没有记录，不等于没有种。" in squeezed(pages(pdf)[0])


def test_everyday_characters_are_those_of_gb2312() -> None:
    found = everyday()
    assert sum(0x4E00 <= one <= 0x9FFF for one in found) == 6763 + 144  # and the names
    assert set(map(ord, "□☐☑—…–‘’“”·•＋" + MISSING)) <= found


def test_made_fonts_are_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(fonts, "cut", lambda source, index, target, family: (made.append(family), target.touch()))
    assert len(make_fonts(tmp_path)) == len(FACES)
    assert make_fonts(tmp_path) == []
    assert made == [face.family for face in FACES]
