"""The newcomer's map in docs/development.md names every room there is, one sentence each."""

import re
from pathlib import Path

#: A package outside `app/` may be explained with the one that holds it.
INSIDE = {"app"}


def rooms_to_name(names: list[str]) -> set[str]:
    """Top-level folders, and the packages of `app/`."""
    found = set()
    for name in names:
        parts = name.split("/")
        if len(parts) > 1 and not parts[0].startswith("."):
            found.add(parts[0] + "/")
        if len(parts) > 2 and parts[0] in INSIDE:
            found.add("/".join(parts[:2]) + "/")
    return found


def rooms_on_the_map(page: str) -> dict[str, str]:
    return dict(re.findall(r"^\| `([^`]+)`[^|]*\| ([^|]+) \|$", page, re.MULTILINE))


def test_every_room_is_on_the_map(root: Path, rooms: list[Path]) -> None:
    there = rooms_to_name([path.relative_to(root).as_posix() for path in rooms])
    on_the_map = rooms_on_the_map((root / "docs/development.md").read_text(encoding="utf-8"))

    assert not there - {*on_the_map, "forms/"}, "say in docs/development.md what this room is"
    assert not [room for room in on_the_map if not (root / room).is_dir()], "the map names a room that is gone"


def test_a_room_that_is_not_on_the_map_is_found() -> None:
    page = "| where | what it is |\n|---|---|\n| `app/` itself | All. |\n| `app/checks/` | Checks. |\n"

    assert rooms_to_name(["app/checks/a.py", "app/new/b.py", ".ci/run", "README.md"]) - set(rooms_on_the_map(page)) == {
        "app/new/"
    }
