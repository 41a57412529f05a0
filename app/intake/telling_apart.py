"""Tells a code by what it says: ours, a person's number, a certificate's, something else. Pure; nothing is dropped.

Each kind has one test, tried in the order of `_TESTS`; a new kind of code is one more line there.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.desk.commands import read_command
from app.notices.codes import read_code
from app.privacy.resident_ids import birth_date_in
from app.vouchers.signing import looks_like_voucher


class Kind(StrEnum):
    """What a code is; the words for people are in `wording`."""

    NOTICE = "notice"
    COMMAND = "command"
    VOUCHER = "voucher"
    RESIDENT_ID = "resident_id"
    CHILD_CODE = "child_code"
    TRACE = "trace"
    GOODS = "goods"
    URL = "url"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """A code: its kind, and the part of it that says who or what is meant."""

    kind: Kind
    meant: str

    def __repr__(self) -> str:
        return f"<Told {self.kind}, not shown>"


#: What stands on the bars of goods; the format says more than the digits.
_OF_GOODS = frozenset({"EAN13", "EAN8", "UPCA", "UPCE", "ISBN"})
_EIGHTEEN = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])", re.ASCII)
_CERTIFICATE = re.compile(r"\d{18}|\d{12}|[A-Z]{1,4}\d{8,11}", re.ASCII)
_TRACE = re.compile(r"\d{20}", re.ASCII)
_URL = re.compile(r"(https?://|www\.)\S+\Z", re.IGNORECASE)


def tell(text: str, symbol: str = "") -> Told:
    """What kind of code this text is. `symbol`: what it was read from, where that is known."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if symbol in _OF_GOODS:
        return Told(Kind.GOODS, plain)
    for kind, test in _TESTS:
        meant = test(plain)
        if meant is not None:
            return Told(kind, meant)
    return Told(Kind.UNKNOWN, text.strip())


def _voucher(plain: str) -> str | None:
    return plain if looks_like_voucher(plain) else None


def _notice(plain: str) -> str | None:
    """The digits alone, or at the end of an address that a notice carries."""
    return read_code(plain)


def _command(plain: str) -> str | None:
    return plain if read_command(plain) is not None else None


def _url(plain: str) -> str | None:
    return plain if _URL.match(plain) else None


def _resident_id(plain: str) -> str | None:
    """The number alone, also where a reader of identity cards types name and address around it."""
    for found in _EIGHTEEN.findall(plain[:400]):
        if birth_date_in(found) is not None:
            return str(found).upper()
    return None


def _child_code(plain: str) -> str | None:
    """Eighteen digits that are no identity number, or a sticker of twelve characters. No standard says more."""
    digits = re.sub(r"[\s-]", "", plain)
    return digits if _CERTIFICATE.fullmatch(digits) else None


def _trace(plain: str) -> str | None:
    """The 20 digits that follow a pack of vaccine, 疫苗追溯码."""
    return plain if _TRACE.fullmatch(plain) else None


_TESTS: tuple[tuple[Kind, Callable[[str], str | None]], ...] = (
    (Kind.VOUCHER, _voucher),
    (Kind.NOTICE, _notice),
    (Kind.COMMAND, _command),
    (Kind.URL, _url),
    (Kind.RESIDENT_ID, _resident_id),
    (Kind.CHILD_CODE, _child_code),
    (Kind.TRACE, _trace),
)
