"""One child before the desk: the question while nothing is saved, the answer once it is, and taking it back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.campaigns.pinning import edition_for
from app.checks import actions as checks
from app.checks.gathering import gather
from app.checks.judging import Judgement, judge
from app.checks.models import Check
from app.checks.queries import latest_check
from app.checks.showing import show as rows_of
from app.children.models import Child
from app.children.queries import active_enrolment, class_of, effective_doses, latest_certificate
from app.children.refusing import AlreadyCorrected
from app.desk.machine import desk_here
from app.desk.pages import DESK, bar, pages
from app.desk.saving import Answer, save, who_saved
from app.notices.queries import live_notice
from app.office import office
from app.people.access import admit, current_actor
from app.people.scope import child_or_404
from app.privacy.identities import open_identity
from forms.web.desk import AssessmentForm


@pages.get("/children/<int:child_id>")
@admit(*DESK)
def child(child_id: int) -> AnyResponse | str:
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        record_read(session, by=current_actor(), now=clock.now(), what=Reading.PAGE, subject=("child", found.id))
        return _child_page(session, found, AssessmentForm())


@pages.post("/children/<int:child_id>")
@admit(*DESK)
def check(child_id: int) -> AnyResponse | str | tuple[str, int]:
    form = AssessmentForm(request.form)
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        if not form.validate():
            return _child_page(session, found, form), 422
        return redirect(_answered(session, found, form), 303)


@pages.post("/checks/<int:check_id>/undo")
@admit(*DESK)
def undo(check_id: int) -> AnyResponse:
    actor = current_actor()
    with office().database.writing() as session:
        found = session.get(Check, check_id) or abort(404)
        child_or_404(session, actor, found.child_id)
        try:
            checks.undo_check(session, by=actor, now=clock.now(), check=found)
        except checks.TooLateToUndo:
            flash(_("超过 1 分钟或已经有新的记录，不能撤销。照实再查验一次就会更正。"), "error")
            return redirect(url_for("desk.child", child_id=found.child_id), 303)
        return redirect(undone(found), 303)


def undone(check: Check) -> str:
    """Says so; where to go on."""
    flash(_("已撤销，这个孩子回到上一步的情况。"))
    return url_for("desk.child", child_id=check.child_id)


def answer_for(session: Session, found: Child, answer: str) -> str:
    """What a command card answers for the child on the screen; where to go on."""
    sent = {"answer": answer, "token": request.form.get("token", ""), "instead_of": request.form.get("instead_of", "")}
    form = AssessmentForm(data=sent)
    return _answered(session, found, form)


def _answered(session: Session, found: Child, form: AssessmentForm) -> str:
    actor = current_actor()
    enrolment = active_enrolment(session, actor, found.id) or abort(404)
    here, again = url_for("desk.child", child_id=found.id), url_for("desk.child", child_id=found.id, again=1)
    try:
        with session.begin_nested():
            saved = save(
                session,
                by=actor,
                now=clock.now(),
                today=clock.today(),
                enrolment=enrolment,
                token=form.once,
                desk=desk_here(session, actor),
                answer=Answer(form.state, form.clinic_result, form.seen),
            )
    except AlreadyCorrected:
        if latest_check(session, enrolment.id) is None:
            flash(_("刚才别的查验台记过这本证，请再看一眼。"), "error")
        return again
    return here if saved.new else again


def _child_page(session: Session, found: Child, form: AssessmentForm) -> str:
    """The question while nothing is saved or the record moved on; the result once it is."""
    actor = current_actor()
    enrolment = active_enrolment(session, actor, found.id) or abort(404)
    identity = open_identity(session, found) or abort(404)
    judgement = judge(gather(session, found, clock.today()), edition_for(session, enrolment))
    saved = latest_check(session, enrolment.id)
    current = saved is not None and _still_says(saved, judgement) and "ask" not in request.args
    certificate = latest_certificate(session, found.id)
    form.instead_of.data = str(certificate.id) if certificate else ""
    return render_template(
        "desk/result.html" if current else "desk/child.html",
        child=found,
        identity=identity,
        place=class_of(session, enrolment).name,
        form=form,
        saved=saved,
        saved_by=who_saved(session, saved) if saved else None,
        again=current and "again" in request.args,
        certificate=certificate,
        doses=len(effective_doses(session, found.id)),
        shown=rows_of(judgement, {}),
        paper=live_notice(session, enrolment.id),  # base.html has a component of the name "notice"
        undoable=saved is not None and _undoable(saved),
        today=clock.today(),
        **bar(session, enrolment),
    )


def _still_says(saved: Check, judgement: Judgement) -> bool:
    """The same facts by the same edition, and the day that has gone by made no difference to the result."""
    same = {**saved.inputs, "as_of": None} == {**judgement.inputs, "as_of": None}
    assessment = judgement.assessment
    return same and (saved.result, saved.edition) == (assessment.result.value, assessment.edition)


def _undoable(saved: Check) -> bool:
    seconds = (clock.now() - saved.at).total_seconds()
    return saved.by == current_actor().user_id and seconds <= checks.UNDO_SECONDS
