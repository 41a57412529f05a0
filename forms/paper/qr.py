"""The square code on a sheet: a bare number, or an address that ends in one, in a picture with its own quiet zone."""

import io
import re

import segno

#: Modules of the symbol and of the quiet zone beside it. 21 digits fit the smallest symbol and a quarter may be lost.
SYMBOL, QUIET = 21, 4
MODULES = SYMBOL + 2 * QUIET
#: One pattern for all: trying out the eight of the standard takes most of the time.
_MASK = 2
_PIXELS = 8
#: As many digits as the smallest symbol holds; a longer code (the signed one of a voucher) takes the size it needs.
_SHORT = 27
#: The address of a notice: a host, one letter, the digits of its code. There is no room in it for a name.
_ADDRESS = re.compile(r"https?://[a-z0-9.-]{1,100}(:[0-9]{1,5})?/p/[0-9]{21}")


def picture(text: str, pixels: int = _PIXELS) -> bytes:
    """A PNG of digits, or of the address of a notice; anything else is refused, so that no name can get in.
    `pixels`: of a module.
    """
    return _drawn(_of_address(text) if _ADDRESS.fullmatch(text) else _of_digits(text), pixels)


def _of_address(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="m", mode="byte", mask=_MASK, boost_error=False)


def _of_digits(digits: str) -> segno.QRCode:
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("Only digits go into a square code.")
    short = len(digits) <= _SHORT
    return segno.make_qr(
        digits, error="q" if short else "m", version=1 if short else None, mode="numeric", mask=_MASK, boost_error=False
    )


def _drawn(code: segno.QRCode, pixels: int) -> bytes:
    written = io.BytesIO()
    code.save(written, kind="png", scale=pixels, border=QUIET)
    return written.getvalue()
