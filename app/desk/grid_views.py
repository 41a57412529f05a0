"""The keypad grid: a whole booklet on one page, judged while it is typed, saved whole or not at all."""

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.campaigns.pinning import edition_for
from app.children.dose_actions import enter_doses
from app.children.kinds import DoseSource
from app.children.looking import look_at_child
from app.children.models import Child
from app.children.queries import active_enrolment
from app.children.refusing import OnRecord
from app.desk.judging_cells import GridLook, look_at_grid
from app.desk.machine import desk_here
from app.desk.models import DeskSave
from app.desk.pages import DESK, bar, pages
from app.office import office
from app.people.access import admit, current_actor
from app.people.scope import child_or_404
from forms.web import vaccines
from forms.web.booklet import row_name
from forms.web.desk import TOKEN, new_token
from forms.web.dose_grid import DoseGrid

Answer = AnyResponse | str | tuple[str, int]

pages.add_app_template_global(row_name)


@pages.route("/children/<int:child_id>/doses", methods=["GET", "POST"])
@admit(*DESK)
def grid(child_id: int) -> Answer:
    typed = DoseGrid(request.form if request.method == "POST" else {})
    with office().database.writing() as session:
        child = child_or_404(session, current_actor(), child_id)
        if session.get(DeskSave, _token()) is not None:
            return redirect(url_for("desk.child", child_id=child_id), 303)  # the same form a second time
        look = _look(session, child, typed)
        if request.method != "POST":
            return _page(session, child, typed, look)
        if look.held or not _saved(session, child, typed):
            return _page(session, child, typed, look), 422
    flash(_("已记 %(n)s 剂", n=len(typed.entries)) if typed.entries else _("没有新的剂次"))
    return redirect(url_for("desk.child", child_id=child_id), 303)


@pages.post("/children/<int:child_id>/doses/judge")
@admit(*DESK)
def judge_grid(child_id: int) -> Response:
    """The cells and the verdict while somebody types; nothing is kept. That it was read is in the trail already."""
    typed = DoseGrid(request.form)
    with office().database.reading() as session:
        child = child_or_404(session, current_actor(), child_id)
        look = _look(session, child, typed)
    rail = render_template("desk/rail.html", look=look, filled=_filled(typed, look))
    cells = {
        key: {
            "state": one.state,
            "title": one.title,
            "caption": one.caption,
            "say": one.say,
            "question": one.question,
            "choices": one.choices,
        }
        for key, one in look.cells.items()
        if one.state != "empty"
    }
    return jsonify(cells=cells, rail=rail)


def _saved(session: Session, child: Child, typed: DoseGrid) -> bool:
    """False if another desk entered one of these doses in the meantime."""
    if not typed.entries:
        return True
    actor = current_actor()
    try:
        with session.begin_nested():
            enter_doses(
                session, by=actor, now=clock.now(), child=child, entries=typed.entries, source=DoseSource.BOOKLET
            )
    except OnRecord:
        flash(_("别的查验台刚记过其中的剂次。请看右边，再保存一次。"), "error")
        return False
    desk = desk_here(session, actor)
    session.add(DeskSave(token=_token() or new_token(), check_id=None, desk_id=desk.id if desk else None))
    return True


def _look(session: Session, child: Child, typed: DoseGrid) -> GridLook:
    edition = edition_for(session, active_enrolment(session, current_actor(), child.id))
    return look_at_grid(session, child, typed, clock.today(), edition)


def _token() -> str:
    """The form's own; nothing where a browser sent none that could be ours."""
    sent = request.form.get("token", "")
    return sent if TOKEN.fullmatch(sent) else ""


def _page(session: Session, child: Child, typed: DoseGrid, look: GridLook) -> str:
    seen = look_at_child(session, by=current_actor(), now=clock.now(), child_id=child.id)
    frame = bar(session)
    return render_template(
        "desk/grid.html",
        seen=seen,
        grid=typed,
        look=look,
        filled=_filled(typed, look),
        held=[cell for cell in typed.cells if cell.key in look.held],
        vaccines=vaccines.names(),
        today=clock.today(),
        **frame,
    )


def _filled(typed: DoseGrid, look: GridLook) -> tuple[int, int]:
    """Cells that were answered, of those that Enter leads through."""
    places = done = 0
    for row, cells in typed.rows:
        open_places = max(0, row.places - len(look.on_record.get(row.key, [])))
        answered = sum(cell.filled for cell in cells)
        places += max(open_places, answered)
        done += answered
    return done, places
