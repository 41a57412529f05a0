"""Settings: read once from the environment, frozen, typed.

Every setting has a default that is right for one office on one machine. `Settings.from_environment` says which variable
is wrong, what was found and what to write instead.
"""

import os
import re
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
    #: Where families reach this house, "https://chayan.example.cn"; None: there is no page for them.
    public_address: str | None = None
    idle_minutes: int = 15
    #: The largest request body, in bytes (an import file, never a film).
    largest_request: int = 16 * 1024 * 1024

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        data_dir = Path(environment.get("CHAYAN_DATA", ROOT / "instance")).resolve()
        demo, https = _switch(environment, "CHAYAN_DEMO"), _switch(environment, "CHAYAN_HTTPS")
        return cls(
            data_dir=data_dir,
            database_url=environment.get("CHAYAN_DATABASE", f"sqlite:///{data_dir / 'chayan.sqlite'}"),
            master_key_file=Path(environment.get("CHAYAN_MASTER_KEY", data_dir / "master.key")),
            demo=demo,
            https=https,
            public_address=_public_address(environment, demo=demo, https=https),
        )


def _switch(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "0")
    if value not in {"0", "1"}:
        raise SettingError(f"{name} is {value!r}: write 1 for on or 0 for off.")
    return value == "1"


#: A host and perhaps a port: nothing behind it, so that the address on a notice stays short.
_ADDRESS = re.compile(r"(https?)://([a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?)(:[0-9]{1,5})?/?", re.IGNORECASE)


def _public_address(environment: Mapping[str, str], *, demo: bool, https: bool) -> str | None:
    """Where families reach this house. Whatever they read there travels over HTTPS; only a demo does without."""
    name, value = "CHAYAN_PUBLIC_ADDRESS", environment.get("CHAYAN_PUBLIC_ADDRESS", "").strip()
    if not value:
        return None
    found = _ADDRESS.fullmatch(value)
    if found is None:
        raise SettingError(f"{name} is {value!r}: write the address alone, such as https://chayan.example.cn .")
    if not demo and found[1].lower() != "https":
        raise SettingError(f"{name} is {value!r}: families read about children there, so write https:// .")
    if not demo and not https:
        raise SettingError(f"{name} is set and CHAYAN_HTTPS is not: put HTTPS in front and write CHAYAN_HTTPS=1.")
    return value.rstrip("/").lower()
