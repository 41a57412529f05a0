"""The colours keep their promises: written in one place, readable on their grounds, apart from each other in grey."""

import itertools
import re
from pathlib import Path

import pytest

COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(")
TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})\b")

#: Text, ground, the least contrast (WCAG 2: 4.5 for text, 3 for what must be seen).
PAIRS = [
    ("ink", "card", 16),
    ("ink", "paper", 14),
    ("ink-2", "card", 7),
    ("ink-2", "sunk", 4.5),
    ("ink-2", "paper", 4.5),
    ("ink-3", "card", 4.5),
    ("field-border", "card", 3),
    ("accent", "card", 7),
    ("accent", "accent-tint", 4.5),
    ("ink-2", "accent-tint", 4.5),
    ("focus", "white", 4.5),
    ("error", "card", 6.5),
    ("error", "error-tint", 4.5),
    ("on-error", "error", 6.5),
    ("white", "ink", 16),
    ("on-ink-2", "ink", 7),
    ("white", "ink-raised", 7),
    ("on-complete", "complete", 7.5),
    ("complete-text", "complete-tint", 7),
    ("on-catch-up", "catch-up", 9),
    ("catch-up-text", "catch-up-tint", 6.5),
    ("catch-up-strong", "catch-up-tint", 7),
    ("catch-up-line", "card", 3),
    ("on-review", "review", 4.5),
    ("review-text", "review-tint", 7),
    ("on-no-certificate", "no-certificate", 12),
    ("on-no-certificate", "no-certificate-stripe", 12),
    ("no-certificate-text", "no-certificate-tint", 12),
]
SOLIDS = ["complete", "catch-up", "review", "no-certificate"]


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """CIE L*: what is left of a colour on a grey printer."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.fixture(scope="module")
def tokens(root: Path) -> dict[str, str]:
    return dict(TOKEN.findall((root / "static" / "css" / "tokens.css").read_text("utf-8")))


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_words_can_be_read(tokens: dict[str, str], text: str, ground: str, least: float) -> None:
    assert contrast(tokens[text], tokens[ground]) >= least


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(SOLIDS, 2)))
def test_results_stay_apart_in_grey(tokens: dict[str, str], one: str, other: str) -> None:
    assert abs(lightness(tokens[one]) - lightness(tokens[other])) >= 11


def test_colours_are_written_in_one_place(root: Path) -> None:
    # Paper knows black and white only, and says so itself.
    others = [path for path in (root / "static" / "css").glob("*.css") if path.name not in {"tokens.css", "print.css"}]

    assert others
    assert not {path.name: there for path in others if (there := COLOUR.findall(path.read_text("utf-8")))}


def test_every_token_that_is_used_exists(root: Path) -> None:
    sheets = "".join(path.read_text("utf-8") for path in (root / "static" / "css").glob("*.css"))

    assert set(re.findall(r"var\(--([\w-]+)\)", sheets)) <= set(re.findall(r"--([\w-]+):", sheets))


def test_black_on_white_is_measured_right() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0
    assert round(lightness("#777777")) == 50
