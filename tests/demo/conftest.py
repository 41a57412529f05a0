"""A loaded demo, once for all tests that only look at it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from click.testing import CliRunner
from flask import Flask

from app import clock, create_app
from app.cli import main
from app.config import Settings
from app.database import Database
from app.office import Office


@dataclass(frozen=True)
class Demo:
    """A demo installation, just loaded, and what the console was told."""

    settings: Settings
    database: Database
    told: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, _empty_database) -> Iterator[Demo]:
    data_dir = tmp_path_factory.mktemp("demo")
    address = _empty_database.copy(data_dir)
    environment = {"CHAYAN_DATA": str(data_dir), "CHAYAN_DATABASE": address, "CHAYAN_DEMO": "1"}
    answer = CliRunner(env=environment).invoke(main, ["load-demo"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    settings = Settings.from_environment(environment)
    office = Office.open(settings)
    clock.run_from(None)
    yield Demo(settings, office.database, answer.stdout)
    office.database.close()
    _empty_database.discard(address)


@pytest.fixture
def demo_app(demo: Demo) -> Iterator[Flask]:
    """The demo, opened as the server opens it."""
    application = create_app(demo.settings)
    application.testing = True
    application.config["WTF_CSRF_ENABLED"] = False
    yield application
    application.extensions["chayan"].database.close()


@pytest.fixture
def as_demo(settings: Settings) -> Settings:
    """The installation of other tests, called a demo."""
    return replace(settings, demo=True)
