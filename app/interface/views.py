"""The interface itself, first version: JSON in, JSON out, a token at every door but that of its description."""

from typing import TypeVar

from flask import Blueprint, Response, current_app, jsonify, request
from flask_babel import gettext as _
from pydantic import BaseModel, ValidationError

from app import clock
from app.audit.actions import Subject
from app.interface import describing, listing, problems, results
from app.interface.describing import describe
from app.interface.door import admit_token, current_bearer
from app.interface.models import Scope
from app.interface.shapes import Bearer, Changes, ChildResult, Lists, Page, Results, WholeList
from app.office import office
from app.people.access import current_actor, open_to_all
from app.schools.models import Organisation

pages = Blueprint("interface", __name__, url_prefix="/api/v1")
_READ = Scope.READ_RESULTS

Asked = TypeVar("Asked", bound=BaseModel)


@pages.get("/openapi.json")
@open_to_all
def openapi() -> Response:
    """Nobody's data is in it."""
    return jsonify(describing.document(current_app))


@pages.get("/token")
@admit_token()
@describe("Whose token this is, what it may do, and until when", Bearer)
def token() -> Response:
    bearer = current_bearer()
    with office().database.reading() as session:
        place = session.get_one(Organisation, bearer.actor.organisation_id)
    told = Bearer(
        organisation_id=place.id,
        organisation=place.name,
        kind=place.kind.value,
        scopes=sorted(bearer.scopes),
        expires_at=bearer.expires_at,
    )
    return problems.dumped(told)


@pages.get("/results")
@admit_token(_READ)
@describe("The children in scope and the check that stands of each", Results, scope=_READ, asks=Page)
def all_results() -> Response:
    page = _asked(Page)
    with office().database.reading() as session:
        told = results.results(session, by=current_actor(), now=clock.now(), page=page)
    return _handed_out(told, children=len(told.items))


@pages.get("/results/changes")
@admit_token(_READ)
@describe("The checks made since a place in the sequence", Changes, scope=_READ, asks=Page)
def changes() -> Response:
    page = _asked(Page)
    with office().database.reading() as session:
        told = results.changes(session, by=current_actor(), now=clock.now(), page=page)
    return _handed_out(told, children=len({one.child_id for one in told.items}))


@pages.get("/results/<int:child_id>")
@admit_token(_READ)
@describe("One child", ChildResult, scope=_READ)
def result(child_id: int) -> Response:
    with office().database.reading() as session:
        told = results.result_of(session, by=current_actor(), child_id=child_id)
    return _handed_out(told, children=1, subject=("child", child_id))


@pages.get("/lists")
@admit_token(_READ)
@describe("The thirty-day lists this organisation made or got", Lists, scope=_READ, asks=Page)
def lists() -> Response:
    page = _asked(Page)
    with office().database.reading() as session:
        return problems.dumped(listing.lists(session, by=current_actor(), page=page))


@pages.get("/lists/<int:report_id>")
@admit_token(_READ)
@describe("One list with its rows", WholeList, scope=_READ)
def whole_list(report_id: int) -> Response:
    with office().database.reading() as session:
        told = listing.whole_list(session, by=current_actor(), list_id=report_id)
    return _handed_out(told, children=len(told.rows), subject=("report", report_id))


def _handed_out(told: BaseModel, *, children: int, subject: Subject | None = None) -> Response:
    """Nothing leaves before it is in the trail."""
    with office().database.writing() as session:
        results.note_read(session, by=current_actor(), now=clock.now(), children=children, subject=subject)
    return problems.dumped(told)


def _asked(model: type[Asked]) -> Asked:
    """The question behind the `?`, checked."""
    twice = [name for name, values in request.args.lists() if len(values) > 1]
    if twice:
        raise problems.Refused(400, "twice", _("地址里有一个参数写了两次。"), _("每个参数只写一次。"))
    try:
        return model.model_validate_strings(request.args.to_dict())
    except ValidationError as error:
        problems.refuse_fields(error, "")
