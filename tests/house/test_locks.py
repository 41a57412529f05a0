"""What setup.cfg asks for is what the locks hold: no more names, no fewer, every file with its hash."""

import configparser
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def locked(text: str) -> dict[str, str]:
    """Name → version of a lock."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


def without_hash(text: str) -> list[str]:
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return [entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry]


def unmet(wanted: str, pins: dict[str, str]) -> list[str]:
    """The requirements that a lock does not hold, or holds in a version they do not allow."""
    requirements = [Requirement(line) for line in wanted.splitlines() if line.strip()]
    return [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"), prereleases=True)
        or canonicalize_name(requirement.name) not in pins
    ]


@pytest.fixture(scope="module")
def setup(root: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(root / "setup.cfg", encoding="utf-8")
    return parser


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def test_lock(root: Path) -> str:
    return (root / "requirements-test.lock").read_text(encoding="utf-8")


def test_locks_hold_what_setup_asks_for(setup: configparser.ConfigParser, lock: str, test_lock: str) -> None:
    runs, tests = setup["options"]["install_requires"], setup["options.extras_require"]["test"]

    assert not unmet(runs, locked(lock)), "run scripts/lock"
    assert not unmet(runs + "\n" + tests, locked(test_lock)), "run scripts/lock"


def test_locks_hold_nothing_that_nobody_asked_for(lock: str, test_lock: str) -> None:
    """uv writes under each entry who wants it; an entry by itself is a leftover."""
    for text in (lock, test_lock):
        entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
        assert entries
        assert not [entry.split()[0] for entry in entries if "# via" not in entry]


def test_tests_run_on_what_is_delivered(lock: str, test_lock: str) -> None:
    tested = locked(test_lock)
    different = {name: (pin, tested.get(name)) for name, pin in locked(lock).items() if tested.get(name) != pin}

    assert not different


def test_every_file_has_its_hash(lock: str, test_lock: str) -> None:
    assert without_hash(lock) == without_hash(test_lock) == []


def test_a_wrong_lock_is_found() -> None:
    text = "flask==2.0.1 \\\n    --hash=sha256:00\n    # via chayan\nwaitress==3.0.2\n"

    assert unmet("flask~=3.1\nwaitress~=3.0\nsegno\n", locked(text)) == ["flask~=3.1", "segno"]
    assert without_hash(text) == ["waitress==3.0.2"]
