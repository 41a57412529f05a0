"""The blueprint of the campaigns' pages and of the practice room's door, and the page that says that one is sealed."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from app.campaigns import wording
from app.campaigns.sealing import Sealed

pages = Blueprint("campaigns", __name__, url_prefix="/campaigns")
for words in (
    wording.campaign_state_word,
    wording.edition_title,
    wording.stage_word,
    wording.days_left_words,
    wording.reminder_words,
    wording.pace_words,
    wording.item_words,
    wording.focus_words,
):
    pages.add_app_template_global(words)


@pages.app_errorhandler(Sealed)
def _sealed(error: Sealed) -> tuple[str, int]:
    """Whatever somebody wanted to change, in any room."""
    title, advice = _("这一批已经封存"), wording.sealed_words(error.name)
    return render_template("errors/error.html", code=409, title=title, advice=advice), 409
