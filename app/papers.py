"""The printing press of this process, and how a printed paper travels to the browser."""

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from app.config import ROOT
from forms.paper.fonts import FontMissing
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


def explain_missing_fonts(pages: Blueprint) -> None:
    """Somebody wanted to print on a server without Chinese fonts: say so, and who can help."""
    pages.register_error_handler(FontMissing, _no_fonts)


def _no_fonts(_error: FontMissing) -> tuple[str, int]:
    title = _("打印不了：服务器上没有汉字字体")
    advice = _("没有记成打印过。请告诉管理员：装上 fonts-noto-cjk，重新启动，再打印。")
    return render_template("errors/error.html", code=503, title=title, advice=advice), 503
