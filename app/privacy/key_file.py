"""The key file: read strictly, written whole or not at all, readable by its owner alone.

It is JSON: the master keys by version, the root of the look-up keys, the root of the audit key, and a digest over the
rest, so that a file cut short or half restored is refused instead of half believed.
"""

import base64
import binascii
import hashlib
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.privacy.sealing import KEY_BYTES, new_key

_FORMAT = "chayan key ring 1"


class KeyRingError(RuntimeError):
    """The keys cannot be used; the message says which file and how to put it right."""


@dataclass(frozen=True, slots=True)
class KeyMaterial:
    """What the key file holds."""

    #: By version; the newest wraps, the older ones open what they wrapped.
    masters: dict[int, bytes] = field(repr=False)
    #: Root of the blind-index keys: never rotated, because every digest in the database hangs on it.
    lookup: bytes = field(repr=False)
    #: Root of the audit key: never rotated, because every line of the trail hangs on it.
    audit: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> "KeyMaterial":
        return cls(masters={1: new_key()}, lookup=new_key(), audit=new_key())

    @property
    def newest(self) -> int:
        return max(self.masters)


def read(path: Path) -> KeyMaterial:
    """Read the key file; refuse one that others can read or that is not whole."""
    try:
        mode = path.stat().st_mode & 0o777
        text = path.read_bytes()
    except FileNotFoundError:
        raise KeyRingError(f"The key file {path} is not there. Bring it back from its backup.") from None
    except PermissionError:
        raise KeyRingError(f"The key file {path} belongs to another user. Start as the user that owns it.") from None
    if mode & 0o077:
        raise KeyRingError(f"The key file {path} is open to other users (mode {mode:04o}). Run:  chmod 600 {path}")
    try:
        return _parsed(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        raise KeyRingError(
            f"The key file {path} is damaged or cut short ({len(text)} bytes). Nothing was changed. "
            "Bring it back from its backup: without it no child's name in the database can be read."
        ) from None


def create(path: Path, material: KeyMaterial) -> None:
    """Write a key file where there is none; FileExistsError where there is one."""
    aside = _written_aside(path, material)
    try:
        os.link(aside, path)  # unlike a rename it never replaces a key file that another process just made
    finally:
        aside.unlink()
    _settle(path.parent)


def replace(path: Path, material: KeyMaterial) -> None:
    """Put a new key file in the place of the old one, in one step."""
    aside = _written_aside(path, material)
    aside.replace(path)
    _settle(path.parent)


def _parsed(content: dict[str, Any]) -> KeyMaterial:
    if content["format"] != _FORMAT or content["whole"] != _digest(content):
        raise ValueError("not a whole key file")
    masters = {int(version): _key(text) for version, text in content["masters"].items()}
    if not masters:
        raise ValueError("no master key")
    return KeyMaterial(masters=masters, lookup=_key(content["lookup"]), audit=_key(content["audit"]))


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a key of the wrong length")
    return key


def _digest(content: dict[str, Any]) -> str:
    rest = {name: value for name, value in content.items() if name != "whole"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def _written_aside(path: Path, material: KeyMaterial) -> Path:
    content: dict[str, Any] = {
        "about": "Whoever has this file and the database can read every child's name. Keep a copy apart from both.",
        "format": _FORMAT,
        "masters": {str(version): _text(key) for version, key in sorted(material.masters.items())},
        "lookup": _text(material.lookup),
        "audit": _text(material.audit),
    }
    content["whole"] = _digest(content)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return aside


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _settle(folder: Path) -> None:
    # The name of the file has to survive a power cut too, not only its bytes.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
