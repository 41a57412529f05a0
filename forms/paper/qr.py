"""The square code on a sheet: a bare number, in a picture with its own quiet zone."""

import io

import segno

#: Modules of the symbol and of the quiet zone beside it. 21 digits fit the smallest symbol and a quarter may be lost.
SYMBOL, QUIET = 21, 4
MODULES = SYMBOL + 2 * QUIET
#: One pattern for all: trying out the eight of the standard takes most of the time.
_MASK = 2
_PIXELS = 8


def picture(digits: str) -> bytes:
    """A PNG of `digits`; anything but digits is refused, so that no name can get in."""
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("Only digits go into a square code.")
    code = segno.make_qr(digits, error="q", version=1, mode="numeric", mask=_MASK, boost_error=False)
    written = io.BytesIO()
    code.save(written, kind="png", scale=_PIXELS, border=QUIET)
    return written.getvalue()
