"""A school's pages: where it stands in the campaign, the checklist, the papers of before, who has days of its own."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.campaigns import actions, showing
from app.campaigns.clocks import own_days_of
from app.campaigns.models import Campaign
from app.campaigns.pages import pages
from app.campaigns.preparing import TICKED
from app.campaigns.queries import campaigns_in_scope, open_campaign
from app.campaigns.reminders import Today, today_of
from app.campaigns.wording import own_days_words
from app.office import office
from app.papers import as_pdf, explain_missing_fonts, press
from app.people.access import actor_or_none, admit, current_actor
from app.people.roles import Role

explain_missing_fonts(pages)

_SCHOOL = (Role.CLERK, Role.SCHOOL_HEAD)
_PRINTS = (*_SCHOOL, Role.NURSE, Role.BUREAU_AUDITOR)


@pages.get("")
@admit(*_SCHOOL, Role.BUREAU_AUDITOR)
def index() -> AnyResponse | str:
    actor = current_actor()
    with office().database.reading() as session:
        if actor.role is Role.BUREAU_AUDITOR:
            found = session.scalars(campaigns_in_scope(actor).order_by(Campaign.first_day.desc())).all()
            return render_template("campaigns/list.html", campaigns=found)
        return render_template("campaigns/school.html", page=showing.school_page(session, actor, clock.today()))


@pages.post("/preparation/<item>")
@admit(*_SCHOOL)
def tick(item: str) -> AnyResponse:
    return _tick(item, actions.tick)


@pages.post("/preparation/<item>/undo")
@admit(*_SCHOOL)
def untick(item: str) -> AnyResponse:
    return _tick(item, actions.untick)


@pages.get("/papers/<sheet>")
@admit(*_PRINTS)
def paper(sheet: str) -> AnyResponse:
    """A sheet without anybody's data: nothing to record."""
    make = showing.SHEETS.get(sheet) or abort(404)
    printer = press()
    with office().database.reading() as session:
        facts = showing.letter_facts(session, current_actor(), clock.today())
    return as_pdf(make(printer, facts), sheet)


@pages.get("/children/<which>")
@admit(*_SCHOOL)
def children(which: str) -> AnyResponse | str:
    """Those with days of their own, or those whom to look at again: by name, so it is recorded."""
    if which not in showing.LISTS:
        abort(404)
    actor = current_actor()
    with office().database.writing() as session:
        campaign = open_campaign(session, actor.organisation_id)
        rows = showing.children_of(session, actor, campaign, which) if campaign else []
        detail = {"children": [row.child_id for row in rows]}
        subject = ("organisation", actor.organisation_id)
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
        return render_template(
            "campaigns/children.html", which=which, rows=rows, campaign=campaign, today=clock.today()
        )


@pages.app_template_global("today_at_school")
def _today_at_school() -> Today | None:
    """The reminders of the person who looks; for the first pages of a school."""
    actor = actor_or_none()
    if actor is None or actor.role not in _SCHOOL:
        return None
    with office().database.reading() as session:
        return today_of(session, actor, clock.today())


@pages.app_template_global("own_days_of_child")
def _own_days_of_child(child_id: int) -> str:
    """The own thirty days of a child, in words; empty where the school's days count."""
    with office().database.reading() as session:
        days = own_days_of(session, current_actor(), child_id)
    return own_days_words(days, clock.today()) if days else ""


def _tick(item: str, act: showing.Tick) -> AnyResponse:
    if item not in TICKED:
        abort(404)
    with office().database.writing() as session:
        campaign = _open_campaign(session)
        if campaign is None:
            flash(_("现在没有开着的查验批次，不用准备。"), "error")
        else:
            act(session, by=current_actor(), now=clock.now(), campaign=campaign, item=item)
    return redirect(url_for("campaigns.index") + "#preparation", 303)


def _open_campaign(session: Session) -> Campaign | None:
    return open_campaign(session, current_actor().organisation_id)
