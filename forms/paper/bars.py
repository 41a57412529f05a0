"""A bar code on a sheet: a bare number as Code 128, drawn by zxing-cpp, which reads it back as well."""

import io

import zxingcpp
from PIL import Image

#: Pixels a module, and the quiet zone of ten modules that the standard asks for.
_SCALE, _QUIET = 4, 10
_HEIGHT = 160


def picture(digits: str) -> bytes:
    """A PNG of `digits`; anything but digits is refused, so that no name can get in."""
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("Only digits go into a bar code.")
    code = zxingcpp.create_barcode(digits, zxingcpp.BarcodeFormat.Code128)
    drawn = Image.fromarray(code.to_image(scale=1, add_quiet_zones=False))
    bars = drawn.crop((0, 0, drawn.width, 1)).resize((drawn.width * _SCALE, _HEIGHT), Image.Resampling.NEAREST)
    quiet = _QUIET * _SCALE
    sheet = Image.new("L", (bars.width + 2 * quiet, bars.height), 255)
    sheet.paste(bars, (quiet, 0))
    written = io.BytesIO()
    sheet.save(written, "PNG", optimize=True)
    return written.getvalue()
