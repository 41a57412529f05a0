"""Commands at the console: from an empty folder to the first person who signs in."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import create_app
from app.cli import main
from app.config import ROOT, Settings


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CHAYAN_DATA", str(tmp_path))
    monkeypatch.delenv("CHAYAN_DATABASE", raising=False)

    def command(*words: str) -> Result:
        return CliRunner().invoke(main, words)

    return command


def test_from_nothing_to_the_first_administrator(run, tmp_path: Path) -> None:
    assert run("migrate").output.startswith("The tables went from step None to ")
    assert run("migrate").output.startswith("The tables are at step ")
    added = run(
        *("add-organisation", "--kind", "bureau", "--name", "青禾区教育局", "--area", "330199", "--area-name", "青禾区")
    )
    assert "青禾区教育局 is organisation 1." in added.output
    assert run("list-organisations").output == "1\tbureau\t青禾区教育局\n"
    told = run("create-admin", "--organisation", "1", "--sign-in-name", "ZhouMin", "--shown-name", "周敏").output
    one_time = re.search(r"\w{4}-\w{4}-\w{4}", told).group()

    application = create_app(Settings.from_environment({"CHAYAN_DATA": str(tmp_path)}))
    application.config["WTF_CSRF_ENABLED"] = False
    browser = application.test_client()
    assert browser.post("/sign-in", data={"name": "zhoumin", "password": one_time}).status_code == 303
    assert browser.get("/").location == "/password"
    application.extensions["chayan"].database.close()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add-organisation", "--kind", "bureau", "--name", "x", "--area", "99"), "no area code"),
        (("add-organisation", "--kind", "bureau", "--name", "x", "--area", "330199"), "give its name too"),
        (("add-organisation", "--kind", "shop", "--name", "x", "--area", "330199", "--area-name", "y"), "shop"),
        (("create-admin", "--organisation", "7", "--sign-in-name", "a", "--shown-name", "b"), "no organisation 7"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(run, words: tuple[str, ...], says: str) -> None:
    run("migrate")
    result = run(*words)
    assert result.exit_code != 0
    assert says in result.output
    assert "Traceback" not in result.output


def test_before_the_tables_are_made_the_remedy_is_named(run) -> None:
    result = run("list-organisations")
    assert result.exit_code == 1
    assert "python -m app.cli migrate" in result.output


def test_asking_for_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; import app.cli; from click.testing import CliRunner; "
        "assert 'migrate' in CliRunner().invoke(app.cli.main, ['--help']).output; "
        "print(sorted({'flask', 'sqlalchemy', 'alembic', 'weasyprint', 'cv2', 'argon2'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
