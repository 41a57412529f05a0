"""What the tests about the house ask for: where it stands and which files belong to it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def rooms() -> list[Path]:
    """Every file of the repository that git does not ignore, new ones included."""
    # safe.directory: the clone may belong to another user than the one who tests it.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, f"The house tests ask git which files belong to the house; it says: {answer.stderr}"
    found = [ROOT / name for name in answer.stdout.split("\0") if name]
    return [path for path in found if path.is_file()]
