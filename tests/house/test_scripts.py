"""The set-up asks before it takes, the demo finds a free port, and scripts/test counts what pytest reports."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.serve_demo import open_door

ESSENTIAL = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "libglib2.0-0", "libzbar0", "fonts-noto-cjk"]


class Machine:
    """A machine on which every program that could change it is a stand-in that only takes notes."""

    def __init__(self, root: Path, folder: Path, *, installed: list[str], user: int, sudo: bool) -> None:
        self.root, self.folder, self.notes = root, folder, folder / "notes"
        self.notes.touch()
        self.stand_in("dpkg-query", *(f"echo 'ii  {name}'" for name in installed))
        self.stand_in("apt-cache", "true")
        self.stand_in("apt-get", f'echo "apt-get $*" >> {self.notes}')
        self.stand_in("id", f"echo {user}")
        self.stand_in("sudo", *(['[ "$1" = -n ] || "$@"'] if sudo else ["exit 1"]))

    def stand_in(self, name: str, *lines: str) -> None:
        path = self.folder / name
        path.write_text("\n".join(["#!/bin/bash", *lines]) + "\n")
        path.chmod(0o755)

    def ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "scripts/system-packages", *arguments],
            env={"PATH": f"{self.folder}:/usr/bin:/bin", "TMPDIR": str(self.folder)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


def test_nothing_is_touched_where_nothing_is_missing(root: Path, tmp_path: Path) -> None:
    machine = Machine(root, tmp_path, installed=ESSENTIAL, user=0, sudo=True)

    answer = machine.ask("run")

    assert (answer.returncode, answer.stdout, machine.notes.read_text()) == (0, "", "")


def test_newer_names_of_a_package_count(root: Path, tmp_path: Path) -> None:
    newer = [name + "t64" if name in {"libglib2.0-0", "libzbar0"} else name for name in ESSENTIAL]

    assert Machine(root, tmp_path, installed=newer, user=0, sudo=True).ask("--check", "run").returncode == 0


def test_without_rights_it_says_what_why_and_the_exact_command(root: Path, tmp_path: Path) -> None:
    machine = Machine(root, tmp_path, installed=ESSENTIAL[:-1], user=1000, sudo=False)

    answer = machine.ask("run")

    assert answer.returncode == 1
    assert "fonts-noto-cjk：汉字字体" in answer.stdout
    assert "apt-get install -y --no-install-recommends fonts-noto-cjk'" in answer.stdout
    assert machine.notes.read_text() == ""


@pytest.mark.parametrize("user", [0, 1000])
def test_with_rights_it_installs_what_is_missing_and_no_more(root: Path, tmp_path: Path, user: int) -> None:
    machine = Machine(root, tmp_path, installed=ESSENTIAL[1:], user=user, sudo=True)

    answer = machine.ask("run")

    assert answer.returncode == 0, answer.stdout + answer.stderr
    update, install = machine.notes.read_text().splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends libpango-1.0-0")


def test_a_failed_installation_shows_why(root: Path, tmp_path: Path) -> None:
    machine = Machine(root, tmp_path, installed=ESSENTIAL[1:], user=0, sudo=True)
    machine.stand_in("apt-get", "echo 'E: No space left on the moon.'", "exit 100")

    answer = machine.ask("run")

    assert answer.returncode == 1
    assert "moon" in answer.stderr


def test_checking_never_installs(root: Path, tmp_path: Path) -> None:
    machine = Machine(root, tmp_path, installed=[], user=0, sudo=True)

    assert machine.ask("--check", "run").returncode == 1
    assert machine.notes.read_text() == ""


@pytest.mark.parametrize(
    "command", [["setup", "--everything"], ["run", "--prot"], ["run", "--port", "70000"], ["run", "--port"]]
)
def test_a_wrong_word_is_a_sentence(root: Path, command: list[str]) -> None:
    answer = subprocess.run([root / "scripts" / command[0], *command[1:]], capture_output=True, text=True, check=False)

    assert answer.returncode in {1, 2}
    assert f"scripts/{command[0]}" in answer.stderr
    assert "line " not in answer.stderr


def test_the_demo_takes_the_next_free_port() -> None:
    with open_door(range(18000, 18900)) as first:
        taken = first.getsockname()[1]
        with open_door(range(taken, 18950)) as second:
            assert second.getsockname()[1] > taken
        with pytest.raises(SystemExit, match=str(taken)):
            open_door([taken])
        assert first.getsockname()[0] == "127.0.0.1"
        assert first.family is socket.AF_INET


def test_counting(root: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="2" errors="1" skipped="3"/></testsuites>')

    answer = subprocess.run(
        [sys.executable, root / "scripts/count_tests.py", report], capture_output=True, text=True, check=True
    )

    assert answer.stdout.split() == ["3", "3", "3"]


def test_a_named_browser_must_exist(root: Path, tmp_path: Path) -> None:
    finder = [root / "scripts/find-browser"]
    missing, there = {"CHAYAN_BROWSER": str(tmp_path / "none")}, {"CHAYAN_BROWSER": sys.executable}

    assert subprocess.run(finder, env=os.environ | missing, capture_output=True, check=False).returncode == 1
    found = subprocess.run(finder, env=os.environ | there, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == sys.executable
