"""The worker closes the day at the cut-off hour though nobody opens a board."""

from flask import Flask
from sqlalchemy import select

from app import clock
from app.database import Database
from app.jobs import working
from app.oversight.models import BoardClosing
from tests.district import District
from tests.notices.september import DAY, at, open_campaign


def test_the_hour_comes(app: Flask, database: Database, district: District) -> None:
    with database.writing() as session:
        campaign_id = open_campaign(session, district).id
    for hour in (16, 17, 18):
        clock.fix(at(DAY, hour))
        working._close_days(app.extensions["chayan"])
        with database.reading() as session:
            found = session.scalars(select(BoardClosing).where(BoardClosing.campaign_id == campaign_id))
            closed = {one.day: one.closed_at for one in found}
        assert closed.get(DAY) == (None if hour == 16 else at(DAY, 17))
