"""As many worlds as a test asks for, each with a database of its own."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import create_app
from app.config import Settings
from tests.databases import EmptyDatabase
from tests.invariants.world import World

NewWorld = Callable[[], World]


@pytest.fixture
def new_world(tmp_path: Path, _empty_database: EmptyDatabase) -> Iterator[NewWorld]:
    numbers, made = itertools.count(1), []

    def begin() -> World:
        data_dir = tmp_path / str(next(numbers))
        data_dir.mkdir()
        address = _empty_database.copy(data_dir)
        app = create_app(Settings.from_environment({"CHAYAN_DATA": str(data_dir), "CHAYAN_DATABASE": address}))
        app.config["WTF_CSRF_ENABLED"] = False
        made.append((app, address))
        world = World(app, app.extensions["chayan"].database)
        world.begin()
        return world

    yield begin
    for app, address in made:
        app.extensions["chayan"].database.close()
        _empty_database.discard(address)


@pytest.fixture
def world(new_world: NewWorld) -> World:
    return new_world()
