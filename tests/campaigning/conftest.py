"""A bureau at work: its auditor, its schools' clerks, everything in one transaction."""

from collections.abc import Iterator

import pytest

from app.campaigns.models import Campaign
from app.database import Database
from tests.actors import actor
from tests.district import District
from tests.notices.september import Desk, open_campaign


@pytest.fixture
def desk(database: Database, district: District) -> Iterator[Desk]:
    """The clerk of the near school, at work."""
    with database.writing() as session:
        yield Desk(session, actor(district, "clerk"))


@pytest.fixture
def campaign(desk: Desk, district: District) -> Campaign:
    return open_campaign(desk.session, district)


@pytest.fixture
def auditor(district: District):
    return actor(district, "bureau_auditor")
