"""The signed code of a voucher: doses in, a row of digits out, and back. Pure.

Digits only, so that no input method can swallow a scanner's keys and the square code is at its smallest. Inside:
version, key, center, an opaque reference of the child, day, doses, and an Ed25519 signature over all of it. No name.
"""

import datetime as dt
import hashlib
import struct
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.vouchers.products import NUMBER_OF, NUMBERED

#: The first byte of every code. A program that meets a higher number says so instead of guessing.
VERSION = 1
REFERENCE_BYTES = 8
MOST_DOSES = 24
_EPOCH = dt.date(2000, 1, 1)
#: version, key, center, reference, day of issue, number of doses
_HEAD = struct.Struct(f">B4sI{REFERENCE_BYTES}sHB")
_DOSE = struct.Struct(">BH")
_SIGNATURE = 64
_CONTEXT = b"chayan/voucher/"
#: No other code of the house is as long; the longest possible one is.
SHORTEST = 190
LONGEST = 400


class VoucherRefused(ValueError):
    """The digits are no voucher that can be believed; subclasses say why."""


class NotAVoucher(VoucherRefused):
    """Something else was scanned, or only part of a code."""


class NewerVersion(VoucherRefused):
    """Printed by a newer program than this one."""


class UnknownIssuer(VoucherRefused):
    """Signed by a key that this installation does not know."""


class Forged(VoucherRefused):
    """The signature does not hold: a digit was changed, or somebody made it up."""


@dataclass(frozen=True, slots=True)
class VoucherDose:
    """A catalogue product given on a day."""

    product: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Voucher:
    """What a code says."""

    center_id: int
    reference: bytes
    issued_on: dt.date
    doses: tuple[VoucherDose, ...]


def key_id(public: Ed25519PublicKey) -> bytes:
    """Four bytes that tell keys apart; the signature is what proves."""
    return hashlib.sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).digest()[:4]


def sign(private: Ed25519PrivateKey, voucher: Voucher) -> str:
    """The digits that go into the square code."""
    if not 0 < len(voucher.doses) <= MOST_DOSES:
        raise ValueError(f"A voucher carries 1 to {MOST_DOSES} doses: make two.")
    head = _HEAD.pack(
        VERSION,
        key_id(private.public_key()),
        voucher.center_id,
        voucher.reference,
        _day_number(voucher.issued_on),
        len(voucher.doses),
    )
    body = head + b"".join(_DOSE.pack(NUMBER_OF[dose.product], _day_number(dose.day)) for dose in voucher.doses)
    return str(int.from_bytes(body + private.sign(_CONTEXT + body), "big"))


def looks_like_voucher(text: str) -> bool:
    """Is it worth calling `verify`? Told apart from every other code by its length alone."""
    digits = _digits(text)
    return SHORTEST <= len(digits) <= LONGEST and digits.isascii() and digits.isdigit()


def verify(text: str, keys: Mapping[bytes, Ed25519PublicKey]) -> Voucher:
    """What a scanned code says, if one of `keys` (by `key_id`) signed it. Raises a VoucherRefused."""
    if not looks_like_voucher(text):
        raise NotAVoucher("This is no code of a voucher.")
    number = int(_digits(text))
    code = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if code[0] > VERSION:
        raise NewerVersion(f"Version {code[0]} is newer than this program.")
    if len(code) < _HEAD.size + _DOSE.size + _SIGNATURE:
        raise NotAVoucher("The code ends too early.")
    body, signature = code[:-_SIGNATURE], code[-_SIGNATURE:]
    _version, key, center_id, reference, issued, count = _HEAD.unpack_from(body)
    if len(body) != _HEAD.size + count * _DOSE.size:
        raise NotAVoucher("The code is not as long as it says.")
    if key not in keys:
        raise UnknownIssuer("Nobody here knows the key that signed this.")
    try:
        keys[key].verify(signature, _CONTEXT + body)
    except InvalidSignature:
        raise Forged("The signature does not hold.") from None
    return Voucher(center_id, reference, _day(issued), tuple(_doses(body)))


def _doses(body: bytes) -> Sequence[VoucherDose]:
    found = [_DOSE.unpack_from(body, at) for at in range(_HEAD.size, len(body), _DOSE.size)]
    if any(product >= len(NUMBERED) for product, _ in found):
        raise NewerVersion("A product in it is newer than this program.")
    return [VoucherDose(NUMBERED[product], _day(day)) for product, day in found]


def _digits(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[: 2 * LONGEST]).split())


def _day_number(day: dt.date) -> int:
    return (day - _EPOCH).days


def _day(number: int) -> dt.date:
    return _EPOCH + dt.timedelta(days=number)
