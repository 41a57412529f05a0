"""A clerk's desk in the district, its campaign open."""

from collections.abc import Iterator

import pytest

from app.database import Database
from tests.actors import actor
from tests.district import District
from tests.notices.september import Desk, open_campaign


@pytest.fixture
def desk(database: Database, district: District) -> Iterator[Desk]:
    """Everything in one transaction."""
    with database.writing() as session:
        open_campaign(session, district)
        yield Desk(session, actor(district, "clerk"))
