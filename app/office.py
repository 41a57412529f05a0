"""The office: what one running installation owns, in one place that views can reach."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app

from app import secret
from app.config import Settings
from app.database import Database
from app.secret import Secret

if TYPE_CHECKING:
    from app.privacy.keys import KeyRing

_NAME = "chayan"


@dataclass(frozen=True, slots=True)
class Office:
    """Settings, database and keys of this installation."""

    settings: Settings
    database: Database
    keys: "KeyRing"
    secret: Secret

    @classmethod
    def open(cls, settings: Settings) -> "Office":
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(
            settings=settings,
            database=Database(settings.database_url),
            keys=_keys(settings),
            secret=secret.load_or_create(settings.data_dir / "app.key"),
        )


def _keys(settings: Settings) -> "KeyRing":
    try:
        from app.privacy.keys import KeyRing
    except ModuleNotFoundError:  # until the privacy room is built
        return None  # type: ignore[return-value]
    return KeyRing.load_or_create(settings.master_key_file)


def office() -> Office:
    """The office of the current application."""
    found: Office = current_app.extensions[_NAME]
    return found
