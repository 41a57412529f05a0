"""Printing notices: one child, chosen children, a class or the whole school in class order; and the list to tick."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.notices import actions, queries
from app.notices.actions import NotNow
from app.notices.batching import BATCH
from app.notices.listing import handing_out
from app.notices.models import ENDED, Notice, NoticeState
from app.notices.pages import SCHOOL, chosen_style, marked, pages, refused, sent, too_many
from app.office import office
from app.papers import as_pdf, press
from app.people.access import admit, current_actor
from app.people.scope import class_or_404, classes_in_scope
from app.schools.ordering import class_order
from forms.paper.handing_out import print_handing_out


@pages.post("/notices/<int:notice_id>/print")
@admit(*SCHOOL)
def print_one(notice_id: int) -> AnyResponse:
    with office().database.writing() as session:
        notice = queries.notice_or_404(session, current_actor(), notice_id)
        if notice.state in ENDED:
            return refused(NotNow(actions.Refusal.ENDED), notice)
        sheets = marked(session, [notice])
    return sent(sheets, chosen_style())


@pages.post("/classes/<int:class_id>/notices/print")
@admit(*SCHOOL)
def print_class(class_id: int) -> AnyResponse:
    """The whole class in class order, only what was not printed yet, or only the ticked ones."""
    actor, back = current_actor(), url_for("notices.of_class", class_id=class_id)
    with office().database.writing() as session:
        rows = queries.of_class(session, actor, class_or_404(session, actor, class_id))
        chosen = _chosen([row.notice for row in rows])
        if len(chosen) > BATCH:
            return too_many(len(chosen), back)
        sheets = marked(session, chosen)
    if sheets:
        return sent(sheets, chosen_style())
    ticked = request.form.get("which") == "chosen"
    flash(_("还没有勾。要打印哪几张，就勾哪几张。") if ticked else _("这个班没有要打印的通知。"), "error")
    return redirect(back, 303)


@pages.post("/notices/print")
@admit(*SCHOOL)
def print_school() -> AnyResponse:
    """Every class in turn, each in class order."""
    actor, back = current_actor(), url_for("notices.index")
    with office().database.writing() as session:
        classes = sorted(session.scalars(classes_in_scope(actor)), key=class_order)
        rows = [row for one in classes for row in queries.of_class(session, actor, one)]
        chosen = _chosen([row.notice for row in rows])
        if len(chosen) > BATCH:
            return too_many(len(chosen), back)
        sheets = marked(session, chosen)
    if sheets:
        return sent(sheets, chosen_style())
    flash(_("没有要打印的通知。"), "error")
    return redirect(back, 303)


@pages.post("/classes/<int:class_id>/notices/list")
@admit(*SCHOOL)
def print_list(class_id: int) -> AnyResponse:
    """The class's list to tick while notices are handed out."""
    actor = current_actor()
    with office().database.writing() as session:
        school_class = class_or_404(session, actor, class_id)
        machine, rows = press(), queries.of_class(session, actor, school_class)
        detail = {"children": [row.child.child_id for row in rows], "list": "handing_out"}
        record_read(session, by=actor, now=clock.now(), what=Reading.PRINT, subject=("class", class_id), detail=detail)
        sheet = handing_out(session, school_class, rows, clock.today())
    return as_pdf(print_handing_out(machine, sheet), "list")


def _chosen(found: list[Notice]) -> list[Notice]:
    which, ticked = request.form.get("which"), set(request.form.getlist("notice", type=int))
    if which == "chosen":
        return [one for one in found if one.id in ticked]
    return [one for one in found if one.state is NoticeState.DRAFTED] if which == "new" else found
