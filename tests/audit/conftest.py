"""A trail to look at: two organisations on three days, some of them with several events."""

import datetime as dt

import pytest

from app.audit.actions import Reading, record, record_read
from app.database import Database
from tests.actors import actor
from tests.audit.tampering import take_guards_away
from tests.district import MOMENT, District


@pytest.fixture
def trail(database: Database, district: District) -> District:
    """Day by day 5 events of the near school, 2 of the far one, 1 of the console; the triggers are gone."""
    near, far = actor(district, "clerk"), actor(district, "far_clerk")
    for day in range(3):
        now = MOMENT + dt.timedelta(days=day)
        with database.writing() as session:
            for number in range(4):
                record(session, by=near, now=now, action="dose.entered", subject=("child", 7), detail={"n": number})
            record_read(session, by=near, now=now, what=Reading.PAGE, subject=("child", 7))
            record(session, by=far, now=now, action="child.added", subject=("child", 8))
            record(session, by=far, now=now, action="child.changed", subject=("child", 8))
            record(session, by=None, now=now, action="tables.migrated")
    take_guards_away(database)
    return district
