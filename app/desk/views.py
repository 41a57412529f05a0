"""The desk's pages: choose a class, scan, record the clinic's word, see the result, undo."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.campaigns.pinning import edition_for
from app.checks import actions as checks
from app.checks.gathering import gather
from app.checks.judging import judge
from app.checks.models import Check
from app.checks.queries import latest_check
from app.checks.showing import show as rows_of
from app.children.kinds import CertificateState, Whereabouts
from app.children.models import Child, Enrolment
from app.children.queries import active_enrolment, class_of, effective_doses, latest_certificate
from app.children.record_actions import record_certificate
from app.children.refusing import AlreadyCorrected
from app.desk.finding import LONGEST, find
from app.desk.progress import Progress, progress_of
from app.notices.queries import live_notice
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import child_or_404, class_or_404, classes_in_scope
from app.privacy.identities import open_identity
from app.schools.models import SchoolClass
from app.schools.ordering import class_order
from forms import wording
from forms.web.desk import AssessmentForm

pages = Blueprint("desk", __name__, url_prefix="/desk")

_DESK = (Role.CLERK, Role.SCHOOL_HEAD)
_CLASS = "desk_class"


@pages.get("")
@admit(*_DESK)
def show() -> AnyResponse | str:
    with office().database.reading() as session:
        progress = _progress(session)
        if progress is None:
            return redirect(url_for("desk.classes"), 303)
        return render_template("desk/desk.html", progress=progress)


@pages.route("/classes", methods=["GET", "POST"])
@admit(*_DESK)
def classes() -> AnyResponse | str:
    with office().database.reading() as session:
        if request.method == "POST":
            chosen = class_or_404(session, current_actor(), request.form.get("class_id", 0, type=int))
            cookie[_CLASS] = chosen.id
            return redirect(url_for("desk.show"), 303)
        found = sorted(session.scalars(classes_in_scope(current_actor())), key=class_order)
        rows = [progress_of(session, one, clock.today()) for one in found]
        return render_template("desk/classes.html", rows=rows, chosen=cookie.get(_CLASS))


@pages.post("/find")
@admit(*_DESK)
def scan() -> AnyResponse | str:
    typed = request.form.get("code", "").strip()[:LONGEST]
    if not typed:
        return redirect(url_for("desk.show"), 303)
    actor = current_actor()
    with office().database.writing() as session:
        found = find(session, actor, typed)
        if found.child_id is not None:
            if found.dead_notice:
                flash(_("这张通知已经被新的代替，下面是这个孩子现在的情况。"))
            return redirect(url_for("desk.child", child_id=found.child_id), 303)
        if found.several:
            ids = {"children": [row.child_id for row in found.several]}
            subject = ("organisation", actor.organisation_id)
            record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=ids)
        progress = _progress(session)
        return render_template("desk/found.html", progress=progress, typed=typed, found=found.several)


@pages.get("/children/<int:child_id>")
@admit(*_DESK)
def child(child_id: int) -> AnyResponse | str:
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        record_read(session, by=current_actor(), now=clock.now(), what=Reading.PAGE, subject=("child", found.id))
        return _child_page(session, found, AssessmentForm())


@pages.post("/children/<int:child_id>")
@admit(*_DESK)
def check(child_id: int) -> AnyResponse | str | tuple[str, int]:
    actor, form = current_actor(), AssessmentForm(request.form)
    with office().database.writing() as session:
        found = child_or_404(session, actor, child_id)
        if not form.validate():
            return _child_page(session, found, form), 422
        enrolment = active_enrolment(session, actor, child_id) or abort(404)
        try:
            _record_certificate(session, found, form)
        except AlreadyCorrected:
            flash(_("刚才别的查验台记过这本证，请再看一眼。"), "error")
            return redirect(url_for("desk.child", child_id=child_id), 303)
        checks.check_child(session, by=actor, now=clock.now(), as_of=clock.today(), child=found, enrolment=enrolment)
    return redirect(url_for("desk.child", child_id=child_id), 303)


@pages.post("/checks/<int:check_id>/undo")
@admit(*_DESK)
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
        flash(_("已撤销，这个孩子回到上一步的情况。"))
    return redirect(url_for("desk.child", child_id=found.child_id), 303)


def _record_certificate(session: Session, found: Child, form: AssessmentForm) -> None:
    """Keep what the clerk saw, unless it is on record already."""
    state, result = form.state, form.clinic_result
    latest = latest_certificate(session, found.id)
    if latest is not None and (latest.state, latest.clinic_result) == (state, result):
        return
    record_certificate(
        session,
        by=current_actor(),
        now=clock.now(),
        child=found,
        instead_of=form.seen,
        state=state,
        kind=latest.kind if latest else None,
        whereabouts=Whereabouts.SEEN if state is CertificateState.PRESENT else None,
        clinic_result=result,
        clinic_unit=latest.clinic_unit if latest else None,
        clinic_day=latest.clinic_day if latest and latest.clinic_result == result else None,
    )


def _child_page(session: Session, found: Child, form: AssessmentForm) -> str:
    """The question while nothing is saved or the record moved on; the result once it is."""
    actor = current_actor()
    enrolment = active_enrolment(session, actor, found.id) or abort(404)
    identity = open_identity(session, found) or abort(404)
    judgement = judge(gather(session, found, clock.today()), edition_for(session, enrolment))
    saved = latest_check(session, enrolment.id)
    current = saved is not None and judgement.is_kept_by(saved)
    certificate = latest_certificate(session, found.id)
    form.instead_of.data = str(certificate.id) if certificate else ""
    return render_template(
        "desk/result.html" if current else "desk/child.html",
        progress=_progress(session, enrolment),
        child=found,
        identity=identity,
        place=class_of(session, enrolment).name,
        form=form,
        saved=saved,
        certificate=certificate,
        doses=len(effective_doses(session, found.id)),
        shown=rows_of(judgement, {}),
        paper=live_notice(session, enrolment.id),  # base.html has a component of the name "notice"
        undoable=saved is not None and _undoable(saved),
        today=clock.today(),
    )


def _undoable(saved: Check) -> bool:
    seconds = (clock.now() - saved.at).total_seconds()
    return saved.by == current_actor().user_id and seconds <= checks.UNDO_SECONDS


def _progress(session: Session, enrolment: Enrolment | None = None) -> Progress | None:
    """The class of the desk: the one that was chosen, else the child's own."""
    actor = current_actor()
    own = classes_in_scope(actor)
    chosen = cookie.get(_CLASS) or (enrolment.class_id if enrolment else actor.class_id)
    school_class = session.scalars(own.where(SchoolClass.id == chosen)).one_or_none() if chosen else None
    return progress_of(session, school_class, clock.today()) if school_class else None


pages.add_app_template_global(wording.state_word)
