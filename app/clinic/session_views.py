"""Pages of sessions: the days that are planned, and one day with everybody who is asked to come, on paper too."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.clinic import drawing, session_actions, sessions
from app.clinic.kinds import PauseReason
from app.clinic.models import VaccinationSession
from app.clinic.pages import pages
from app.clinic.session_actions import Hours
from app.clinic.session_list import everybody_in
from app.clinic.wording import pause_word
from app.office import office
from app.papers import as_pdf, press
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import organisations_in_scope
from app.schools.models import Organisation, OrganisationKind
from forms.paper.invitation import print_invitations
from forms.paper.screening import print_screenings
from forms.web.clinic import SessionForm


@pages.route("/sessions", methods=["GET", "POST"])
@admit(Role.NURSE)
def plan() -> AnyResponse | str | tuple[str, int]:
    form = SessionForm(request.form if request.method == "POST" else None)
    with office().database.writing() as session:
        schools = _schools(session)
        form.school_id.offer([("", _("门诊")), *((str(one.id), one.name) for one in schools)])
        if request.method == "POST":
            if not form.read(clock.today()) or form.chosen_day is None:
                return _plan_page(session, form), 422
            hours = Hours(form.from_minutes, form.to_minutes, form.slot_minutes.data or 30, form.capacity.data or 1)
            school_id = int(form.school_id.data) if form.school_id.data else None
            by, now, day = current_actor(), clock.now(), form.chosen_day
            made = session_actions.add_session(session, by=by, now=now, day=day, hours=hours, school_id=school_id)
            return redirect(url_for("clinic.session", session_id=made.id), 303)
        if school := request.args.get("school", ""):
            form.school_id.data = school
        if day := request.args.get("day", "")[:10]:
            form.day.data = day
        return _plan_page(session, form)


@pages.get("/sessions/<int:session_id>")
@admit(Role.NURSE)
def session(session_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as opened:
        found = sessions.session_or_404(opened, actor, session_id)
        rows = everybody_in(opened, actor, found)
        detail = {"children": [one.child.id for one in rows]}
        subject = ("vaccination_session", found.id)
        record_read(opened, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
        return render_template(
            "clinic/session.html",
            found=found,
            booking=sessions.booking_of(opened, found),
            rows=rows,
            school=opened.get(Organisation, found.school_id) if found.school_id else None,
            reasons=[(one.value, pause_word(one)) for one in PauseReason],
            today=clock.today(),
        )


@pages.post("/sessions/<int:session_id>/pause")
@admit(Role.NURSE)
def pause_session(session_id: int) -> AnyResponse:
    because = request.form.get("because", "")
    with office().database.writing() as opened:
        found = sessions.session_or_404(opened, current_actor(), session_id, lock=True)
        if because not in set(PauseReason):
            flash(_("没有暂停。请选为什么。"), "error")
        else:
            reason = PauseReason(because)
            session_actions.pause_session(opened, by=current_actor(), now=clock.now(), found=found, because=reason)
            flash(_("暂停了。下面是已经约好的，请告诉他们。"))
    return redirect(url_for("clinic.session", session_id=session_id), 303)


@pages.post("/sessions/<int:session_id>/resume")
@admit(Role.NURSE)
def resume_session(session_id: int) -> AnyResponse:
    with office().database.writing() as opened:
        found = sessions.session_or_404(opened, current_actor(), session_id, lock=True)
        session_actions.resume_session(opened, by=current_actor(), now=clock.now(), found=found)
    return redirect(url_for("clinic.session", session_id=session_id), 303)


@pages.post("/sessions/<int:session_id>/invitations")
@admit(Role.NURSE)
def invitations(session_id: int) -> AnyResponse:
    """Per class: a list for the teacher, then a slip for every family."""
    press()
    actor, now = current_actor(), clock.now()
    with office().database.writing() as opened:
        found = sessions.session_or_404(opened, actor, session_id)
        rows = everybody_in(opened, actor, found)
        if not rows:
            return _nobody(session_id)
        session_actions.mark_invited(opened, by=actor, now=now, found=found)
        _record_print(opened, found)
        classes = drawing.invitations(opened, actor, found, rows)
    return as_pdf(print_invitations(press(), classes), "invitations")


@pages.post("/sessions/<int:session_id>/screenings")
@admit(Role.NURSE)
def screenings(session_id: int) -> AnyResponse:
    press()
    actor = current_actor()
    with office().database.writing() as opened:
        found = sessions.session_or_404(opened, actor, session_id)
        rows = everybody_in(opened, actor, found)
        if not rows:
            return _nobody(session_id)
        _record_print(opened, found)
        sheets = drawing.screenings(opened, actor, found, rows)
    return as_pdf(print_screenings(press(), sheets), "screening")


def _nobody(session_id: int) -> AnyResponse:
    flash(_("这一场还没有约孩子。"), "error")
    return redirect(url_for("clinic.session", session_id=session_id), 303)


def _record_print(opened: Session, found: VaccinationSession) -> None:
    subject = ("vaccination_session", found.id)
    record_read(opened, by=current_actor(), now=clock.now(), what=Reading.PRINT, subject=subject)


def _schools(opened: Session) -> list[Organisation]:
    wanted = organisations_in_scope(current_actor()).where(Organisation.kind == OrganisationKind.SCHOOL)
    return list(opened.scalars(wanted.order_by(Organisation.name)))


def _plan_page(opened: Session, form: SessionForm) -> str:
    actor, today = current_actor(), clock.today()
    own, planned = opened.get_one(Organisation, actor.organisation_id), sessions.bookings(opened, actor, since=today)
    taken = {one.session.day for one in planned if one.session.school_id is None}
    return render_template(
        "clinic/sessions.html",
        form=form,
        bookings=planned,
        schools={one.id: one.name for one in _schools(opened)},
        own=own,
        open_days=sessions.next_open_days(own, today, taken),
        today=today,
    )
