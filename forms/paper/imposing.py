"""Two half sheets on one A4 across, with a line to cut along."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream

#: A4 across, in points.
_WIDTH, _HEIGHT = 841.89, 595.276
#: Dashes down the middle, black and a fifth of a millimetre wide.
_CUT = f"q 0.57 w [4 4] 0 d {_WIDTH / 2:.2f} 0 m {_WIDTH / 2:.2f} {_HEIGHT} l S Q\n"


def two_on_one(pdf: bytes, halves: int) -> bytes:
    """The first `halves` pages, each an A5, two by two; the pages behind them stay as they are.

    The stack is cut once: the left pile (the first half of the pages) goes on top of the right one.
    """
    written = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as document:
        forms = list(document.pages)[:halves]
        left = (halves + 1) // 2
        placed = [_pair(document, forms[at : at + 1] + forms[at + left : at + left + 1]) for at in range(left)]
        del document.pages[:halves]
        for at, page in enumerate(placed):
            document.pages.insert(at, page)
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _pair(document: Pdf, halves: list[Page]) -> Page:
    shown, drawn = Dictionary(), _CUT
    for number, half in enumerate(halves):
        shown[f"/H{number}"] = half.as_form_xobject()
        drawn += f"q 1 0 0 1 {number * _WIDTH / 2:.2f} 0 cm /H{number} Do Q\n"
    return Page(
        document.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, _WIDTH, _HEIGHT]),
                Resources=Dictionary(XObject=shown),
                Contents=Stream(document, drawn.encode("ascii")),
            )
        )
    )
