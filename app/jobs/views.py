"""Pages of long work: start a print of the whole school, see how far it is, stop it, fetch what is made."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.jobs import actions, queries, queueing, wording
from app.jobs.choosing import counts, groups
from app.jobs.keeping import Gone
from app.jobs.models import Job, JobKind
from app.jobs.notices import MOST_IN_ONE, pieces_of
from app.notices.pages import chosen_style
from app.office import office
from app.papers import explain_missing_fonts, press
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.privacy.keys import KeyRingError
from app.privacy.sealing import SealBroken

pages = Blueprint("jobs", __name__, url_prefix="/jobs")
for words in (
    wording.job_kind_word,
    wording.job_state_word,
    wording.job_left_words,
    wording.job_failure_words,
    wording.job_file_words,
    wording.job_size_words,
):
    pages.add_app_template_global(words)
explain_missing_fonts(pages)

_PRINTS = (Role.CLERK, Role.SCHOOL_HEAD, Role.CDC_DOCTOR)
_HAVE_JOBS = (*_PRINTS, Role.BUREAU_AUDITOR)


@pages.get("")
@admit(*_HAVE_JOBS)
def index() -> str:
    actor = current_actor()
    with office().database.reading() as session:
        all_of_them, new = counts(session, actor) if actor.role in _PRINTS else (0, 0)
        jobs = queries.recent_jobs(session, actor)
        return render_template("jobs/index.html", jobs=jobs, total=all_of_them, new=new, most=MOST_IN_ONE)


@pages.post("/notices")
@admit(*_PRINTS)
def print_notices() -> AnyResponse:
    """Every class of the school (or district) in turn; only what was not printed yet, or everything."""
    actor, only_new = current_actor(), request.form.get("which") != "all"
    press()
    style = chosen_style()
    choices = {"layout": style.layout.value, "english": style.english, "merged": request.form.get("merged") == "1"}
    with office().database.writing() as session:
        pieces = pieces_of([(one.label, one.notices) for one in groups(session, actor, only_new=only_new)])
        if not pieces:
            flash(_("没有要打印的通知。"), "error")
            return redirect(url_for("jobs.index"), 303)
        what = {"kind": JobKind.NOTICES, "pieces": pieces, "choices": choices}
        job = actions.ask(session, by=actor, now=clock.now(), on=clock.today(), **what)
    return handed_over(job)


@pages.get("/<int:job_id>")
@admit(*_HAVE_JOBS)
def show(job_id: int) -> str:
    with office().database.reading() as session:
        job = queries.job_or_404(session, current_actor(), job_id)
        return render_template("jobs/show.html", at=queries.progress_of(session, job, clock.now()))


@pages.post("/<int:job_id>/cancel")
@admit(*_HAVE_JOBS)
def cancel(job_id: int) -> AnyResponse:
    actor = current_actor()
    with office().database.writing() as session:
        job = queries.job_or_404(session, actor, job_id)
        actions.cancel(session, office().settings, by=actor, now=clock.now(), job=job)
    queueing.take_out(office().settings, job)
    return redirect(url_for("jobs.show", job_id=job_id), 303)


@pages.post("/<int:job_id>/go-on")
@admit(*_HAVE_JOBS)
def go_on(job_id: int) -> AnyResponse:
    actor = current_actor()
    with office().database.writing() as session:
        job = queries.job_or_404(session, actor, job_id)
        if not actions.go_on(session, by=actor, now=clock.now(), job=job):
            return redirect(url_for("jobs.show", job_id=job_id), 303)
    return handed_over(job)


@pages.post("/<int:job_id>/files/<int:file_id>")
@admit(*_HAVE_JOBS)
def fetch(job_id: int, file_id: int) -> AnyResponse:
    actor = current_actor()
    with office().database.writing() as session:
        job, file = queries.file_or_404(session, actor, job_id, file_id)
        try:
            content = actions.fetch(session, office().settings, by=actor, now=clock.now(), job=job, file=file)
        except (Gone, KeyRingError, SealBroken):
            flash(_("这个文件已经删掉了。要用，请重新做一次。"), "error")
            return redirect(url_for("jobs.show", job_id=job_id), 303)
    answer = Response(content, mimetype=file.media)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{job.kind}-{job.id}-{file.name}")
    return answer


def handed_over(job: Job) -> AnyResponse:
    """After the transaction: the worker is told, and its person looks on."""
    queueing.put_in(office().settings, job)
    return redirect(url_for("jobs.show", job_id=job.id), 303)
