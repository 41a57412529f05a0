"""Loads the demo into an empty installation: all of it in one transaction, or nothing."""

import datetime as dt
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.config import Settings
from app.database import Database
from app.demo import days, timekeeping
from app.demo.checking import check_first_days, checked_seats
from app.demo.clinic import open_the_clinic
from app.demo.contradicting import contradict
from app.demo.district import settle
from app.demo.overseeing import close_day, oversee
from app.demo.rosters import load_rosters, tell_what_is_known
from app.demo.samples import write_samples
from app.schools.models import Organisation


class NotHere(ValueError):
    """The demo does not belong into this installation; the message says why."""


def load(settings: Settings, database: Database) -> None:
    """Fill an empty demo installation; from then on its clock says that the demo has just opened."""
    if not settings.demo:
        raise NotHere("Made-up children do not belong among real ones: load-demo works with CHAYAN_DEMO=1 only.")
    with database.writing() as session:
        if session.scalar(select(Organisation.id).limit(1)) is not None:
            raise NotHere("There is a district here already. To begin anew, run  scripts/run --reset .")
        _fill(session)
    write_samples(samples_in(settings))
    timekeeping.begin(settings.data_dir)


def samples_in(settings: Settings) -> Path:
    """Where the files to try the import with are."""
    return settings.data_dir / "samples"


def _fill(session: Session) -> None:
    district = settle(session)
    loaded = load_rosters(session, district)
    seen = checked_seats()
    tell_what_is_known(session, district, loaded, seen)
    check_first_days(session, district, loaded)
    open_the_clinic(session, district)
    contradict(session, district)
    close_day(session, days.TODAY - dt.timedelta(1))
    oversee(session, district)
    detail = {"children": len(loaded), "checks": len(seen)}
    record(session, by=None, now=days.OPENING, action="demo.opened", detail=detail)
