"""The room of the health center: its blueprint, and the words its pages use."""

from flask import Blueprint

from app.clinic import listing, wording
from app.papers import explain_missing_fonts

pages = Blueprint("clinic", __name__, url_prefix="/clinic")
for words in (
    wording.why_not_word,
    wording.pause_word,
    wording.way_word,
    wording.contact_word,
    wording.ended_word,
    wording.seriousness_word,
    wording.clock_time,
    wording.day_word,
    wording.short_day,
    listing.stand_word,
):
    pages.add_app_template_global(words)
explain_missing_fonts(pages)
