"""Walking through the house: every address, with what it may be given, and what should happen there.

Expectations come from the views' own declarations and from `access_table`, never from the code that decides.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug import Response
from werkzeug.routing import Rule

from app.database import Database
from app.people.access import Door, door_of
from tests.district import District
from tests.house.access_table import CHILDREN_SEEN, IN_THE_FORM, WORDS, AccessTable

STRANGER = "stranger"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass
class House:
    """The application with a district in it."""

    app: Flask
    district: District
    table: AccessTable
    tokens: dict[str, str]

    @property
    def rules(self) -> list[Rule]:
        return list(self.app.url_map.iter_rules())

    @property
    def routes(self) -> list["Route"]:
        """The rules of one address together: one may show what another saves."""
        found: dict[str, Route] = {}
        for rule in self.rules:
            found.setdefault(rule.rule, Route()).rules.append(rule)
        return list(found.values())

    def door(self, rule: Rule) -> Door | None:
        return door_of(self.app.view_functions[rule.endpoint])

    def admits(self, rule: Rule, who: str) -> bool:
        """Does the view let this person's role in, so that it depends on what is asked for?"""
        door = self.door(rule)
        return door is not None and who != STRANGER and self.district.users[who].role in door.roles

    def client(self, who: str) -> FlaskClient:
        client = self.app.test_client()
        if who != STRANGER:
            client.set_cookie("chayan_session", self.tokens[who])
        return client


@dataclass
class Route:
    """One address of the house."""

    rules: list[Rule] = field(default_factory=list)

    def rule(self, method: str) -> Rule | None:
        return next((rule for rule in self.rules if method in (rule.methods or ())), None)


@dataclass(frozen=True)
class Visit:
    """One request."""

    who: str
    method: str
    address: str
    endpoint: str
    form: tuple[tuple[str, int], ...]
    #: Everything it names belongs to this person's scope, and together.
    own: bool
    wanted: str

    def fault(self, house: House) -> str | None:
        """What is wrong, in a sentence; None if it went as it should."""
        data = dict(self.form) if self.method == "POST" else None
        got = what_happened(house.client(self.who).open(self.address, method=self.method, data=data))
        if fits(self.wanted, got):
            return None
        with_what = f" with {dict(self.form)}" if self.form else ""
        return (
            f"{self.who}: {self.method} {self.address}{with_what} ({self.endpoint}) should be {self.wanted}, is {got}"
        )


def visits(house: House, route: Route, who: str) -> Iterator[Visit]:
    for method in METHODS:
        rule = route.rule(method)
        found = list(_visits(house, rule or route.rules[0], method, who, exists=rule is not None))
        if rule is None:
            yield found[0]  # the method is not there whatever the address names
        elif house.admits(rule, who) and method in {"GET", "POST"}:
            yield from found
        else:  # decided at the door, or like GET: one of each kind is enough
            yield from {visit.own: visit for visit in reversed(found)}.values()


def taking_back(database: Database) -> "contextmanager[Session]":
    """In place of Database.writing: everything happens up to the commit, which becomes a rollback."""

    @contextmanager
    def writing() -> Iterator[Session]:
        with Session(database._writing_engine, expire_on_commit=False, info=database.session_info) as session:
            yield session
            session.flush()
            session.expunge_all()  # after a commit the rows stay readable; after a rollback they would not
            session.rollback()

    return writing()


def what_happened(answer: Response) -> str:
    # With a question mark: a stranger on the way in, not somebody who has just signed out.
    if answer.status_code == 303 and (answer.location or "").startswith("/sign-in?"):
        return "sent to sign in"
    return str(answer.status_code)


def fits(wanted: str, got: str) -> bool:
    if wanted != "in":
        return wanted == got
    # Let in: an empty form may be refused (400, 422, 401 at the sign-in page), but the person is not turned away.
    return got.isdigit() and int(got) < 500 and got not in {"403", "404", "405"}


def _visits(house: House, rule: Rule, method: str, who: str, *, exists: bool) -> Iterator[Visit]:
    fields = IN_THE_FORM.get(rule.endpoint, {}) if method == "POST" else {}
    names = sorted(rule.arguments)
    for chosen in itertools.product(*(_choices(house, fields.get(name, name), who) for name in [*names, *fields])):
        values = dict(zip([*names, *fields], chosen, strict=True))
        things = {fields.get(name, name): value for name, value in values.items()}
        own = _belongs_together(house, things, who)
        with house.app.test_request_context():
            built = rule.build({name: values[name] for name in names}, append_unknown=False)
        assert built is not None
        form = tuple((name, int(values[name])) for name in fields)
        wanted = _wanted(house, rule, method, who, own=own) if exists else "405"
        yield Visit(who, method, built[1], rule.endpoint, form, own, wanted)


def _choices(house: House, name: str, who: str) -> list[str | int]:
    if name in WORDS:
        return [WORDS[name]]
    numbers, someone = house.table.things[name], "clerk" if who == STRANGER else who
    return [*numbers.own(someone), *numbers.foreign(someone)]


def _belongs_together(house: House, things: dict[str, str | int], who: str) -> bool:
    """All own, and of one child: the dose of another child under this child's address is not there either."""
    numbers = {name: house.table.things[name] for name in things if name not in WORDS}
    if not all(things[name] in each.own("clerk" if who == STRANGER else who) for name, each in numbers.items()):
        return False
    owners = [
        {owner for owner, number in each.ids.items() if number == things[name]}
        for name, each in numbers.items()
        if each.seen is CHILDREN_SEEN
    ]
    return not owners or bool(set.intersection(*owners))


def _wanted(house: House, rule: Rule, method: str, who: str, *, own: bool) -> str:
    door = house.door(rule)
    if door is None:
        return "403"
    if door.open_to_all:
        return "in"
    if door.keeper is not None:
        return "401"  # whoever has a cookie has no token
    if who == STRANGER:
        return "sent to sign in"
    if not house.admits(rule, who):
        return "403"
    return "in" if own or method == "OPTIONS" else "404"
