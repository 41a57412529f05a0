"""The printing press of this process, and how a paper travels to the browser, printed or as a workbook."""

from enum import StrEnum

from flask import Blueprint, Response, abort, g, render_template, request
from flask_babel import gettext as _

from app.audit.actions import Reading
from app.config import ROOT
from app.languages import speak_chinese
from forms.paper.fonts import FontMissing
from forms.paper.practice import marked
from forms.paper.printing import Press
from forms.paper.printing import press as _press
from forms.paper.tables import TableSheet
from forms.paper.workbook import MIMETYPE, workbook

#: Where scripts/setup puts the cut fonts; without them the installed ones are used as they are.
FONTS = ROOT / "build" / "fonts"


def press() -> Press:
    """Whoever takes the press speaks Chinese from then on. Raises FontMissing where no Chinese font is installed."""
    speak_chinese()
    return _press(FONTS)


def as_pdf(pdf: bytes, name: str) -> Response:
    """Shown at once, kept nowhere; `name` says what it is, never of whom. In a practice room every page says so."""
    if g.get("practice_office"):
        pdf = marked(press(), pdf)
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return answer


class Form(StrEnum):
    """How somebody wants a sheet."""

    PDF = "pdf"
    XLSX = "xlsx"

    @property
    def reading(self) -> Reading:
        return Reading.PRINT if self is Form.PDF else Reading.EXPORT


def chosen_form() -> Form:
    """What the button says. A PDF needs fonts: without them nothing is to count as printed, so ask before the trail."""
    wanted = request.form.get("as", Form.PDF.value)
    if wanted not in set(Form):
        abort(404)
    speak_chinese()
    if wanted == Form.PDF:
        press()
    return Form(wanted)


def as_form(sheet: TableSheet, form: Form, name: str) -> Response:
    return as_pdf(press().print_tables(sheet), name) if form is Form.PDF else as_xlsx(workbook(sheet), name)


def as_xlsx(book: bytes, name: str) -> Response:
    """A file to keep; `name` says what it is, never of whom."""
    answer = Response(book, mimetype=MIMETYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.xlsx")
    return answer


def explain_missing_fonts(pages: Blueprint) -> None:
    """Somebody wanted to print on a server without Chinese fonts: say so, and who can help."""
    pages.register_error_handler(FontMissing, _no_fonts)


def _no_fonts(_error: FontMissing) -> tuple[str, int]:
    title = _("打印不了：服务器上没有汉字字体")
    advice = _("没有记成打印过。请告诉管理员：装上 fonts-noto-cjk，重新启动，再打印。")
    return render_template("errors/error.html", code=503, title=title, advice=advice), 503
