"""Every route, every method, every role and the signed-out, own and other organisations: who gets in is computed from
what each view declares and from `access_table`, and asked of the running application.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug import Response
from werkzeug.routing import Rule

from app import clock, create_app
from app.config import Settings
from app.database import Database
from app.office import office
from app.people import sessions
from app.people.access import Door, admit, current_actor, door_of
from app.people.models import User
from app.people.roles import Role
from app.people.scope import child_or_404
from tests.district import District, build_district
from tests.house.access_table import CHILDREN_SEEN, WORDS, AccessTable, build_table

STRANGER = "stranger"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass
class House:
    """The application with a district in it; whatever a request writes is taken back at its end."""

    app: Flask
    district: District
    table: AccessTable
    tokens: dict[str, str]

    @property
    def rules(self) -> list[Rule]:
        return list(self.app.url_map.iter_rules())

    def door(self, rule: Rule) -> Door | None:
        return door_of(self.app.view_functions[rule.endpoint])

    def client(self, who: str) -> FlaskClient:
        client = self.app.test_client()
        if who != STRANGER:
            client.set_cookie("chayan_session", self.tokens[who])
        return client


@pytest.fixture
def house(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    # The demo has every room.
    application = create_app(replace(settings, demo=True))
    application.config["WTF_CSRF_ENABLED"] = False
    database = application.extensions["chayan"].database
    with database.writing() as session:
        district = build_district(session)
        table = build_table(session, district)
        now = clock.now()
        tokens = {who: sessions.open_session(session, user=district.users[who], now=now) for who in CHILDREN_SEEN}
    monkeypatch.setattr(Database, "writing", taking_back)
    yield House(application, district, table, tokens)
    database.close()


@contextmanager
def taking_back(self: Database) -> Iterator[Session]:
    """In place of Database.writing: everything happens up to the commit, which becomes a rollback."""
    with Session(self._writing_engine, expire_on_commit=False, info=self.session_info) as session:
        yield session
        session.flush()
        session.rollback()


def test_every_view_says_who_may_enter(house: House) -> None:
    silent = sorted({rule.endpoint for rule in house.rules if house.door(rule) is None})
    assert not silent, f"Say who may enter, with @admit(...) or @open_to_all, at: {', '.join(silent)}"


def test_every_parameter_is_known(house: House) -> None:
    known = house.table.things.keys() | WORDS.keys()
    unknown = sorted({f"{name} of {rule.rule}" for rule in house.rules for name in rule.arguments - known})
    assert not unknown, f"Say in tests/house/access_table.py what these name: {', '.join(unknown)}"


@pytest.mark.parametrize("who", [STRANGER, *CHILDREN_SEEN])
def test_who_gets_in(house: House, who: str) -> None:
    wrong = [fault for rule in house.rules for fault in faults(house, rule, who)]
    assert not wrong, "\n".join(["", *wrong])


def test_the_walk_is_not_empty(house: House) -> None:
    """Of what the other tests promise nothing would be left if there were no routes, no roles, nobody to refuse."""
    assert {house.district.users[who].role for who in CHILDREN_SEEN} == set(Role)
    with_parameters = [rule for rule in house.rules if rule.arguments & house.table.things.keys()]
    assert with_parameters
    for rule in with_parameters:
        assert any(both_kinds(house, rule, who) for who in CHILDREN_SEEN), (
            f"Nobody has an own and a foreign {rule.rule}"
        )


def both_kinds(house: House, rule: Rule, who: str) -> bool:
    door = house.door(rule)
    if door is None or house.district.users[who].role not in door.roles:
        return False
    return {own for _, own in places(house, rule, who)} == {True, False}


def faults(house: House, rule: Rule, who: str) -> list[str]:
    """What is wrong with one route for one person, a sentence each."""
    found = []
    known, methods = places(house, rule, who), methods_at(house, rule)
    for method in METHODS:
        # Where a method does not exist it matters little what the address names: once is enough.
        for address, own in known if method in methods else known[:1]:
            found += fault(house, rule, who, method, address, own=own)
    return found


def fault(house: House, rule: Rule, who: str, method: str, address: str, *, own: bool) -> list[str]:
    wanted = expected(house, rule, who, method, own=own)
    got = what_happened(house.client(who).open(address, method=method))
    if fits(wanted, got):
        return []
    return [f"{who}: {method} {address} ({rule.endpoint}) should be {wanted}, is {got}"]


def places(house: House, rule: Rule, who: str) -> list[tuple[str, bool]]:
    """Addresses of the route, each with: does everything in it belong to this person's scope?"""
    choices = []
    for name in sorted(rule.arguments):
        if name in WORDS:
            choices.append([(name, WORDS[name], True)])
            continue
        numbers = house.table.things[name]
        someone = who if who != STRANGER else "clerk"
        choices.append(
            [(name, number, True) for number in numbers.own(someone)]
            + [(name, number, False) for number in numbers.foreign(someone)]
        )
    found = []
    with house.app.test_request_context():
        for chosen in itertools.product(*choices):
            values = {name: value for name, value, _ in chosen}
            built = rule.build(values, append_unknown=False)
            assert built is not None
            found.append((built[1], belongs_together(house, chosen)))
    return found


def belongs_together(house: House, chosen: tuple[tuple[str, object, bool], ...]) -> bool:
    """All own, and of one child: the dose of another child under this child's address is not there either."""
    if not all(own for _, _, own in chosen):
        return False
    owners = [
        {owner for owner, number in house.table.things[name].ids.items() if number == value}
        for name, value, _ in chosen
        if name in house.table.things and house.table.things[name].seen is CHILDREN_SEEN
    ]
    return not owners or bool(set.intersection(*owners))


def expected(house: House, rule: Rule, who: str, method: str, *, own: bool) -> str:
    allowed = methods_at(house, rule)
    if method not in allowed:
        return "405"
    door = house.door(next(each for each in same_address(house, rule) if method in (each.methods or ())))
    if door is None:
        return "403"
    if door.open_to_all:
        return "in"
    if who == STRANGER:
        return "sent to sign in"
    if house.district.users[who].role not in door.roles:
        return "403"
    return "in" if own or method == "OPTIONS" else "404"


def same_address(house: House, rule: Rule) -> list[Rule]:
    return [each for each in house.rules if each.rule == rule.rule]


def methods_at(house: House, rule: Rule) -> set[str]:
    return {method for each in same_address(house, rule) for method in each.methods or ()}


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


def test_the_matrix_sees_an_undeclared_view(house: House) -> None:
    house.app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    with pytest.raises(AssertionError, match="forgotten"):
        test_every_view_says_who_may_enter(house)
    assert house.client("administrator").get("/forgotten").status_code == 403


def test_the_matrix_sees_an_unknown_parameter(house: House) -> None:
    house.app.add_url_rule("/new/<int:gizmo_id>", "gizmo", admit(*Role)(lambda gizmo_id: "gizmo"))
    with pytest.raises(AssertionError, match="gizmo_id"):
        test_every_parameter_is_known(house)


def test_the_matrix_sees_a_view_that_forgets_the_scope(house: House) -> None:
    house.app.add_url_rule("/leak/<int:child_id>", "leak", admit(*Role)(lambda child_id: "a child"))
    with pytest.raises(AssertionError, match=r"GET /leak/\d+ \(leak\) should be 404, is 200"):
        test_who_gets_in(house, "clerk")


def test_the_matrix_sees_a_locked_room(house: House) -> None:
    house.app.add_url_rule("/locked", "locked", admit(Role.CLERK)(lambda: ("no", 404)))
    with pytest.raises(AssertionError, match=r"GET /locked \(locked\) should be in, is 404"):
        test_who_gets_in(house, "clerk")


def test_a_mixed_address_belongs_to_nobody(house: House) -> None:
    """/children/<one child>/doses/<a dose of another>: both own, but not together."""
    rule = Rule("/mixed/<int:child_id>/<int:dose_id>", endpoint="mixed")
    house.app.url_map.add(rule)
    belonging = [address for address, own in places(house, rule, "clerk") if own]
    assert len(belonging) == 2
    assert len(places(house, rule, "clerk")) == 25


def test_a_person_who_moved_sees_the_new_place_only(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.app.add_url_rule("/of-child/<int:child_id>", "of_child", admit(Role.CLERK)(_child_page))
    here, there = house.district.children["near_1"].id, house.district.children["far_1"].id
    assert house.client("clerk").get(f"/of-child/{here}").status_code == 200
    assert house.client("clerk").get(f"/of-child/{there}").status_code == 404
    monkeypatch.undo()  # from here on writing is writing
    with house.app.extensions["chayan"].database.writing() as session:
        clerk = session.get_one(User, house.district.users["clerk"].id)
        session.execute(update(User).where(User.id == clerk.id).values(organisation_id=house.district.places["far"].id))
    assert what_happened(house.client("clerk").get(f"/of-child/{here}")) == "sent to sign in"
    with house.app.extensions["chayan"].database.writing() as session:
        clerk = session.get_one(User, clerk.id, populate_existing=True)
        house.tokens["clerk"] = sessions.open_session(session, user=clerk, now=clock.now())
    assert house.client("clerk").get(f"/of-child/{here}").status_code == 404
    assert house.client("clerk").get(f"/of-child/{there}").status_code == 200


def _child_page(child_id: int) -> str:
    with office().database.reading() as session:
        return str(child_or_404(session, current_actor(), child_id).id)
