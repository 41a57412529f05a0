"""The printing press of this process, and how a printed paper travels to the browser."""

from flask import Response

from app.config import ROOT
from forms.paper.printing import Press
from forms.paper.printing import press as _press

#: Where scripts/setup puts the cut fonts; without them the installed ones are used as they are.
FONTS = ROOT / "build" / "fonts"


def press() -> Press:
    """Raises FontMissing where no Chinese font is installed."""
    return _press(FONTS)


def as_pdf(pdf: bytes, name: str) -> Response:
    """Shown at once, kept nowhere; `name` says what it is, never of whom."""
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return answer
