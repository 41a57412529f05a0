"""What is in the repository belongs there: nothing large, no key, no database, no settings of a real office."""

import re
from pathlib import Path

import pytest

LARGEST = 1024 * 1024
PRIVATE_NAMES = re.compile(
    r"(^|/)(instance/|\.env$|id_(rsa|ed25519)$)|\.(sqlite3?|db|pem|p12|pfx|key|mo|pyc)(-wal|-shm)?$"
)
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|\bglpat-[\w-]{20}\b"
    r"|\bxox[abprs]-[\w-]{10,}"
    r"|postgresql(?:\+\w+)?://[^\s:@/]+:(?!password@|secret@)[^\s:@/]+@"
)


def test_nothing_is_large(root: Path, rooms: list[Path]) -> None:
    assert not {str(path.relative_to(root)): path.stat().st_size for path in rooms if path.stat().st_size > LARGEST}


def test_nothing_private_by_name(root: Path, rooms: list[Path]) -> None:
    assert not [name for path in rooms if PRIVATE_NAMES.search(name := path.relative_to(root).as_posix())]


def test_nothing_private_by_content(root: Path, rooms: list[Path]) -> None:
    found = [path for path in rooms if SECRETS.search(path.read_text(encoding="utf-8", errors="replace"))]

    # The place, never the words: what stands there may be real.
    assert not [str(path.relative_to(root)) for path in found]


@pytest.mark.parametrize("name", ["instance/x", "app/.env", "demo.sqlite-wal", "master.key", "a/id_rsa", "x.mo"])
def test_a_private_name_is_found(name: str) -> None:
    assert PRIVATE_NAMES.search(name)
    assert not PRIVATE_NAMES.search("app/privacy/keys.py")


@pytest.mark.parametrize(
    "parts",
    [
        ("-----BEGIN RSA PRIV", "ATE KEY-----"),
        ("AKIA", "ABCDEFGHIJKLMNOP"),
        ("ghp_", "a" * 36),
        ("postgresql+psycopg://office:", "hunter2@db.example/x"),
    ],
)
def test_a_secret_is_found(parts: tuple[str, str]) -> None:
    assert SECRETS.search("".join(parts))
    assert not SECRETS.search("postgresql+psycopg://chayan@/chayan_test")
