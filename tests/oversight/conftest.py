"""The desk of a September, as for sheets."""

from collections.abc import Iterator

import pytest

from app.campaigns.models import Campaign
from app.database import Database
from tests.actors import actor
from tests.district import District
from tests.notices.september import Desk, open_campaign


@pytest.fixture
def desk(database: Database, district: District) -> Iterator[Desk]:
    """Everything in one transaction."""
    with database.writing() as session:
        yield Desk(session, actor(district, "clerk"))


@pytest.fixture
def campaign(desk: Desk, district: District) -> Campaign:
    return open_campaign(desk.session, district)
