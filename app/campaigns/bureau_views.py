"""The bureau's pages: the campaigns, setting one up, the timeline of every school, another edition."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.campaigns import actions, wording
from app.campaigns.comparing import compare
from app.campaigns.focus import focus_counts
from app.campaigns.models import Campaign, CampaignState, Round
from app.campaigns.pace import paces
from app.campaigns.pages import pages
from app.campaigns.preparing import Item, done_by_school
from app.campaigns.queries import campaigns_in_scope, deadline
from app.campaigns.setting_up import coming_term, contacts_of, fill, keep_contacts, read, show_faults
from app.campaigns.settings import settings_of, usual
from app.campaigns.timeline import ORDER, planned, spans, stands_of_schools
from app.languages import CHINESE
from app.office import office
from app.oversight.queries import total
from app.people.access import admit, current_actor
from app.people.roles import Role
from forms.web.campaigns import KINDS, CampaignForm, EditionForm, NewCampaignForm, focus_choices
from forms.web.dates import NoDate, read_day
from rules import national

_LEADS = (Role.BUREAU_AUDITOR,)
Answer = AnyResponse | str | tuple[str, int]


@pages.route("/new", methods=["GET", "POST"])
@admit(*_LEADS)
def new() -> Answer:
    form = NewCampaignForm(request.form)
    form.edition.offer(_editions())
    with office().database.writing() as session:
        if request.method == "GET":
            _show_usual(form)
            return _set_up_page(session, form, None)
        campaign = _kept(session, form, None)
        if campaign is None:
            return _set_up_page(session, form, None), 422
    flash(_("批次建好了，学校还看不见。核对以后点“开始”。"))
    return redirect(url_for("campaigns.show", campaign_id=campaign.id), 303)


@pages.route("/<int:campaign_id>/settings", methods=["GET", "POST"])
@admit(*_LEADS)
def settings(campaign_id: int) -> Answer:
    form = CampaignForm(request.form)
    with office().database.writing() as session:
        campaign = _campaign_or_404(session, campaign_id)
        if request.method == "GET":
            fill(form, settings_of(campaign))
            return _set_up_page(session, form, campaign)
        if _kept(session, form, campaign) is None:
            return _set_up_page(session, form, campaign), 422
    flash(_("设置已保存。"))
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


@pages.get("/<int:campaign_id>")
@admit(*_LEADS)
def show(campaign_id: int) -> str:
    actor, today = current_actor(), clock.today()
    with office().database.reading() as session:
        campaign = _campaign_or_404(session, campaign_id)
        stands = stands_of_schools(session, actor, campaign, today)
        prepared = done_by_school(session, campaign, [stand.school for stand in stands])
        return render_template(
            "campaigns/bureau.html",
            campaign=campaign,
            stands=stands,
            prepared=prepared,
            items=len(Item),
            spans=spans(campaign),
            planned=planned(campaign, today),
            stages=[(stage, sum(stand.stage is stage for stand in stands)) for stage in ORDER],
            paces=paces(campaign, total(stands), today) if stands else [],
            deadline=deadline(campaign),
            kinds=_("、").join(wording.kind_word(kind) for kind in campaign.kinds),
            focus=focus_counts(session, campaign),
        )


@pages.post("/<int:campaign_id>/open")
@admit(*_LEADS)
def open_for_schools(campaign_id: int) -> AnyResponse:
    with office().database.writing() as session:
        campaign = _campaign_or_404(session, campaign_id)
        try:
            actions.open_for_schools(session, by=current_actor(), now=clock.now(), campaign=campaign)
            flash(_("开始了，各校现在看得见这一批。"))
        except actions.NotNow as why:
            flash(wording.refusal_words(why), "error")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


@pages.get("/<int:campaign_id>/edition")
@admit(*_LEADS)
def edition(campaign_id: int) -> str:
    """First the choice, then what would change by it, then the button."""
    form = EditionForm(request.args)
    with office().database.reading() as session:
        campaign = _campaign_or_404(session, campaign_id)
        form.edition.offer([one for one in _editions() if one[0] != campaign.edition])
        chosen = form.edition.data if request.args and form.validate() else None
        comparison = compare(session, campaign, chosen) if chosen else None
    return render_template("campaigns/edition.html", campaign=campaign, form=form, comparison=comparison)


@pages.post("/<int:campaign_id>/edition")
@admit(*_LEADS)
def pin_edition(campaign_id: int) -> AnyResponse:
    chosen = request.form.get("edition", "")
    with office().database.writing() as session:
        campaign = _campaign_or_404(session, campaign_id)
        try:
            actions.pin_edition(session, by=current_actor(), now=clock.now(), campaign=campaign, edition=chosen)
            flash(_("以后按%(edition)s判断。查过的不变，再查一次才按新的。", edition=wording.edition_title(chosen)))
        except actions.NotNow as why:
            flash(wording.refusal_words(why), "error")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


def _campaign_or_404(session: Session, campaign_id: int) -> Campaign:
    found = session.scalars(campaigns_in_scope(current_actor()).where(Campaign.id == campaign_id)).one_or_none()
    return found or abort(404)


def _kept(session: Session, form: CampaignForm, campaign: Campaign | None) -> Campaign | None:
    """Keep settings and contacts together; None with every fault filled in, and nothing kept."""
    by, now = current_actor(), clock.now()
    contacts = contacts_of(session, by, request.form)
    if not form.validate() or contacts.wrong:
        return None
    try:
        if campaign is None:
            assert isinstance(form, NewCampaignForm)
            which = {"round_": Round(form.round.data), "edition": form.edition.data}
            campaign = actions.set_up(session, by=by, now=now, settings=read(form), **which)
        else:
            actions.change(session, by=by, now=now, campaign=campaign, settings=read(form))
    except actions.NoSense as why:
        show_faults(form, why.faults)
        return None
    except actions.NotNow as why:
        form.first_day.errors = [wording.refusal_words(why)]
        return None
    keep_contacts(session, contacts, by=by, now=now)
    return campaign


def _show_usual(form: NewCampaignForm) -> None:
    """The dates most districts choose, for the term that comes or for the first day that was asked for."""
    round_, first_day = coming_term(clock.today())
    if request.args.get("round") in set(Round):
        round_ = Round(request.args["round"])
    try:
        first_day = read_day(request.args["first_day"]) if "first_day" in request.args else first_day
    except NoDate as fault:
        form.first_day.errors = [str(fault)]
    with force_locale(CHINESE):  # a name that everybody will read, whoever made the campaign
        name = f"{first_day.year}年{wording.round_word(round_)}"
    fill(form, usual(name, round_, first_day))
    form.round.data = round_.value
    form.edition.data = national().edition_on(first_day.toordinal()).id


def _set_up_page(session: Session, form: CampaignForm, campaign: Campaign | None) -> str:
    by = current_actor()
    return render_template(
        "campaigns/settings.html",
        form=form,
        campaign=campaign,
        contacts=contacts_of(session, by, request.form if request.method == "POST" else None),
        kind_choices=KINDS,
        focus_choices=focus_choices(),
        sealed=campaign is not None and campaign.state is CampaignState.SEALED,
    )


def _editions() -> list[tuple[str, str]]:
    return [(one.id, wording.edition_title(one.id)) for one in reversed(national().editions)]
