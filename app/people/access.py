"""The doors: every view declares who may enter, and what is not declared stays closed.

`@admit(Role.CLERK, ...)` lets signed-in people of these roles in; `@open_to_all` lets everybody in. A view with neither
answers 403 to everyone. Which children and organisations a person sees behind the door is the business of
`app.people.scope`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.people import presence
from app.people.actors import Actor
from app.people.roles import Role
from app.people.sessions import Person

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Door:
    """Who may enter one view."""

    roles: frozenset[Role]
    open_to_all: bool = False
    #: Also for somebody who first has to choose a new password.
    before_new_password: bool = False
    #: Says who comes in by something else than the cookie, or aborts.
    keeper: Callable[[], Actor] | None = None


def admit(*roles: Role, before_new_password: bool = False) -> Callable[[View], View]:
    """Let signed-in people of these roles in."""
    if not roles:
        raise ValueError("admit() without a role lets nobody in: name at least one, or use @open_to_all.")
    return _hang(Door(frozenset(roles), before_new_password=before_new_password))


def open_to_all(view: View) -> View:
    """Let everybody in, signed in or not."""
    return _hang(Door(frozenset(Role), open_to_all=True))(view)


def admit_by(keeper: Callable[[], Actor]) -> Callable[[View], View]:
    """Let in whom `keeper` names; the cookie of a browser opens nothing here."""
    return _hang(Door(frozenset(), keeper=keeper))


def door_of(view: Callable[..., Any]) -> Door | None:
    """The declaration of a view; None if its author forgot it."""
    return getattr(view, "__chayan_door__", None)


def current_actor() -> Actor:
    """The person behind this request. Only behind `@admit`: there is none on an open page of a stranger."""
    actor = actor_or_none()
    if actor is None:
        raise RuntimeError("Nobody is signed in here: this view needs @admit, or actor_or_none().")
    return actor


def actor_or_none() -> Actor | None:
    """The person behind this request, if somebody is signed in."""
    found: Actor | None = g.get("actor")
    return found


def register(app: Flask) -> None:
    app.before_request(_guard)
    app.context_processor(lambda: {"actor": actor_or_none(), "Role": Role})


def _hang(door: Door) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        if door_of(view) is not None:
            raise ValueError(f"{view.__name__} has two declarations of who may enter: keep one.")
        view.__chayan_door__ = door  # type: ignore[attr-defined]
        return view

    return decorate


def _guard() -> AnyResponse | str | None:
    if request.endpoint is None:
        g.actor = _actor(presence.find())
        return None  # no such page: 404 or 405 follows, in the frame of whoever asks
    door = door_of(current_app.view_functions[request.endpoint])
    if door is None:
        current_app.logger.error(
            "The view %s does not declare who may enter: add @admit or @open_to_all.", request.endpoint
        )
        abort(403)
    if request.endpoint == "static":
        return None  # needs no person, so no look at the database
    if door.keeper is not None:
        g.actor = door.keeper()
        return None
    person = presence.find()
    g.actor = _actor(person)
    if door.open_to_all:
        return None
    if person is None:
        return presence.send_to_sign_in()
    if person.must_change_password and not door.before_new_password:
        return redirect(url_for("people.own_password"), 303)
    if person.actor.role not in door.roles:
        abort(403)
    return None


def _actor(person: Person | None) -> Actor | None:
    return person.actor if person else None
