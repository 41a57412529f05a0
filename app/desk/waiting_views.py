"""Without a network: the pad that a page fetches beforehand, and what it sends when the network is back."""

import base64
from typing import Any

from flask import Response, abort, jsonify, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from app import clock
from app.campaigns.sealing import Sealed
from app.checks.queries import latest_check
from app.children.queries import active_enrolment, latest_certificate
from app.children.refusing import NotPossible
from app.desk.finding import find
from app.desk.machine import desk_here
from app.desk.pages import DESK, pages
from app.desk.saving import Answer, save
from app.desk.waiting import BLOCKS, CannotRead, new_pad, unsealed
from app.office import office
from app.people.access import admit, current_actor
from forms.web.desk import AssessmentForm


@pages.get("/pad")
@admit(*DESK)
def pad() -> Response:
    made = new_pad(current_actor())
    return jsonify(pad=made.name, bytes=base64.b64encode(made.content).decode())


@pages.post("/queue")
@admit(*DESK)
def queue() -> Response:
    """Each scan is saved for itself; what comes back says of each token what became of it."""
    sent = request.get_json(silent=True)
    items = sent.get("items") if isinstance(sent, dict) else None
    if not isinstance(items, list) or len(items) > BLOCKS:
        abort(400)
    return jsonify(items=[_one(item) for item in items if isinstance(item, dict)])


def _one(item: dict[str, Any]) -> dict[str, str]:
    form = AssessmentForm(MultiDict({"answer": str(item.get("answer")), "token": str(item.get("token"))}))
    answer = {"token": str(item.get("token"))}
    block = item.get("block")
    place = block if isinstance(block, int) else -1
    try:
        code = unsealed(current_actor(), str(item.get("pad")), place, str(item.get("sealed")))
    except CannotRead:
        return {**answer, "state": "unreadable", "end": ""}
    if not form.validate():
        return {**answer, "state": "unreadable", "end": code[-4:]}
    with office().database.writing() as session:
        state = _saved(session, code, form)
    return {**answer, "state": state, "end": code[-4:]}


def _saved(session: Session, code: str, form: AssessmentForm) -> str:
    """What an earlier desk saved meanwhile stands; a later look corrects it, a blind one does not."""
    actor = current_actor()
    found = find(session, actor, code)
    enrolment = active_enrolment(session, actor, found.child_id) if found.child_id and found.by_code else None
    if enrolment is None:
        return "unknown"
    if latest_check(session, enrolment.id) is not None:
        return "already"
    certificate = latest_certificate(session, enrolment.child_id)
    answer = Answer(form.state, form.clinic_result, certificate.id if certificate else None)
    try:
        save(
            session,
            by=actor,
            now=clock.now(),
            today=clock.today(),
            enrolment=enrolment,
            token=form.once,
            desk=desk_here(session, actor),
            answer=answer,
        )
    except (NotPossible, Sealed):
        return "already"
    return "saved"
