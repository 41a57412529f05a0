"""The door of the practice room, on the real side: what it is, going in, wiping it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import record
from app.office import office
from app.people.access import admit, current_actor
from app.practice import rooms
from app.practice.door import LEARNERS, PREFIX

pages = Blueprint("practice", __name__, url_prefix="/practising")


@pages.get("")
@admit(*LEARNERS)
def index() -> str:
    return render_template("practice/index.html", there=rooms.exists(office(), current_actor()))


@pages.post("/enter")
@admit(*LEARNERS)
def enter() -> AnyResponse:
    rooms.enter(office(), current_actor())
    _note("practice.entered")
    return redirect(PREFIX + url_for("desk.classes"), 303)


@pages.post("/wipe")
@admit(*LEARNERS)
def wipe() -> AnyResponse:
    if rooms.wipe(office(), current_actor()):
        _note("practice.wiped")
    flash(_("演练清空了，编的孩子和记录都没有了。"))
    return redirect(url_for("practice.index"), 303)


def _note(action: str) -> None:
    actor = current_actor()
    with office().database.writing() as session:
        subject = ("organisation", actor.organisation_id)
        record(session, by=actor, now=clock.now(), action=action, subject=subject)
