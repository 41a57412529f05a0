"""Every room says what it is for, is small enough to live in, and has a name that means something."""

import ast
from pathlib import Path

import pytest

EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "tools", "stuff"}
LARGEST = {".py": 300, ".html": 300, ".js": 300, ".css": 400}
#: A migration is history: it is never edited, so its length is nobody's burden.
HISTORY = "app/migrations/versions/"
#: The second judgement is one text beside the text of the law: it is read from top to bottom and shares nothing.
ONE_TEXT = "tests/second/"


def without_meaning(path: Path) -> bool:
    return not EMPTY_NAMES.isdisjoint({*path.parts[:-1], path.stem.lower().strip("_")})


def too_long(path: Path, text: str) -> bool:
    limit = LARGEST.get(path.suffix)
    if limit is None or path.as_posix().startswith((HISTORY, ONE_TEXT)):
        return False
    return text.count("\n") > limit


def silent(text: str) -> bool:
    """A Python module without a docstring. An empty one has nothing to say."""
    return bool(text.strip()) and not ast.get_docstring(ast.parse(text))


def names(root: Path, rooms: list[Path]) -> list[Path]:
    return [path.relative_to(root) for path in rooms]


def test_names_mean_something(root: Path, rooms: list[Path]) -> None:
    assert not [str(name) for name in names(root, rooms) if without_meaning(name)]


def test_no_room_is_too_long(root: Path, rooms: list[Path]) -> None:
    readable = [name for name in names(root, rooms) if name.suffix in LARGEST]

    assert not [str(name) for name in readable if too_long(name, (root / name).read_text(encoding="utf-8"))]


def test_every_module_says_what_it_is_for(root: Path, rooms: list[Path]) -> None:
    modules = [name for name in names(root, rooms) if name.suffix == ".py"]

    assert not [str(name) for name in modules if silent((root / name).read_text(encoding="utf-8"))]


@pytest.mark.parametrize("name", ["app/utils.py", "app/common/models.py", "static/js/misc.js", "forms/_helpers.py"])
def test_an_empty_name_is_found(name: str) -> None:
    assert without_meaning(Path(name))
    assert not without_meaning(Path("app/children/models.py"))


@pytest.mark.parametrize(("suffix", "limit"), LARGEST.items())
def test_a_long_room_is_found(suffix: str, limit: int) -> None:
    assert not too_long(Path("app/room" + suffix), "x\n" * limit)
    assert too_long(Path("app/room" + suffix), "x\n" * (limit + 1))


def test_a_silent_module_is_found() -> None:
    assert silent("import json\n")
    assert silent("# a comment is not a docstring\n")
    assert not silent('"""Speaks."""\n')
    assert not silent("")
