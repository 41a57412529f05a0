"""The desk itself: its empty field, which class sits before it, which number it has, how far the class is, a pause."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.desk import actions
from app.desk.commands import Command, code_of
from app.desk.machine import desk_here, keep, kept
from app.desk.pages import DESK, bar, pages, progress_here
from app.desk.progress import progress_of
from app.office import office
from app.papers import as_pdf, press
from app.people.access import admit, current_actor
from app.people.scope import class_or_404, classes_in_scope
from app.schools.ordering import class_order
from forms.paper.commands import print_commands


@pages.get("")
@admit(*DESK)
def show() -> AnyResponse | str:
    with office().database.reading() as session:
        frame = bar(session)
        if frame["progress"] is None:
            return redirect(url_for("desk.classes"), 303)
        return render_template("desk/desk.html", **frame)


@pages.route("/classes", methods=["GET", "POST"])
@admit(*DESK)
def classes() -> AnyResponse | str:
    actor = current_actor()
    if request.method == "POST":
        with office().database.writing() as session:
            chosen = class_or_404(session, actor, request.form.get("class_id", 0, type=int))
            here = desk_here(session, actor)
            desk = actions.sit_down(session, by=actor, now=clock.now(), desk=here, school_class=chosen)
        return keep(redirect(url_for("desk.show"), 303), desk)
    with office().database.reading() as session:
        found = sorted(session.scalars(classes_in_scope(actor)), key=class_order)
        rows = [progress_of(session, one, clock.now(), clock.today()) for one in found]
        desk = desk_here(session, actor)
        return render_template("desk/classes.html", rows=rows, chosen=kept().class_id, desk=desk)


@pages.post("/number")
@admit(*DESK)
def number() -> AnyResponse:
    """The number on the sign of this desk."""
    wanted = request.form.get("number", 0, type=int)
    with office().database.writing() as session:
        desk = desk_here(session, current_actor())
        if desk is None or not 1 <= wanted <= actions.HIGHEST:
            flash(_("台号写 1 到 999 的数。先选班级，再改台号。"), "error")
            return redirect(url_for("desk.classes"), 303)
        try:
            actions.renumber(session, by=current_actor(), now=clock.now(), desk=desk, number=wanted)
        except actions.NumberInUse:
            flash(_("%(n)s 号台今天有别的电脑在用，请换一个号。", n=wanted), "error")
            return redirect(url_for("desk.classes"), 303)
    flash(_("这台电脑现在是 %(n)s 号台。", n=wanted))
    return redirect(url_for("desk.classes"), 303)


@pages.get("/progress")
@admit(*DESK)
def progress() -> AnyResponse | str | tuple[str, int]:
    """The bar alone, asked for every few seconds; 304 as long as it shows the same."""
    with office().database.reading() as session:
        desk, found = desk_here(session, current_actor()), progress_here(session)
    if desk is not None and actions.long_unnoted(desk, clock.now()):
        with office().database.writing() as session:
            actions.note_presence(session, now=clock.now(), desk=desk)
    mark = found.mark if found else "none"
    if request.if_none_match.contains(mark):
        return "", 304
    answer = make_response(render_template("desk/bar.html", progress=found, desk=desk))
    answer.set_etag(mark)
    return answer


@pages.get("/pause")
@admit(*DESK)
def pause() -> str:
    """Nothing of a child is on the screen; the next scan goes on."""
    with office().database.reading() as session:
        return render_template("desk/pause.html", **bar(session))


@pages.get("/card")
@admit(*DESK)
def card() -> AnyResponse:
    """The commands to be scanned, on one sheet beside the gun."""
    return as_pdf(print_commands(press(), {command.value: code_of(command) for command in Command}), "desk-card")
