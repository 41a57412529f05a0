"""Which desk this machine is, and which class sits before it: a signed cookie that outlives browser and server.

The cookie holds two row numbers and no person. What it names is looked up again in the scope of whoever is signed in,
so that a machine moved to another school is simply a new desk there.
"""

import datetime as dt
from dataclasses import dataclass

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app.desk.models import Desk
from app.office import office
from app.people.actors import Actor
from app.people.scope import classes_in_scope
from app.schools.models import SchoolClass

_LASTS = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the cookie says; nothing is believed before it was looked up."""

    desk_id: int | None = None
    class_id: int | None = None


def kept() -> Kept:
    """What this browser sent; nothing where it sent none or one that we did not sign."""
    try:
        desk_id, class_id = _signer().loads(request.cookies.get(_name(), ""))
        return Kept(int(desk_id), int(class_id) if class_id else None)
    except (BadSignature, ValueError, TypeError):
        return Kept()


def keep(response: AnyResponse, desk: Desk) -> AnyResponse:
    """Hand the desk and its class to the browser for more than a year."""
    value = _signer().dumps([desk.id, desk.class_id])
    secure = office().settings.https
    response.set_cookie(_name(), value, max_age=_LASTS, httponly=True, samesite="Lax", secure=secure, path="/")
    return response


def desk_here(session: Session, actor: Actor) -> Desk | None:
    """The desk that this machine is in the actor's school."""
    desk = session.get(Desk, kept().desk_id or 0)
    return desk if desk is not None and desk.school_id == actor.organisation_id else None


def class_here(session: Session, actor: Actor) -> SchoolClass | None:
    """The class that was chosen at this machine, if this person may see it."""
    chosen = kept().class_id
    return session.scalars(classes_in_scope(actor).where(SchoolClass.id == chosen)).one_or_none() if chosen else None


def _name() -> str:
    return "__Host-chayan_desk" if office().settings.https else "chayan_desk"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(office().secret.key_for("desk cookie"), salt="desk")
