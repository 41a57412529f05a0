"""The square code on a sheet: a bare number, in a picture with its own quiet zone."""

import io

import segno

#: Modules of the symbol and of the quiet zone beside it. 21 digits fit the smallest symbol and a quarter may be lost.
SYMBOL, QUIET = 21, 4
MODULES = SYMBOL + 2 * QUIET
#: One pattern for all: trying out the eight of the standard takes most of the time.
_MASK = 2
_PIXELS = 8
#: As many digits as the smallest symbol holds; a longer code (the signed one of a voucher) takes the size it needs.
_SHORT = 27


def picture(digits: str, pixels: int = _PIXELS) -> bytes:
    """A PNG of `digits`; anything but digits is refused, so that no name can get in. `pixels`: of a module."""
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("Only digits go into a square code.")
    short = len(digits) <= _SHORT
    code = segno.make_qr(
        digits, error="q" if short else "m", version=1 if short else None, mode="numeric", mask=_MASK, boost_error=False
    )
    written = io.BytesIO()
    code.save(written, kind="png", scale=pixels, border=QUIET)
    return written.getvalue()
