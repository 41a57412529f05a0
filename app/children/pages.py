"""The room of the children: its blueprint, the words its pages use, and who may do what in it."""

from flask import Blueprint

from app.children import wording
from app.people.roles import Role
from forms.wording import source_word

pages = Blueprint("children", __name__)
for words in (
    wording.sex_word,
    wording.certificate_short,
    wording.kin_word,
    wording.why_found,
    wording.dose_words,
    wording.dose_name,
    wording.dose_day,
):
    pages.add_app_template_global(words)
pages.add_app_template_global(source_word, "source_name")

SEE = (Role.CLERK, Role.SCHOOL_HEAD, Role.NURSE, Role.CDC_DOCTOR)
#: Who opens whole classes. The CDC looks for one child at a time.
OPEN_CLASSES = (Role.CLERK, Role.SCHOOL_HEAD, Role.NURSE)
#: Who looks after the record: at school and at the health center.
RECORD = (Role.CLERK, Role.SCHOOL_HEAD, Role.NURSE)
#: Who keeps the roster.
KEEP_ROSTER = (Role.CLERK, Role.SCHOOL_HEAD)
