"""Every route, every method, every role and the signed-out, own and other organisations: who gets in is computed from
what each view declares and from `access_table`, and asked of the running application.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import request
from limits import parse
from sqlalchemy import update
from werkzeug.routing import Rule

from app import clock, create_app
from app.config import Settings
from app.database import Database
from app.interface import pacing
from app.office import office
from app.people import sessions
from app.people.access import admit, current_actor
from app.people.models import User
from app.people.roles import Role
from app.people.scope import child_or_404, class_or_404
from tests.district import build_district
from tests.house.access_table import CHILDREN_SEEN, IN_THE_FORM, WORDS, build_table
from tests.house.walking import STRANGER, House, Route, taking_back, visits, what_happened


@pytest.fixture
def house(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The application with every room (the demo has them all); whatever a request writes is taken back at its end."""
    application = create_app(replace(settings, demo=True, public_address="https://chayan.example.cn"))
    application.config["WTF_CSRF_ENABLED"] = False
    with application.app_context():  # the walk is faster than anybody may be
        pacing.pace().by_address = parse("1000000/second")
    database = application.extensions["chayan"].database
    with database.writing() as session:
        district = build_district(session)
        table = build_table(session, district)
        users = {who: district.users[who] for who in CHILDREN_SEEN}
        tokens = {who: sessions.open_session(session, user=user, now=clock.now()) for who, user in users.items()}
    monkeypatch.setattr(Database, "writing", taking_back)
    yield House(application, district, table, tokens)
    database.close()


def test_every_view_says_who_may_enter(house: House) -> None:
    silent = sorted({rule.endpoint for rule in house.rules if house.door(rule) is None})
    assert not silent, f"Say who may enter, with @admit(...) or @open_to_all, at: {', '.join(silent)}"


def test_every_parameter_is_known(house: House) -> None:
    known = house.table.things.keys() | WORDS.keys()
    unknown = sorted({f"{name} of {rule.rule}" for rule in house.rules for name in rule.arguments - known})
    assert not unknown, f"Say in tests/house/access_table.py what these name: {', '.join(unknown)}"


def test_the_table_speaks_of_views_that_exist(house: House) -> None:
    assert IN_THE_FORM.keys() <= house.app.view_functions.keys()


@pytest.mark.parametrize("who", [STRANGER, *CHILDREN_SEEN])
def test_who_gets_in(house: House, who: str) -> None:
    walk = [visit.fault(house) for route in house.routes for visit in visits(house, route, who)]
    faults = [fault for fault in walk if fault]
    assert not faults, "\n".join(["", *faults])


def test_the_walk_is_not_empty(house: House) -> None:
    """Of what the other tests promise nothing would be left if there were no routes, no roles, nobody to refuse."""
    assert {house.district.users[who].role for who in CHILDREN_SEEN} == set(Role)
    # What opens to a token alone is walked in tests/interface.
    by_cookie = [rule for rule in house.rules if house.door(rule).keeper is None]
    with_parameters = [rule for rule in by_cookie if rule.arguments & house.table.things.keys()]
    assert with_parameters
    for rule in with_parameters:
        asked = {who for who in CHILDREN_SEEN if house.admits(rule, who)}
        kinds = [{visit.own for visit in visits(house, Route([rule]), who)} for who in asked]
        assert {True, False} in kinds, f"Nobody has an own and a foreign {rule.rule}"


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


def test_the_matrix_sees_a_form_that_forgets_the_scope(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def choose() -> str:
        if check:
            with office().database.reading() as session:
                class_or_404(session, current_actor(), int(request.form["chosen"]))
        return "chosen"

    house.app.add_url_rule("/choose", "choose", admit(Role.CLERK)(choose), methods=["POST"])
    monkeypatch.setitem(IN_THE_FORM, "choose", {"chosen": "class_id"})
    route = next(route for route in house.routes if route.rules[0].rule == "/choose")
    check = True
    assert not [fault for visit in visits(house, route, "clerk") if (fault := visit.fault(house))]
    check = False
    assert len([fault for visit in visits(house, route, "clerk") if (fault := visit.fault(house))]) == 3


def test_a_mixed_address_belongs_to_nobody(house: House) -> None:
    """/children/<one child>/doses/<a dose of another>: both own, but not together."""
    rule = Rule("/mixed/<int:child_id>/<int:dose_id>", endpoint="mixed", methods=["GET"])
    house.app.url_map.add(rule)
    house.app.view_functions["mixed"] = admit(Role.CLERK)(lambda child_id, dose_id: "both")
    found = [visit for visit in visits(house, Route([rule]), "clerk") if visit.method == "GET"]
    assert len(found) == 25
    assert len([visit for visit in found if visit.own]) == 2


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
