"""Pages of supervision: who is late, the list to print, visits with their findings and what is to be put right."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.campaigns.models import Campaign, CampaignState
from app.campaigns.queries import deadline
from app.children.models import Child
from app.inspection import actions, overdue, queries, wording
from app.inspection.models import FindingKind, InspectionVisit, VisitFinding
from app.inspection.sheets import VisitSheet, escalation_sheet, visit_sheet
from app.office import office
from app.papers import as_form, as_pdf, chosen_form, explain_missing_fonts, press
from app.people.access import admit, current_actor
from app.people.models import User
from app.people.roles import Role
from app.people.scope import children_in_scope
from app.privacy.identities import open_identities
from app.schools.models import Organisation
from app.spotchecks.queries import campaigns
from forms.web.visits import VisitForm

deadlines = Blueprint("deadlines", __name__)
visits = Blueprint("visits", __name__)
for word in (wording.late_word, wording.finding_word):
    deadlines.add_app_template_global(word)
explain_missing_fonts(deadlines)
explain_missing_fonts(visits)

_WATCH = (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)
_MOST_CHILDREN = 200


@deadlines.get("/deadlines")
@admit(*_WATCH)
def index() -> str:
    actor, today = current_actor(), clock.today()
    with office().database.writing() as session:
        campaign = _campaign(session)
        rows = overdue.days_of_schools(session, actor, campaign, today) if campaign else []
        own = overdue.children_with_own_days(session, actor, campaign, _MOST_CHILDREN) if campaign else []
        ids = [one.enrolment.child_id for one in own]
        seen = session.scalars(children_in_scope(actor).where(Child.id.in_(ids))).all()
        if seen:
            subject, detail = ("organisation", actor.organisation_id), {"children": sorted(one.id for one in seen)}
            record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
        return render_template(
            "inspection/deadlines.html",
            campaign=campaign,
            rows=rows,
            own=own,
            names={one: identity.name for one, identity in open_identities(session, seen).items()},
            schools={row.school.id: row.school.name for row in rows},
            until=deadline(campaign) if campaign else None,
            today=today,
            follow_up=len(queries.to_follow_up(session, actor)),
        )


@deadlines.post("/deadlines/print")
@admit(*_WATCH)
def print_escalation() -> AnyResponse:
    """Schools and their contacts: the looks at staff data are kept like prints of lists."""
    form, actor, today = chosen_form(), current_actor(), clock.today()
    with office().database.writing() as session:
        campaign = _campaign(session) or abort(404)
        rows = [one for one in overdue.days_of_schools(session, actor, campaign, today) if one.is_overdue]
        with force_locale("zh_CN"):
            sheet = escalation_sheet(rows, _own_name(session), campaign.name, today)
        subject, detail = ("organisation", actor.organisation_id), {"schools": len(rows)}
        record_read(session, by=actor, now=clock.now(), what=form.reading, subject=subject, detail=detail)
    return as_form(sheet, form, "overdue-schools")


@visits.get("/visits")
@admit(*_WATCH, Role.SCHOOL_HEAD)
def index_of_visits() -> str:
    actor = current_actor()
    with office().database.reading() as session:
        newest = queries.visits_in_scope(actor).order_by(InspectionVisit.day.desc(), InspectionVisit.id.desc())
        found = session.scalars(newest.limit(100)).all()
        return render_template(
            "inspection/visits.html",
            visits=found,
            findings=queries.findings_of(session, [one.id for one in found]),
            schools={one.school_id: session.get_one(Organisation, one.school_id).name for one in found},
            follow_up=queries.to_follow_up(session, actor),
            writes=actor.role in _WATCH,
            today=clock.today(),
        )


@visits.route("/visits/new", methods=["GET", "POST"])
@admit(*_WATCH)
def new() -> AnyResponse | str | tuple[str, int]:
    form, actor = VisitForm(request.form), current_actor()
    form.offer([(kind.value, words) for kind, words in wording.finding_words().items()])
    with office().database.writing() as session:
        schools = {str(one.id): one for one in queries.schools(session, actor)}
        form.school.offer([(number, one.name) for number, one in schools.items()])
        if request.method == "GET":
            form.school.data, form.day.data = request.args.get("school", ""), clock.today().isoformat()
            return render_template("inspection/new_visit.html", form=form)
        if not form.validate() or not form.is_not_after(clock.today()):
            return render_template("inspection/new_visit.html", form=form), 422
        found = [actions.Found(FindingKind(kind), note, until) for kind, note, until in form.findings]
        which = {"school": schools[form.school.data], "day": form.day.day, "findings": found}
        visit = actions.write_down(session, by=actor, now=clock.now(), **which)
    flash(_("督导记下了。"))
    return redirect(url_for("visits.show", visit_id=visit.id), 303)


@visits.get("/visits/<int:visit_id>")
@admit(*_WATCH, Role.SCHOOL_HEAD)
def show(visit_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        visit = queries.visit_or_404(session, actor, visit_id)
        findings = queries.findings_of(session, [visit.id])[visit.id]
        record_read(session, by=actor, now=clock.now(), what=Reading.PAGE, subject=("visit", visit.id))
        return render_template(
            "inspection/visit.html",
            visit=visit,
            findings=[(one, actions.opened_note(session, one)) for one in findings],
            school=session.get_one(Organisation, visit.school_id),
            inspector=session.get_one(User, visit.inspector_id).shown_name,
            writes=actor.role in _WATCH,
            today=clock.today(),
        )


@visits.post("/visits/<int:visit_id>/findings/<int:position>/put-right")
@admit(*_WATCH)
def put_right(visit_id: int, position: int) -> AnyResponse:
    with office().database.writing() as session:
        visit = queries.visit_or_404(session, current_actor(), visit_id)
        wanted = select(VisitFinding).where(VisitFinding.visit_id == visit.id, VisitFinding.position == position)
        finding = session.scalars(wanted.with_for_update()).one_or_none() or abort(404)
        actions.put_right(session, by=current_actor(), now=clock.now(), on=clock.today(), finding=finding)
    flash(_("记下了：已整改。"))
    return redirect(url_for("visits.show", visit_id=visit_id), 303)


@visits.post("/visits/<int:visit_id>/print")
@admit(*_WATCH, Role.SCHOOL_HEAD)
def print_visit(visit_id: int) -> Response:
    form, actor = chosen_form(), current_actor()
    with office().database.writing() as session:
        visit = queries.visit_or_404(session, actor, visit_id)
        school = session.get_one(Organisation, visit.school_id)
        findings = queries.findings_of(session, [visit.id])[visit.id]
        filled = VisitSheet(
            school=school.name,
            contact=" ".join(one for one in (school.contact_person, school.phone) if one),
            day=visit.day,
            inspector=session.get_one(User, visit.inspector_id).shown_name,
            number=visit.id,
            findings=tuple(
                (one.kind, actions.opened_note(session, one), one.put_right_by, one.put_right_on) for one in findings
            ),
        )
        record_read(session, by=actor, now=clock.now(), what=form.reading, subject=("visit", visit.id))
        with force_locale("zh_CN"):
            sheet = visit_sheet(filled, session.get_one(Organisation, visit.organisation_id).name, clock.today())
    return as_form(sheet, form, "visit")


@visits.post("/visits/blank")
@admit(*_WATCH)
def print_blank() -> Response:
    with office().database.reading() as session, force_locale("zh_CN"):
        sheet = visit_sheet(VisitSheet(), _own_name(session), clock.today())
    return as_pdf(press().print_tables(sheet), "visit")


def _campaign(session: Session) -> Campaign | None:
    """The one that is going on."""
    found = campaigns(session, current_actor())
    return next((one for one in found if one.state is CampaignState.OPEN), None)


def _own_name(session: Session) -> str:
    return session.get_one(Organisation, current_actor().organisation_id).name
