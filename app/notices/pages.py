"""The room of the notices: its blueprint, who may do what in it, and how a chosen print travels to the browser."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.notices import actions, wording
from app.notices.actions import NotNow
from app.notices.batching import BATCH
from app.notices.drawing import sheets_of
from app.notices.models import Notice
from app.papers import as_pdf, explain_missing_fonts, press
from app.people.access import current_actor
from app.people.roles import Role
from forms.paper.fitting import Layout, Style
from forms.paper.notice import NoticeSheet
from forms.paper.notice_printing import print_notices

pages = Blueprint("notices", __name__)
for words in (wording.parts_words, wording.notice_state_word, wording.item_state_word, wording.part_word):
    pages.add_app_template_global(words)
explain_missing_fonts(pages)

SCHOOL = (Role.CLERK, Role.SCHOOL_HEAD)
SEE = (*SCHOOL, Role.NURSE)


def chosen_style() -> Style:
    """The layout and the second language that were chosen; an A4 in Chinese where nothing was."""
    layout = request.form.get("layout", "")
    return Style(Layout(layout) if layout in set(Layout) else Layout.WHOLE, request.form.get("english") == "1")


def marked(session: Session, notices: Sequence[Notice]) -> list[NoticeSheet]:
    """Counted and recorded before anything leaves; not at all where nothing can be printed."""
    press()
    actions.mark_printed(session, by=current_actor(), now=clock.now(), notices=notices)
    return sheets_of(session, notices, clock.today())


def sent(sheets: Sequence[NoticeSheet], style: Style) -> Response:
    """Laid out after the transaction, so that nobody who wants to write waits for it."""
    return as_pdf(print_notices(press(), sheets, style), "notices")


def too_many(count: int, back: str) -> AnyResponse:
    """More than a browser waits for: nothing was counted."""
    flash(_("这次要打印 %(n)s 张，一次最多 %(most)s 张。请按班打印，或勾上一部分再打。", n=count, most=BATCH), "error")
    return redirect(back, 303)


def refused(why: NotNow, notice: Notice) -> AnyResponse:
    flash(wording.refusal_words(why.refusal), "error")
    return redirect(url_for("notices.show", notice_id=notice.id), 303)
