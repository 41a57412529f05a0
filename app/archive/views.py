"""Pages of archives: make one with one button, see what was made, seal the campaign on it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.archive import closing, queries
from app.archive.pieces import pieces_of_bureau, pieces_of_school
from app.campaigns.models import Campaign
from app.jobs import actions
from app.jobs.models import JobKind
from app.jobs.views import handed_over
from app.office import office
from app.papers import explain_missing_fonts, press
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.reports.freezing import short_hash

pages = Blueprint("archive", __name__, url_prefix="/archive")
pages.add_app_template_global(short_hash)
explain_missing_fonts(pages)

_ARCHIVE = (Role.SCHOOL_HEAD, Role.BUREAU_AUDITOR)


@pages.get("")
@admit(*_ARCHIVE)
def index() -> str:
    actor = current_actor()
    with office().database.reading() as session:
        campaigns = queries.campaigns_of(session, actor)
        rows = [(one, queries.archives_of(session, actor, one)) for one in campaigns]
        return render_template("archive/index.html", rows=rows, seals=actor.role is Role.BUREAU_AUDITOR)


@pages.post("")
@admit(*_ARCHIVE)
def make() -> AnyResponse:
    actor, today = current_actor(), clock.today()
    press()
    with office().database.writing() as session:
        campaign = queries.chosen_campaign(session, actor, request.form.get("campaign", ""))
        if actor.role is Role.BUREAU_AUDITOR:
            pieces = pieces_of_bureau()
        else:
            pieces = pieces_of_school(session, campaign, actor.organisation_id, today)
        what = {"kind": JobKind.ARCHIVE, "pieces": pieces, "choices": {}, "campaign_id": campaign.id}
        job = actions.ask(session, by=actor, now=clock.now(), on=today, **what)
    return handed_over(job)


@pages.get("/<int:archive_id>/seal")
@admit(Role.BUREAU_AUDITOR)
def ask_to_seal(archive_id: int) -> str:
    with office().database.reading() as session:
        archive = queries.archive_or_404(session, current_actor(), archive_id)
        campaign = session.get_one(Campaign, archive.campaign_id)
        means = closing.consequences(session, campaign, archive)
        return render_template("archive/seal.html", archive=archive, campaign=campaign, means=means)


@pages.post("/<int:archive_id>/seal")
@admit(Role.BUREAU_AUDITOR)
def seal(archive_id: int) -> AnyResponse:
    with office().database.writing() as session:
        archive = queries.archive_or_404(session, current_actor(), archive_id)
        campaign = session.get_one(Campaign, archive.campaign_id)
        try:
            closing.close(session, by=current_actor(), now=clock.now(), campaign=campaign, archive=archive)
        except closing.NotNow as why:
            words = {
                closing.Refusal.MOVED: _("归档包做好以后又有变动，没有封存。请重新做一次归档包，再封存。"),
                closing.Refusal.NOT_OPEN: _("这一批还没开始，不用封存。"),
            }
            flash(words[why.refusal], "error")
            return redirect(url_for("archive.index"), 303)
    flash(_("已封存。查验、通知和名单都不再改。"))
    return redirect(url_for("archive.index"), 303)
