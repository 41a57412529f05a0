"""The description and what really happens: schemathesis asks every operation all it can think of.

In the quick tier a few questions each, in the slow one many. What it sends is made up; what it gets must be described.
"""

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from limits import parse
from schemathesis import GenerationMode

from app.children.models import Child
from app.database import Database
from app.interface import pacing
from tests.actors import actor
from tests.district import District
from tests.interface.conftest import Program, Programs
from tests.notices.september import Desk, without
from tests.reports.lists import frozen

QUICK, DEEP = 8, 120


@pytest.fixture
def asked(app: Flask, program: Programs, database: Database, district: District, autumn) -> Program:
    """A school with a child that owes something and a list, and nobody who says that it is too fast."""
    with database.writing() as session:
        desk = Desk(session, actor(district, "clerk"))
        child = desk.enrol(district.classes["near_1"], "林一朵")
        desk.doses(session.get_one(Child, child.id), without(("MMR", 2)))
        desk.check(child)
        frozen(desk, district, session.merge(autumn))
    with app.app_context():
        pacing.pace().by_token = pacing.pace().by_address = parse("1000000/second")
    return program()


def test_it_is_served_and_speaks_of_every_view(app: Flask, client: FlaskClient) -> None:
    told = client.get("/api/v1/openapi.json").json
    assert told["openapi"] == "3.1.0"
    views = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    described = {one["operationId"] for path in told["paths"].values() for one in path.values()}
    assert described == {view.replace(".", "_") for view in views - {"interface.openapi"}}


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_answers_as_described(asked: Program, mode: GenerationMode) -> None:
    _ask(asked, mode, QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_answers_as_described_at_length(asked: Program, mode: GenerationMode) -> None:
    _ask(asked, mode, DEEP)


def _ask(asked: Program, mode: GenerationMode, examples: int) -> None:
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", asked.app)
    headers = {"Authorization": f"Bearer {asked.token}"}
    count = 0
    for found in described.get_all_operations():
        cases = found.ok().as_strategy(generation_mode=mode)

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(cases)
        def one(case) -> None:
            nonlocal count
            count += 1
            case.call_and_validate(headers=headers)

        one()
    assert count > examples
