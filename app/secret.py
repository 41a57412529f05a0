"""The installation's own secret: signs cookies and keys digests. Made by the first run, in a file of mode 0600.

It is not the master key of the children's data: whoever loses this one only has to sign in again.
"""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Secret:
    """Gives a different key for every purpose, so that one use says nothing about another."""

    _value: bytes = field(repr=False)

    def key_for(self, purpose: str) -> bytes:
        return hmac.digest(self._value, purpose.encode(), hashlib.sha256)

    def digest(self, purpose: str, text: str) -> str:
        """A keyed digest: equal texts are found again, but nobody reads them from the database."""
        return hmac.new(self.key_for(purpose), text.encode(), hashlib.sha256).hexdigest()


def load_or_create(path: Path) -> Secret:
    """Read the secret, or make it if there is none yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        _create(path)
    value = path.read_bytes()
    if len(value) != _BYTES:
        raise ValueError(
            f"{path} is damaged: delete it, a new one is made at the next start and everybody signs in again."
        )
    if path.stat().st_mode & 0o077:
        raise ValueError(f"{path} can be read by others: run  chmod 600 {path}")
    return Secret(value)


def _create(path: Path) -> None:
    # Written aside and linked, so that two processes starting together never see half a file.
    if path.exists():
        raise FileExistsError(path)
    aside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    finally:
        aside.unlink()
