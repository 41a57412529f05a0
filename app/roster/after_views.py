"""The pages beside importing: what a school calls its columns, and a whole import taken back."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.roster import columns, undoing
from app.roster.queries import may_import
from app.roster.refusing import NotApplied
from app.roster.views import pages
from app.roster.wording import refusal_word

pages.add_app_template_global(columns.column_choices)


@pages.post("/roster/columns")
@admit(Role.CLERK, Role.SCHOOL_HEAD)
def name_columns() -> AnyResponse:
    by = current_actor()
    if may_import(by):
        with office().database.writing() as session:
            said = columns.read_names(request.form)
            kept = columns.name_columns(session, by=by, now=clock.now(), said=said)
        flash(_("记住了 %(n)s 个列名。请再选一次文件。", n=kept))
    return redirect(url_for("roster.start"), 303)


@pages.post("/roster/import/<int:import_id>/undo")
@admit(Role.CLERK, Role.SCHOOL_HEAD)
def undo(import_id: int) -> AnyResponse:
    try:
        with office().database.writing() as session:
            gone = undoing.undo(session, by=current_actor(), now=clock.now(), import_id=import_id)
    except NotApplied as refusal:
        flash(refusal_word(refusal), "error")
    else:
        flash(
            _(
                "撤销了 %(n)s 个孩子，%(moved)s 人换回原班级，拿掉 %(classes)s 个新班级。"
                "已经查过或记过的 %(stay)s 人没有动。",
                n=gone["children"],
                moved=gone["moved_back"],
                classes=gone["classes"],
                stay=gone["stay"],
            )
        )
    return redirect(url_for("roster.show", import_id=import_id), 303)
