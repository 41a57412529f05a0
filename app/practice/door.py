"""The way into the practice room: every address under /practice is the same page, over the data of the room.

The address says where one is, not a cookie: links, forms and tabs of the room lead to the room, those of the real house
to the real house, and a form that was left open in one can never write into the other.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from flask import Flask, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.office import IN_PRACTICE, office
from app.people.access import actor_or_none
from app.people.roles import Role
from app.practice import rooms

PREFIX = "/practice"
#: Who practises.
LEARNERS = (Role.CLERK, Role.SCHOOL_HEAD)
#: What can be practised: the September of a desk. Nothing that brings real names in, nothing that others look after.
_ROOMS = frozenset({"desk", "checks", "children", "notices", "reports"})
_PAGES = frozenset({"campaigns.children"})
#: The person stays who it is: signing in, signing out and the own password are never practised.
_OF_THE_PERSON = frozenset({"people", "static", None})

Environment = dict[str, Any]


class Door:
    """Takes the prefix off the address and notes that it was there."""

    def __init__(self, inside: Callable[..., Iterable[bytes]]) -> None:
        self.inside = inside

    def __call__(self, environ: Environment, start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == PREFIX or path.startswith(PREFIX + "/"):
            environ = {
                **environ,
                "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + PREFIX,
                "PATH_INFO": path.removeprefix(PREFIX) or "/",
                IN_PRACTICE: True,
            }
        return self.inside(environ, start_response)


def register(app: Flask) -> None:
    """After the doors of `app.people.access`: here the person is known already."""
    app.wsgi_app = Door(app.wsgi_app)  # type: ignore[method-assign]
    app.before_request(_enter)
    app.context_processor(lambda: {"outside": outside})


def is_practice() -> bool:
    return bool(request.environ.get(IN_PRACTICE))


def can_be_practised(endpoint: str) -> bool:
    return endpoint.partition(".")[0] in _ROOMS or endpoint in _PAGES


def outside(endpoint: str, **values: object) -> str:
    """The address of a page of the real house, wherever one is."""
    address: str = url_for(endpoint, **values)  # type: ignore[arg-type]
    return address.removeprefix(PREFIX) if is_practice() else address


def _enter() -> AnyResponse | tuple[str, int] | None:
    if not is_practice() or request.endpoint is None or request.blueprint in _OF_THE_PERSON:
        return None
    actor = actor_or_none()
    if actor is None or actor.role not in LEARNERS or not can_be_practised(request.endpoint):
        return render_template("practice/not_here.html"), 404
    room = rooms.find(office(), actor)
    if room is None:
        return redirect(outside("practice.index"), 303)
    # Whoever looks after one class practises with the one class that there is.
    g.actor = replace(actor, class_id=None)
    g.practice_office = room
    return None
