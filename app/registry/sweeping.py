"""Exports whose day is over go, even if nobody opens an import page again: every visit to the house may look."""

import datetime as dt

from flask import current_app, request
from sqlalchemy import select

from app import clock
from app.office import office
from app.registry.actions import expire
from app.registry.models import RegistryImport
from app.roster.models import ImportState
from app.roster.sweeping import EVERY

_SWEPT = "exports swept at"


def sweep_now_and_then() -> None:
    """Before a request; nearly always only a look at the clock."""
    now = clock.now()
    last: dt.datetime | None = current_app.extensions.get(_SWEPT)
    if request.endpoint in {None, "static"} or (last is not None and last <= now < last + EVERY):
        return
    current_app.extensions[_SWEPT] = now
    over = select(RegistryImport.id).where(
        RegistryImport.state == ImportState.PROPOSED, RegistryImport.expires_at <= now
    )
    with office().database.reading() as session:
        if session.scalar(over.limit(1)) is None:
            return
    with office().database.writing() as session:
        expire(session, now=now)
