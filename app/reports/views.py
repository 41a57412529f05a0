"""Pages of lists: what a school has to report by when, freezing and sending it, and the center's word that it came."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.campaigns.models import Campaign
from app.campaigns.queries import deadline, open_campaign
from app.office import office
from app.papers import Form, as_pdf, as_xlsx, chosen_form, explain_missing_fonts, press
from app.people.access import admit, current_actor
from app.people.models import User
from app.people.roles import Role
from app.reports import actions, queries, wording
from app.reports.actions import NotNow
from app.reports.deadlines import answered_on, is_supplement, list_deadline, sent_on
from app.reports.drawing import draft_sheet, frozen_sheet
from app.reports.listing import Draft, draft_of, expected_of, rows_of
from app.reports.models import Report, ReturnReason
from app.schools.models import Organisation
from forms.paper.report import ReportSheet, print_report, tables_of
from forms.paper.workbook import workbook

pages = Blueprint("reports", __name__)
for words in (*wording.ON_PAGES, sent_on, answered_on, is_supplement):
    pages.add_app_template_global(words)
explain_missing_fonts(pages)

_MAKES = (Role.CLERK, Role.SCHOOL_HEAD)


@pages.get("/reports")
@admit(*_MAKES, Role.NURSE, Role.BUREAU_AUDITOR)
def index() -> str:
    actor = current_actor()
    with office().database.reading() as session:
        if actor.role is Role.BUREAU_AUDITOR:
            return _bureau_page(session)
        if actor.role is Role.NURSE:
            return _center_page(session)
        return _school_page(session)


@pages.get("/reports/centers/<int:center_id>")
@admit(*_MAKES)
def draft(center_id: int) -> AnyResponse | str:
    with office().database.writing() as session:
        found = _draft(session, center_id)
        if found is None:
            return _no_campaign()
        _record_list(session, found, Reading.LIST)
        return render_template(
            "reports/draft.html",
            center_id=center_id,
            sheet=_draft_sheet(session, found),
            by_result=found.by_result,
            found=found,
            can_freeze=bool(found.all_rows) or not found.supplements,
        )


@pages.post("/reports/centers/<int:center_id>/preview")
@admit(*_MAKES)
def preview(center_id: int) -> AnyResponse:
    """The draft as a sheet, marked as one."""
    form = chosen_form()
    with office().database.writing() as session:
        found = _draft(session, center_id)
        if found is None:
            return _no_campaign()
        _record_list(session, found, form.reading)
        sheet = _draft_sheet(session, found)
    return _as_form(sheet, form)


@pages.post("/reports/centers/<int:center_id>/freeze")
@admit(*_MAKES)
def freeze(center_id: int) -> AnyResponse:
    with office().database.writing() as session:
        school, center = queries.center_or_404(session, current_actor(), center_id)
        campaign = open_campaign(session, school.id)
        if campaign is None:
            return _no_campaign()
        which = {"campaign": campaign, "school": school, "center": center}
        try:
            report = actions.freeze(session, by=current_actor(), now=clock.now(), **which)
        except NotNow as why:
            flash(wording.refusal_words(why.refusal), "error")
            return redirect(url_for("reports.draft", center_id=center_id), 303)
        flash(_("已定稿，%(n)s 人。打印盖章后送给接种单位，再点“已送出”。", n=report.counts["listed"]))
    return redirect(url_for("reports.show", report_id=report.id), 303)


@pages.get("/reports/<int:report_id>")
@admit(*_MAKES, Role.NURSE)
def show(report_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        report = queries.report_or_404(session, actor, report_id)
        sheet = _sheet(session, report)
        _record_read(session, report, Reading.LIST)
        return render_template(
            "reports/show.html",
            report=report,
            sheet=sheet,
            may_send=actor.role in _MAKES,
            late=_late(session, report),
            answered_by=session.get_one(User, report.answered_by).shown_name if report.answered_by else None,
            reasons=list(ReturnReason),
        )


@pages.post("/reports/<int:report_id>/print")
@admit(*_MAKES, Role.NURSE)
def print_frozen(report_id: int) -> AnyResponse:
    form = chosen_form()
    with office().database.writing() as session:
        report = queries.report_or_404(session, current_actor(), report_id)
        sheet = _sheet(session, report)
        _record_read(session, report, form.reading)
    return _as_form(sheet, form)


@pages.post("/reports/<int:report_id>/send")
@admit(*_MAKES)
def send(report_id: int) -> AnyResponse:
    return _step(report_id, actions.send)


@pages.post("/reports/<int:report_id>/return")
@admit(Role.NURSE)
def give_back(report_id: int) -> AnyResponse:
    """Sent back, with one of the reasons there are."""
    because = request.form.get("because", "")
    if because in set(ReturnReason):
        return _step(report_id, partial(actions.give_back, because=ReturnReason(because)))
    with office().database.reading() as session:
        queries.report_or_404(session, current_actor(), report_id)
    flash(_("还没有选退回的原因。选一个，学校才知道要改什么。"), "error")
    return redirect(url_for("reports.show", report_id=report_id), 303)


@pages.post("/reports/<int:report_id>/acknowledge")
@admit(Role.NURSE)
def acknowledge(report_id: int) -> AnyResponse:
    return _step(report_id, actions.acknowledge)


def _step(report_id: int, act: Callable[..., Any]) -> AnyResponse:
    with office().database.writing() as session:
        report = queries.report_or_404(session, current_actor(), report_id)
        try:
            act(session, by=current_actor(), now=clock.now(), report=report)
            flash(wording.report_state_word(report.state))
        except NotNow as why:
            flash(wording.refusal_words(why.refusal), "error")
    return redirect(url_for("reports.show", report_id=report_id), 303)


def _school_page(session: Session) -> str:
    """Every center the school reports to, with what is to do there."""
    actor = current_actor()
    school = session.get_one(Organisation, actor.organisation_id)
    campaign = open_campaign(session, school.id)
    if campaign is None or not queries.makes_lists(actor):
        return render_template(
            "reports/school.html", campaign=campaign, drafts=(), found=(), own=queries.makes_lists(actor)
        )
    everybody = expected_of(session, campaign, school)
    return render_template(
        "reports/school.html",
        own=True,
        campaign=campaign,
        drafts=[draft_of(session, campaign, school, center) for center in queries.centers_of(session, school)],
        found=_named(session, queries.reports(session, actor)),
        until=list_deadline(session, campaign, everybody),
        term=deadline(campaign),
        today=clock.today(),
        homeless=not school.default_health_center_id,
    )


def _center_page(session: Session) -> str:
    actor = current_actor()
    found = _named(session, queries.reports(session, actor))
    awaited = queries.awaited_lists(session, actor)
    return render_template("reports/center.html", found=found, awaited=awaited, today=clock.today())


def _bureau_page(session: Session) -> str:
    actor = current_actor()
    campaign = open_campaign(session, actor.organisation_id)
    rows = queries.lists_of_schools(session, actor, campaign) if campaign else []
    untils = {row.school.id: _until(session, campaign, row.school) for row in rows} if campaign else {}
    reports = [report for row in rows for report in row.reports]
    return render_template(
        "reports/bureau.html",
        campaign=campaign,
        rows=rows,
        untils=untils,
        centers={one.health_center_id: session.get_one(Organisation, one.health_center_id).name for one in reports},
        today=clock.today(),
    )


def _named(session: Session, reports: Sequence[Report]) -> list[tuple[Report, str, Organisation, Organisation, int]]:
    """Each list with its number, its school, its center and how many days late it was."""
    found = []
    for report in reports:
        campaign = session.get_one(Campaign, report.campaign_id)
        school = session.get_one(Organisation, report.school_id)
        center = session.get_one(Organisation, report.health_center_id)
        late = _late(session, report)
        found.append((report, wording.number_of(campaign, report), school, center, late))
    return found


def _draft(session: Session, center_id: int) -> Draft | None:
    school, center = queries.center_or_404(session, current_actor(), center_id)
    campaign = open_campaign(session, school.id)
    return draft_of(session, campaign, school, center) if campaign else None


def _draft_sheet(session: Session, found: Draft) -> ReportSheet:
    until = _until(session, found.campaign, found.school)
    return draft_sheet(found, until=until, on=clock.today(), made_by=current_actor().shown_name)


def _no_campaign() -> AnyResponse:
    flash(_("现在没有开着的查验批次，没有名单要报。"), "error")
    return redirect(url_for("reports.index"), 303)


def _until(session: Session, campaign: Campaign, school: Organisation) -> dt.date:
    return list_deadline(session, campaign, expected_of(session, campaign, school)).until


def _sheet(session: Session, report: Report) -> ReportSheet:
    campaign = session.get_one(Campaign, report.campaign_id)
    school = session.get_one(Organisation, report.school_id)
    return frozen_sheet(session, report, until=_until(session, campaign, school))


def _late(session: Session, report: Report) -> int:
    """Days after the deadline on which the list was sent; 0 in time, not sent, or a supplement."""
    day = sent_on(report)
    if day is None or is_supplement(report):
        return 0
    campaign = session.get_one(Campaign, report.campaign_id)
    until = _until(session, campaign, session.get_one(Organisation, report.school_id))
    return max((day - until).days, 0)


def _record_list(session: Session, found: Draft, what: Reading) -> None:
    detail = {"children": [row.child.id for row in found.all_rows]}
    subject = ("organisation", found.center.id)
    record_read(session, by=current_actor(), now=clock.now(), what=what, subject=subject, detail=detail)


def _record_read(session: Session, report: Report, what: Reading) -> None:
    detail = {"children": [row.child.id for row in rows_of(session, report)]}
    subject = ("report", report.id)
    record_read(session, by=current_actor(), now=clock.now(), what=what, subject=subject, detail=detail)


def _as_form(sheet: ReportSheet, form: Form) -> AnyResponse:
    if form is Form.XLSX:
        return as_xlsx(workbook(tables_of(sheet)), "list")
    return as_pdf(print_report(press(), sheet), "list")
