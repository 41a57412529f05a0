"""What the gun and the keys send: a child's code, a name, a command card, an unknown code that belongs to somebody."""

from collections.abc import Sequence

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.checks.actions import TooLateToUndo
from app.checks.queries import latest_check
from app.children.listing import Listed, found_list
from app.children.models import Child
from app.children.queries import active_enrolment
from app.children.searching import search
from app.desk.binding import bind_code, can_be_bound, plain_code
from app.desk.child_views import answer_for, undone
from app.desk.commands import Command, read_command
from app.desk.finding import LONGEST, Found, find
from app.desk.machine import desk_here
from app.desk.pages import DESK, asked_by_script, bar, go, pages
from app.desk.saving import save, saved_at_the_scan, undo_last
from app.notices.queries import live_notice
from app.office import office
from app.people.access import admit, current_actor
from app.people.scope import child_or_404
from app.privacy.indexing import NumberTaken
from forms.web.desk import TOKEN, new_token


@pages.post("/find")
@admit(*DESK)
def scan() -> AnyResponse | str:
    typed = request.form.get("code", "").strip()[:LONGEST]
    if not typed:
        return go(url_for("desk.show"))
    command = read_command(typed)
    with office().database.writing() as session:
        if command is not None:
            return _obey(session, command)
        found = find(session, current_actor(), typed)
        if found.child_id is not None:
            return go(_recognised(session, found.child_id, found))
        return jsonify(page=True) if asked_by_script() else _nobody_or_several(session, typed, found)


@pages.post("/undo")
@admit(*DESK)
def undo_the_last() -> AnyResponse:
    with office().database.writing() as session:
        return _undo_the_last(session)


@pages.post("/bind")
@admit(*DESK)
def bind() -> AnyResponse | str:
    """Whose is this code: first asked with a name, then answered with a child."""
    code, typed = request.form.get("code", "")[:LONGEST], request.form.get("q", "").strip()[:LONGEST]
    if not can_be_bound(code):
        abort(400)
    actor, child_id = current_actor(), request.form.get("child_id", type=int)
    with office().database.writing() as session:
        if child_id is None:
            return _bind_page(session, code, typed)
        child = child_or_404(session, actor, child_id)
        try:
            bind_code(session, by=actor, now=clock.now(), child=child, code=code)
        except NumberTaken:
            flash(_("这个码已经是另一个孩子的。请看是不是拿错了证。"), "error")
            return redirect(url_for("desk.show"), 303)
        flash(_("记下了：以后扫这个码就是这个孩子。"))
        return redirect(_recognised(session, child_id, Found(child_id, by_code=True)), 303)


def _recognised(session: Session, child_id: int, found: Found) -> str:
    """Where to go on with this child; a code saves at once where everything is known."""
    actor = current_actor()
    child = child_or_404(session, actor, child_id)
    enrolment = active_enrolment(session, actor, child_id) or abort(404)
    if found.dead_notice:
        flash(_("这张通知已经作废，下面是这个孩子现在的情况。"))
    if found.by_code and saved_at_the_scan(session, child, enrolment, actor):
        sent = request.form.get("token", "")
        token = sent if TOKEN.fullmatch(sent) else new_token()
        desk, now = desk_here(session, actor), clock.now()
        save(session, by=actor, now=now, today=clock.today(), enrolment=enrolment, token=token, desk=desk)
        return url_for("desk.child", child_id=child_id)
    again = 1 if latest_check(session, enrolment.id) else None
    return url_for("desk.child", child_id=child_id, again=again)


def _obey(session: Session, command: Command) -> AnyResponse:
    if command is Command.CHANGE_CLASS:
        return go(url_for("desk.classes"))
    if command is Command.PAUSE:
        return go(url_for("desk.pause"))
    if command is Command.UNDO:
        return _undo_the_last(session)
    child_id = request.form.get("child", type=int)
    if child_id is None:
        flash(_("先扫孩子的码，再扫命令卡。"), "error")
        return go(url_for("desk.show"))
    child = child_or_404(session, current_actor(), child_id)
    if command is Command.PRINT:
        return _print(session, child)
    return go(answer_for(session, child, command.value))


def _print(session: Session, child: Child) -> AnyResponse:
    enrolment = active_enrolment(session, current_actor(), child.id) or abort(404)
    paper = live_notice(session, enrolment.id)
    if paper is None:
        flash(_("这个孩子没有要打印的通知。"))
        return go(url_for("desk.child", child_id=child.id))
    if asked_by_script():
        return jsonify(press="+")  # the button on the page opens the paper in a window of its own
    return redirect(url_for("notices.print_one", notice_id=paper.id), 307)


def _undo_the_last(session: Session) -> AnyResponse:
    actor = current_actor()
    try:
        last = undo_last(session, by=actor, now=clock.now(), desk=desk_here(session, actor))
    except TooLateToUndo:
        flash(_("这个台 1 分钟内没有可以撤销的。查错了，照实再查验一次就会更正。"), "error")
        return go(url_for("desk.show"))
    return go(undone(last))


def _nobody_or_several(session: Session, typed: str, found: Found) -> str:
    _note_list(session, found.several)
    bindable = not found.several and can_be_bound(typed)
    code = plain_code(typed) if bindable else None
    return render_template("desk/found.html", typed=typed, found=found.several, code=code, **bar(session))


def _bind_page(session: Session, code: str, typed: str) -> str:
    actor = current_actor()
    found = tuple(found_list(session, actor, search(session, actor, typed))) if typed else ()
    _note_list(session, found)
    return render_template("desk/bind.html", code=plain_code(code), typed=typed, found=found, **bar(session))


def _note_list(session: Session, found: Sequence[Listed]) -> None:
    if found:
        actor = current_actor()
        ids = {"children": [row.child_id for row in found]}
        subject = ("organisation", actor.organisation_id)
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=ids)
