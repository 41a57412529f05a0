"""The office: what one running installation owns, in one place that views can reach."""

from dataclasses import dataclass

from flask import current_app, g

from app import secret
from app.config import Settings
from app.database import Database
from app.demo import timekeeping
from app.notices import addresses
from app.privacy.keys import KeyRing
from app.privacy.opening import open_key_ring
from app.secret import Secret

_NAME = "chayan"
#: What a request under /practice carries along (`app.practice.door`).
IN_PRACTICE = "chayan.practice"


@dataclass(frozen=True, slots=True)
class Office:
    """Settings, database and keys of this installation."""

    settings: Settings
    database: Database
    keys: KeyRing
    secret: Secret

    @classmethod
    def open(cls, settings: Settings) -> "Office":
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if settings.demo:
            timekeeping.resume(settings.data_dir)
        database = Database(settings.database_url)
        database.session_info[addresses.CARRIED_AS] = settings.public_address
        return cls(
            settings=settings,
            database=database,
            keys=open_key_ring(settings.master_key_file, database),
            secret=secret.load_or_create(settings.data_dir / "app.key"),
        )


def office() -> Office:
    """The office of the current application; inside a practice room, that of the room."""
    room: Office | None = g.get("practice_office")
    found: Office = current_app.extensions[_NAME]
    return room or found
