"""The page of sheets: each person finds there what it may have, as a PDF to print or a workbook for Excel and WPS."""

import datetime as dt

from flask import Blueprint, abort, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, Subject, record_read
from app.campaigns.models import Campaign
from app.checks.counting import counts_of_classes
from app.office import office
from app.papers import as_form, chosen_form, explain_missing_fonts
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import class_or_404
from app.schools.models import Organisation
from app.sheets import queries
from app.sheets.drawing import Drawn, feedback_sheet, register_sheet, summary_sheet
from app.sheets.months import Month, months_of

pages = Blueprint("sheets", __name__, url_prefix="/sheets")
explain_missing_fonts(pages)

_SCHOOL = (Role.CLERK, Role.SCHOOL_HEAD)
#: These see children by name.
_NAMES = (*_SCHOOL, Role.NURSE, Role.CDC_DOCTOR)


@pages.get("")
@admit(*_NAMES, Role.BUREAU_AUDITOR)
def index() -> str:
    actor = current_actor()
    with office().database.writing() as session:
        campaigns = queries.campaigns_for(session, actor)
        campaign = _chosen(campaigns)
        if campaign is None:
            return render_template("sheets/index.html", campaign=None)
        drawn = summary_sheet(session, actor, campaign, clock.now())
        _record(session, Reading.LIST, campaign, drawn)
        classes = queries.classes_of(session, actor) if queries.of_a_school(actor) else ()
        counts = counts_of_classes(session, campaign, [one.id for one in classes])
        return render_template(
            "sheets/index.html",
            campaign=campaign,
            campaigns=campaigns,
            sheet=drawn.sheet,
            classes=[(one, counts[one.id]) for one in classes if counts[one.id].expected],
            schools=() if queries.of_a_school(actor) else queries.asked_schools(session, actor, campaign),
            months=months_of(campaign, clock.today()) if actor.role in _NAMES else (),
        )


@pages.post("/classes/<int:class_id>/register")
@admit(*_SCHOOL)
def register(class_id: int) -> AnyResponse:
    form = chosen_form()
    with office().database.writing() as session:
        school_class = class_or_404(session, current_actor(), class_id)
        campaign = _campaign(session)
        drawn = register_sheet(session, campaign, school_class, clock.today())
        _record(session, form.reading, campaign, drawn, ("school_class", class_id))
    return as_form(drawn.sheet, form, "register")


@pages.post("/summary")
@admit(*_NAMES, Role.BUREAU_AUDITOR)
def summary() -> AnyResponse:
    form = chosen_form()
    with office().database.writing() as session:
        campaign = _campaign(session)
        drawn = summary_sheet(session, current_actor(), campaign, clock.now())
        _record(session, form.reading, campaign, drawn)
    return as_form(drawn.sheet, form, "summary")


@pages.post("/feedback")
@admit(*_NAMES)
def feedback() -> AnyResponse:
    form = chosen_form()
    with office().database.writing() as session:
        campaign = _campaign(session)
        month = _month(campaign, clock.today())
        school = _school(session, campaign)
        drawn = feedback_sheet(session, current_actor(), campaign, month, clock.today(), school)
        _record(session, form.reading, campaign, drawn)
    return as_form(drawn.sheet, form, f"feedback-{month.code}")


def _campaign(session: Session) -> Campaign:
    return _chosen(queries.campaigns_for(session, current_actor())) or abort(404)


def _chosen(campaigns: list[Campaign]) -> Campaign | None:
    """The one that was asked for, else the newest. One that is nobody's business here is not there."""
    wanted = request.values.get("campaign", "")
    if not wanted:
        return campaigns[0] if campaigns else None
    return next((one for one in campaigns if str(one.id) == wanted), None) or abort(404)


def _school(session: Session, campaign: Campaign) -> Organisation | None:
    """The one school that a feedback goes to; a center tells no school of another's children. None: all of them."""
    wanted = request.form.get("school", "")
    if not wanted:
        return None
    schools = queries.asked_schools(session, current_actor(), campaign)
    return next((one for one in schools if str(one.id) == wanted), None) or abort(404)


def _month(campaign: Campaign, today: dt.date) -> Month:
    wanted = request.form.get("month", "")
    months = months_of(campaign, today)
    return next((one for one in months if one.code == wanted), months[-1] if not wanted else None) or abort(404)


def _record(session: Session, what: Reading, campaign: Campaign, drawn: Drawn, subject: Subject | None = None) -> None:
    actor = current_actor()
    detail = {"sheet": drawn.kind, "campaign": campaign.id, "children": list(drawn.children)}
    about = subject or ("organisation", actor.organisation_id)
    record_read(session, by=actor, now=clock.now(), what=what, subject=about, detail=detail)
