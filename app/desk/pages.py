"""The room of the desk: its blueprint, who works there, and the bar that every page of it carries."""

from dataclasses import dataclass

from flask import Blueprint, jsonify, redirect, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.checks.models import Check
from app.checks.queries import stands
from app.children.models import Child, Enrolment
from app.desk.machine import class_here, desk_here
from app.desk.models import Desk, DeskSave
from app.desk.progress import Progress, progress_of
from app.papers import explain_missing_fonts
from app.people.access import current_actor
from app.people.roles import Role
from app.people.scope import children_in_scope, classes_in_scope
from app.privacy.identities import open_identity
from app.schools.models import SchoolClass
from forms import wording
from forms.web.desk import new_token

pages = Blueprint("desk", __name__, url_prefix="/desk")
explain_missing_fonts(pages)
pages.add_app_template_global(wording.state_word)
pages.add_app_template_global(new_token)
pages.add_app_template_global(lambda moment: moment.astimezone(clock.CHINA).strftime("%H:%M"), "china_time")

DESK = (Role.CLERK, Role.SCHOOL_HEAD)
_JUST_NOW_SECONDS = 600


@dataclass(frozen=True, slots=True)
class LastSaved:
    """What this desk saved last: the one that undo takes back."""

    name: str
    result: str
    time: str


def bar(session: Session, enrolment: Enrolment | None = None) -> dict[str, object]:
    """What the frame shows: the class of this machine, else the child's own; the desk; who was saved last."""
    desk = desk_here(session, current_actor())
    return {
        "progress": progress_here(session, enrolment),
        "desk": desk,
        "last": _last_saved(session, desk) if desk else None,
    }


def progress_here(session: Session, enrolment: Enrolment | None = None) -> Progress | None:
    actor = current_actor()
    found = class_here(session, actor)
    if found is None:
        own = enrolment.class_id if enrolment else actor.class_id
        found = session.scalars(classes_in_scope(actor).where(SchoolClass.id == own)).one_or_none() if own else None
    return progress_of(session, found, clock.now(), clock.today()) if found else None


def go(address: str) -> AnyResponse:
    """On to this page: said to our script in a line of JSON, to everybody else by a redirect."""
    return jsonify(go=address) if asked_by_script() else redirect(address, 303)


def asked_by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _last_saved(session: Session, desk: Desk) -> LastSaved | None:
    mine = select(Check).join(DeskSave, DeskSave.check_id == Check.id).where(DeskSave.desk_id == desk.id, stands())
    last = session.scalars(mine.where(Check.by == current_actor().user_id).order_by(Check.id.desc()).limit(1)).first()
    if last is None or (clock.now() - last.at).total_seconds() > _JUST_NOW_SECONDS:
        return None
    child = session.scalars(children_in_scope(current_actor()).where(Child.id == last.child_id)).one_or_none()
    identity = open_identity(session, child) if child else None
    if identity is None:
        return None
    return LastSaved(identity.name, last.result, last.at.astimezone(clock.CHINA).strftime("%H:%M:%S"))
