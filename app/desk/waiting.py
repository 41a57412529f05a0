"""Scans that waited for the network: sealed by the browser with a pad that only this server can make again.

A browser on plain http has no cryptography, and a shared PC keeps what is stored on it. So each page fetches a pad of
random bytes beforehand; a code is mixed with 64 of them, which are forgotten at once, and only the mixture is stored.
"""

import hmac
import secrets
from dataclasses import dataclass

from app.office import office
from app.people.actors import Actor

BLOCK, BLOCKS = 64, 64
_PAD_ID = 16
_DIGEST = 32


class CannotRead(ValueError):
    """This was not sealed with a pad of this server for this school."""


@dataclass(frozen=True, slots=True, repr=False)
class Pad:
    """Bytes to be used once each, and the name by which they are made again."""

    name: str
    content: bytes


def new_pad(actor: Actor) -> Pad:
    name = secrets.token_hex(_PAD_ID)
    return Pad(name, b"".join(_block(actor, name, number) for number in range(BLOCKS)))


def unsealed(actor: Actor, pad: str, number: int, sealed: str) -> str:
    """The code that was sealed with this block of this pad. Raises CannotRead."""
    try:
        content = bytes.fromhex(sealed)
        named = len(bytes.fromhex(pad)) == _PAD_ID
    except ValueError as error:
        raise CannotRead from error
    if not named or len(content) != BLOCK or not 0 <= number < BLOCKS:
        raise CannotRead
    plain = bytes(one ^ other for one, other in zip(content, _block(actor, pad, number), strict=True))
    text = plain.rstrip(b"\0").decode("ascii", "replace")
    if not text or not text.isascii() or not text.isalnum():
        raise CannotRead
    return text


def _block(actor: Actor, pad: str, number: int) -> bytes:
    """64 bytes that look like chance to everybody without the secret; other schools get others."""
    key = office().secret.key_for("desk pad")
    parts = (f"{actor.organisation_id}/{pad}/{number}/{half}".encode() for half in range(BLOCK // _DIGEST))
    return b"".join(hmac.digest(key, part, "sha256") for part in parts)
