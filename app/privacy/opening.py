"""Opening the key ring at the start: refuses the start when ring and database do not belong together."""

import os
from pathlib import Path

from sqlalchemy import inspect, make_url, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.config import Settings
from app.database import Database
from app.privacy import roster
from app.privacy.keys import CARRIED_AS, KeyRing, KeyRingError
from app.privacy.models import ChildKey
from app.privacy.sealing import SealBroken


def open_key_ring(path: Path, database: Database, *, create: bool = True) -> KeyRing:
    """Load the ring (or make the first one), prove it against the database, and let every session carry it."""
    if not path.exists() and (not create or _needs_keys(database)):
        raise KeyRingError(
            f"The key file {path} is missing, but the database holds children or an audit trail made with it. "
            "Bring the file back from its backup; a new one would open nothing."
            if create
            else f"The key file {path} is missing. Name the folder that holds it, or bring it back from its backup."
        )
    ring = KeyRing.load_or_create(path)
    _prove(ring, database)
    database.session_info[CARRIED_AS] = ring
    database.session_info[roster.CARRIED_AS] = roster.Rosters()
    return ring


def open_installation(data_dir: Path | None) -> Database:
    """The database of an existing installation with its keys, for a command. Makes neither: what is missing is said."""
    environment = {**os.environ, "CHAYAN_DATA": str(data_dir)} if data_dir else os.environ
    settings = Settings.from_environment(environment)
    file = make_url(settings.database_url).database
    if settings.database_url.startswith("sqlite") and not (file and Path(file).exists()):
        raise KeyRingError(f"There is no database at {file}. Name the folder that holds it:  --data FOLDER")
    database = Database(settings.database_url)
    open_key_ring(settings.master_key_file, database, create=False)
    return database


def _needs_keys(database: Database) -> bool:
    known = inspect(database.engine)
    with database.reading() as session:
        return any(
            known.has_table(model.__tablename__) and session.execute(select(model).limit(1)).first() is not None
            for model in (ChildKey, AuditEvent)
        )


def _prove(ring: KeyRing, database: Database) -> None:
    """Open one data key of every master version in use."""
    if not inspect(database.engine).has_table(ChildKey.__tablename__):
        return
    with database.reading() as session:
        for version in session.scalars(select(ChildKey.master_version).where(ChildKey.wrapped.is_not(None)).distinct()):
            _prove_version(ring, session, version)


def _prove_version(ring: KeyRing, session: Session, version: int | None) -> None:
    row = session.scalars(
        select(ChildKey).where(ChildKey.master_version == version, ChildKey.wrapped.is_not(None)).limit(1)
    ).first()
    if row is None or row.wrapped is None or row.master_version is None:
        return
    try:
        ring.unwrap(row.child_id, row.wrapped, row.master_version)
    except SealBroken:
        raise KeyRingError(
            f"The key file {ring.path} does not belong to this database: it opens none of its children. "
            "Bring back the key file that was made with it."
        ) from None
