"""Imports go one way: app → forms → rules; the law knows the standard library, and yaml in one file."""

import ast
import configparser
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT_IMPORTS, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_contracts_are_kept(root: Path) -> None:
    answer = lint_imports(root)

    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("room", "line"),
    [("rules/law.py", "import app"), ("rules/law.py", "import forms"), ("forms/paper.py", "import app")],
)
def test_an_import_uphill_is_found(root: Path, tmp_path: Path, room: str, line: str) -> None:
    for package in ("app", "forms", "rules"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    contract(root, tmp_path / "setup.cfg")
    assert lint_imports(tmp_path).returncode == 0

    (tmp_path / room).write_text(line + "\n")

    answer = lint_imports(tmp_path)
    assert answer.returncode == 1
    assert "BROKEN" in answer.stdout


def contract(root: Path, target: Path) -> None:
    """The house's own contracts, written for a house in which nothing is installed."""
    ours = configparser.ConfigParser(interpolation=None)
    ours.read(root / "setup.cfg", encoding="utf-8")
    for section in ours.sections():
        if not section.startswith("importlinter"):
            ours.remove_section(section)
    with target.open("w", encoding="utf-8") as file:
        ours.write(file)


def foreign_imports(source: str, package: str) -> Iterator[str]:
    """The top-level packages a module imports, apart from its own and the standard library."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        else:
            continue
        for name in names:
            top = name.split(".")[0]
            if top != package and top not in sys.stdlib_module_names:
                yield top


def test_the_law_knows_yaml_in_one_file_and_nothing_else(root: Path) -> None:
    strangers = {
        f"{path.relative_to(root)} imports {name}"
        for path in (root / "rules").rglob("*.py")
        for name in foreign_imports(path.read_text(encoding="utf-8"), "rules")
        if (path.name, name) != ("loading.py", "yaml")
    }

    assert not strangers


def test_the_papers_never_query(root: Path) -> None:
    forbidden = {"app", "flask", "sqlalchemy", "alembic", "psycopg"}
    strangers = {
        f"{path.relative_to(root)} imports {name}"
        for path in (root / "forms").rglob("*.py")
        for name in foreign_imports(path.read_text(encoding="utf-8"), "forms")
        if name in forbidden
    }

    assert not strangers


def test_foreign_imports_are_seen_inside_functions_too() -> None:
    source = "import json\n\ndef late():\n    from sqlalchemy.orm import Session\n    import rules.ages\n"

    assert list(foreign_imports(source, "rules")) == ["sqlalchemy"]
