"""Settings: read once from the environment, frozen, typed.

Every setting has a default that is right for one office on one machine. `Settings.from_environment` says which variable
is wrong, what was found and what to write instead.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SettingError(ValueError):
    """A setting that cannot be used; the message names the variable and the remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one installation can choose."""

    #: The room for the database and the master key; nothing in it belongs into version control.
    data_dir: Path
    database_url: str
    master_key_file: Path
    #: Made-up children, a red banner and a throw-away key.
    demo: bool = False
    #: Cookies marked Secure: needs HTTPS in front.
    https: bool = False
    idle_minutes: int = 15
    #: The largest request body, in bytes (an import file, never a film).
    largest_request: int = 16 * 1024 * 1024

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        data_dir = Path(environment.get("CHAYAN_DATA", ROOT / "instance")).resolve()
        return cls(
            data_dir=data_dir,
            database_url=environment.get("CHAYAN_DATABASE", f"sqlite:///{data_dir / 'chayan.sqlite'}"),
            master_key_file=Path(environment.get("CHAYAN_MASTER_KEY", data_dir / "master.key")),
            demo=_switch(environment, "CHAYAN_DEMO"),
            https=_switch(environment, "CHAYAN_HTTPS"),
        )


def _switch(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "0")
    if value not in {"0", "1"}:
        raise SettingError(f"{name} is {value!r}: write 1 for on or 0 for off.")
    return value == "1"
