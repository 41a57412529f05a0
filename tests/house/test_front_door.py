"""The front door holds what it promises: README's commands exist, CHANGELOG has a place for what is new."""

import os
import re
import subprocess
from pathlib import Path

import pytest


def commands(text: str) -> set[str]:
    return set(re.findall(r"\bscripts/[a-z][a-z-]*\b(?!\.py|/)", text))


def test_readme_names_the_two_commands_and_they_exist(root: Path) -> None:
    named = commands((root / "README.md").read_text(encoding="utf-8"))

    assert {"scripts/run", "scripts/test"} <= named
    assert not [name for name in named if not os.access(root / name, os.X_OK)]


def test_readme_says_at_once_where_it_runs(root: Path) -> None:
    first_screen = "\n".join((root / "README.md").read_text(encoding="utf-8").splitlines()[:45])

    assert re.search(r"Debian 12", first_screen)
    assert re.search(r"Ubuntu 24\.04", first_screen)
    assert "Windows" in first_screen


def test_documents_name_only_commands_that_exist(root: Path, rooms: list[Path]) -> None:
    pages = [path for path in rooms if path.suffix == ".md"]

    assert not {
        f"{page.relative_to(root)}: {name}"
        for page in pages
        for name in commands(page.read_text(encoding="utf-8"))
        if not (root / name).exists()
    }


def test_a_command_is_seen_in_prose() -> None:
    assert commands("run `scripts/run` or scripts/with-postgres, not scripts/count_tests.py") == {
        "scripts/run",
        "scripts/with-postgres",
    }


def test_changelog_has_a_place_for_what_is_new(root: Path) -> None:
    assert re.search(r"^## .*(Unreleased|未发布)", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_licence_is_mit(root: Path) -> None:
    assert (root / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


@pytest.mark.parametrize("folder", ["scripts", ".ci"])
def test_shell_scripts_are_whole(root: Path, folder: str) -> None:
    for path in sorted((root / folder).iterdir()):
        if not path.is_file() or not path.read_bytes().startswith(b"#!/usr/bin/env bash"):
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[1].startswith("# "), f"{path.name} does not say what it is for"
        assert "set -euo pipefail" in lines, f"{path.name} goes on after a failure"
        assert os.access(path, os.X_OK), f"{path.name} cannot be started"
        answer = subprocess.run(["bash", "-n", path], capture_output=True, text=True, check=False)
        assert answer.returncode == 0, answer.stderr
