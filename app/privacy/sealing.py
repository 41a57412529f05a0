"""Sealing bytes with AES-256-GCM, bound to the place they belong to.

A sealed value is one byte of version, twelve random bytes of nonce, and what AES-GCM gives. The place (table, row,
field) goes in as associated data: the value opens in no other row and no other field.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
#: 96 random bits. A data key seals a few values in its life, a master key a few million: far from 2³² a key.
_NONCE_BYTES = 12
_VERSION = b"\x01"


class SealBroken(ValueError):
    """A sealed value that does not open: another key, another place, or changed bytes."""


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """Encrypt `plain` for one `place`, such as "child/7/identity"."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, _bound(place))


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """Decrypt what was sealed for `place`."""
    if sealed[:1] != _VERSION:
        raise SealBroken(f"The sealed value of {place} has an unknown form: is the program older than the data?")
    nonce, rest = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, rest, _bound(place))
    except (InvalidTag, ValueError):
        raise SealBroken(
            f"The sealed value of {place} does not open: it was changed, moved here, or sealed with another key."
        ) from None


def _bound(place: str) -> bytes:
    return _VERSION + b"chayan/" + place.encode()
