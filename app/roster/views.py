"""The pages of importing a roster: choose a file, look at what would change, write it or leave it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.languages import speak_chinese
from app.office import office
from app.people.access import admit, current_actor
from app.people.actors import Actor
from app.people.roles import Role
from app.privacy.identities import open_identities
from app.roster import actions, showing, template, undoing
from app.roster.answering import read_answers
from app.roster.columns import own_columns
from app.roster.models import ImportState
from app.roster.opening import FileRefused, WhichColumns
from app.roster.past import past_of
from app.roster.queries import at_two_schools, decided_imports, import_or_404, may_import, waiting_imports
from app.roster.reading import read_roster
from app.roster.refusing import NotApplied, Unreadable
from app.roster.reviewing import first_look, review
from app.roster.sweeping import sweep_now_and_then
from app.roster.wording import brake_words, moment, refusal_word
from app.schools.queries import classes_of
from app.uploads import go_on
from forms.web.roster_upload import RosterForm

pages = Blueprint("roster", __name__)
for words in (moment, brake_words, showing.class_rows):
    pages.add_app_template_global(words)

pages.before_app_request(sweep_now_and_then)

_IMPORT = (Role.CLERK, Role.SCHOOL_HEAD)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/roster/import")
@admit(*_IMPORT)
def start() -> str:
    return _start_page(_form())


@pages.post("/roster/import")
@admit(*_IMPORT)
def upload() -> AnyResponse | dict[str, str] | tuple[str, int]:
    form = _form()
    if not may_import(current_actor()) or not form.validate():
        return _start_page(form), 422
    try:
        import_id = _proposed(form)
    except FileRefused as refusal:
        form.file.errors = [str(refusal)]
        return _start_page(form, refusal.words if isinstance(refusal, WhichColumns) else ()), 422
    return go_on(url_for("roster.show", import_id=import_id))


@pages.get("/roster/import/<int:import_id>")
@admit(*_IMPORT)
def show(import_id: int) -> str | tuple[str, int]:
    actor, asked = current_actor(), request.args
    _note_look(actor, import_id)
    with office().database.reading() as session:
        waiting = import_or_404(session, actor, import_id)
        if waiting.state is not ImportState.PROPOSED:
            return render_template(
                "roster/decided.html",
                past=past_of(session, [waiting])[0],
                may_undo=undoing.may_undo(waiting, clock.now()),
            )
        try:
            seen = review(session, waiting)
        except Unreadable:
            return render_template("roster/unreadable.html", waiting=waiting), 410
        classes = classes_of(session, waiting.school_id)
    page = showing.review_page(seen, classes, asked.get("group"), asked.get("page", 1, int))
    return render_template("roster/review.html", waiting=waiting, **page)


@pages.post("/roster/import/<int:import_id>/answers")
@admit(*_IMPORT)
def answer(import_id: int) -> AnyResponse:
    said = read_answers(request.form)
    with _saying_refusals(), office().database.writing() as session:
        late = actions.answer(session, by=current_actor(), now=clock.now(), import_id=import_id, said=said)
        if late:
            flash(_("有 %(n)s 行刚刚变了，请再看一遍。", n=late), "error")
        else:
            flash(_("记下了"))
    place = {"group": request.form.get("group"), "page": request.form.get("page")}
    return redirect(url_for("roster.show", import_id=import_id, **place), 303)


@pages.post("/roster/import/<int:import_id>/apply")
@admit(*_IMPORT)
def apply(import_id: int) -> AnyResponse:
    seen = request.form.get("seen", "")
    with _saying_refusals(), office().database.writing() as session:
        actions.apply(session, by=current_actor(), now=clock.now(), today=clock.today(), import_id=import_id, seen=seen)
    return redirect(url_for("roster.show", import_id=import_id), 303)


@pages.post("/roster/import/<int:import_id>/refuse")
@admit(*_IMPORT)
def refuse(import_id: int) -> AnyResponse:
    with _saying_refusals(), office().database.writing() as session:
        actions.refuse(session, by=current_actor(), now=clock.now(), import_id=import_id)
        flash(_("没有导入，读到的内容已经删掉"))
    return redirect(url_for("roster.start"), 303)


@pages.get("/roster/template")
@admit(*_IMPORT)
def blank() -> AnyResponse:
    speak_chinese()  # its headings are read back, and its example must be known as one
    name = _("名册模板")
    return send_file(io.BytesIO(template.workbook()), _XLSX, as_attachment=True, download_name=f"{name}.xlsx")


@contextmanager
def _saying_refusals() -> Iterator[None]:
    """Around the transaction: what is refused was taken back whole, and the page says why."""
    try:
        yield
    except NotApplied as refusal:
        flash(refusal_word(refusal), "error")


def _form() -> RosterForm:
    form = RosterForm(CombinedMultiDict([request.files, request.form]) if request.method == "POST" else None)
    with office().database.reading() as session:
        classes = classes_of(session, current_actor().organisation_id)
    form.offer([(one.id, one.name) for one in classes], _("文件里有班级"))
    return form


def _proposed(form: RosterForm) -> int:
    """Read and compared outside the transaction: both may take a second, in which everybody else would wait."""
    chosen, actor = form.class_id.data, current_actor()
    named = getattr(form.file.data, "filename", "") or _("粘贴的格子")
    with office().database.reading() as session:
        own = own_columns(session, actor.organisation_id)
    class_id = int(chosen) if chosen else None
    roster = read_roster(form.content(), file_name=named, today=clock.today(), class_id=class_id, own=own)
    with office().database.reading() as session:
        changes = first_look(session, actor.organisation_id, roster)
    with office().database.writing() as session:
        return actions.propose(session, by=actor, now=clock.now(), roster=roster, changes=changes).id


def _note_look(actor: Actor, import_id: int) -> None:
    """In the trail before anything is opened; a short transaction, for opening takes its time."""
    now = clock.now()
    with office().database.writing() as session:
        actions.expire(session, now=now)
        if import_or_404(session, actor, import_id).state is ImportState.PROPOSED:
            record_read(session, by=actor, now=now, what=Reading.LIST, subject=("roster_import", import_id))


def _start_page(form: RosterForm, words: tuple[str, ...] = ()) -> str:
    actor, now = current_actor(), clock.now()
    if not may_import(actor):
        return render_template("roster/not_yours.html")
    with office().database.writing() as session:
        actions.expire(session, now=now)
        twice = open_identities(session, at_two_schools(session, actor))
        if twice:
            here = ("school", actor.organisation_id)
            record_read(session, by=actor, now=now, what=Reading.LIST, subject=here, detail={"children": len(twice)})
        waiting = past_of(session, waiting_imports(session, actor))
        decided = past_of(session, decided_imports(session, actor))
    names = [(child_id, identity.name) for child_id, identity in twice.items()]
    return render_template("roster/start.html", form=form, waiting=waiting, decided=decided, twice=names, words=words)
