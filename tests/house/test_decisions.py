"""Decisions are found by their number: one file a number, and the heading says the same."""

import re
from pathlib import Path

import pytest

from app.config import ROOT

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_the_heading_has_the_number_of_the_file(path: Path) -> None:
    number = re.match(r"(\d{4})-[a-z0-9-]+\.md", path.name)
    assert number, "A decision is called NNNN-what-it-is-about.md"
    assert path.read_text(encoding="utf-8").startswith(f"# {int(number.group(1))}. ")


def test_no_number_is_taken_twice() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))
