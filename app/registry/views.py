"""The pages of reading a registry's export: choose a file, answer its questions, write it or leave it, take it back."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.privacy.keys import keys_of
from app.registry import actions, keeping, queries, showing
from app.registry.answering import read_children, read_products
from app.registry.comparing import compare
from app.registry.reading import read_export
from app.registry.sweeping import sweep_now_and_then
from app.registry.wording import refusal_word
from app.roster.models import ImportState
from app.roster.opening import FileRefused
from app.roster.refusing import NotApplied, Unreadable
from app.uploads import go_on
from forms.web.registry_upload import RegistryForm
from forms.web.vaccines import names

pages = Blueprint("registry", __name__)
pages.add_app_template_global(showing.number_ends)
pages.before_app_request(sweep_now_and_then)

_IMPORT = (Role.NURSE, Role.CLERK, Role.SCHOOL_HEAD)


@pages.get("/registry/import")
@admit(*_IMPORT)
def start() -> str:
    return _start_page(RegistryForm())


@pages.post("/registry/import")
@admit(*_IMPORT)
def upload() -> AnyResponse | dict[str, str] | tuple[str, int]:
    form, actor = RegistryForm(CombinedMultiDict([request.files, request.form])), current_actor()
    if not queries.may_import(actor) or not form.validate():
        return _start_page(form), 422
    try:
        # Outside the transaction: reading takes seconds, in which everybody else would wait.
        export = read_export(form.file.data.read(), file_name=form.file.data.filename or "", today=clock.today())
    except FileRefused as refusal:
        form.file.errors = [str(refusal)]
        return _start_page(form), 422
    with office().database.writing() as session:
        export_id = actions.propose(session, by=actor, now=clock.now(), export=export).id
    return go_on(url_for("registry.show", export_id=export_id))


@pages.get("/registry/import/<int:export_id>")
@admit(*_IMPORT)
def show(export_id: int) -> str | tuple[str, int]:
    actor, page = current_actor(), max(1, request.args.get("page", 1, int))
    _note_look(export_id)
    with office().database.reading() as session:
        waiting = queries.import_or_404(session, actor, export_id)
        if waiting.state is not ImportState.PROPOSED:
            return render_template(
                "registry/decided.html", done=waiting, may_undo=actions.may_undo(waiting, clock.now())
            )
        try:
            seen = compare(session, actor, keeping.taken_out(keys_of(session), waiting))
        except Unreadable:
            return render_template("registry/decided.html", done=None, may_undo=False), 410
        asked = showing.questions(session, actor, seen, page)
    shown = {"page": page, "pages": showing.pages_of(seen), "sums": showing.sums(seen), "products": names()}
    return render_template("registry/review.html", waiting=waiting, seen=seen, questions=asked, **shown)


@pages.post("/registry/import/<int:export_id>/answers")
@admit(*_IMPORT)
def answer(export_id: int) -> AnyResponse:
    children, products = read_children(request.form), read_products(request.form)
    with _saying_refusals(), office().database.writing() as session:
        by, now = current_actor(), clock.now()
        actions.answer(session, by=by, now=now, import_id=export_id, children=children, products=products)
        flash(_("记下了"))
    return redirect(url_for("registry.show", export_id=export_id), 303)


@pages.post("/registry/import/<int:export_id>/apply")
@admit(*_IMPORT)
def apply(export_id: int) -> AnyResponse:
    seen = request.form.get("seen", "")
    with _saying_refusals(), office().database.writing() as session:
        actions.apply(session, by=current_actor(), now=clock.now(), import_id=export_id, seen=seen)
    return redirect(url_for("registry.show", export_id=export_id), 303)


@pages.post("/registry/import/<int:export_id>/refuse")
@admit(*_IMPORT)
def refuse(export_id: int) -> AnyResponse:
    with _saying_refusals(), office().database.writing() as session:
        actions.refuse(session, by=current_actor(), now=clock.now(), import_id=export_id)
        flash(_("没有导入，读到的内容已经删掉"))
    return redirect(url_for("registry.start"), 303)


@pages.post("/registry/import/<int:export_id>/undo")
@admit(*_IMPORT)
def undo(export_id: int) -> AnyResponse:
    with _saying_refusals(), office().database.writing() as session:
        gone = actions.undo(session, by=current_actor(), now=clock.now(), import_id=export_id)
        flash(_("收回了 %(n)s 剂。后来改过的，没有动。", n=gone))
    return redirect(url_for("registry.show", export_id=export_id), 303)


@contextmanager
def _saying_refusals() -> Iterator[None]:
    """Around the transaction: what is refused was taken back whole, and the page says why."""
    try:
        yield
    except NotApplied as refusal:
        flash(refusal_word(refusal), "error")


def _note_look(export_id: int) -> None:
    """In the trail before anything is opened; a short transaction, for opening takes its time."""
    actor, now = current_actor(), clock.now()
    with office().database.writing() as session:
        actions.expire(session, now=now)
        if queries.import_or_404(session, actor, export_id).state is ImportState.PROPOSED:
            record_read(session, by=actor, now=now, what=Reading.LIST, subject=("registry_import", export_id))


def _start_page(form: RegistryForm) -> str:
    actor = current_actor()
    if not queries.may_import(actor):
        return render_template("roster/not_yours.html")
    with office().database.reading() as session:
        waiting, decided = queries.waiting_imports(session, actor), queries.decided_imports(session, actor)
    return render_template("registry/start.html", form=form, waiting=waiting, decided=decided)
