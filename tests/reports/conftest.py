"""A school's September: a class at the near center, one child who lives near the far center, the campaign open."""

from collections.abc import Callable, Iterator

import pytest

from app.campaigns.models import Campaign
from app.database import Database
from app.reports.listing import Draft, draft_of
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


@pytest.fixture
def draft(desk: Desk, district: District, campaign: Campaign) -> Callable[..., Draft]:
    """The list of a center as it would be frozen now."""

    def of(center: str = "near_center") -> Draft:
        return draft_of(desk.session, campaign, district.places["near"], district.places[center])

    return of
