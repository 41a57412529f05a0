"""Another program at the door: a token made by the house's own action, and a client that sends it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.campaigns.models import Campaign
from app.children.models import Child
from app.database import Database
from app.interface.actions import make_token
from app.interface.models import Scope
from app.privacy.identities import Identifier, IdentifierKind, Identity, seal_identity
from tests.actors import actor
from tests.district import MOMENT, District
from tests.notices.september import DAY, at, open_campaign

#: Who makes the token of a place.
_MAKER = {"near": "school_head", "far": "administrator", "foreign": "foreign_administrator"}


@dataclass
class Program:
    """A program with its token; no cookies, no CSRF token."""

    app: Flask
    token: str
    token_id: int

    def get(self, path: str, **more: Any):
        return self.send("GET", path, **more)

    def post(self, path: str, **more: Any):
        return self.send("POST", path, **more)

    def send(self, method: str, path: str, **more: Any):
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        client = self.app.test_client(use_cookies=False)
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)


Programs = Callable[..., Program]
#: 儿童编码 of `known`.
CODE = "330199000000000022"


@pytest.fixture
def autumn(app: Flask, database: Database, district: District) -> Campaign:
    """The tenth of September, with the campaign open; the interface is exempt from CSRF, so the guard is on."""
    app.config["WTF_CSRF_ENABLED"] = True
    clock.fix(at(DAY, 10))
    with database.writing() as session:
        return open_campaign(session, district)


@pytest.fixture
def program(app: Flask, database: Database, district: District, autumn: Campaign) -> Programs:
    def make(place: str = "near", *scopes: Scope, days: int = 30) -> Program:
        organisation = district.places[place]
        possible = {
            "school": tuple(Scope),
            "health_center": (Scope.READ_RESULTS, Scope.WRITE_DOSES),
            "cdc": (Scope.READ_RESULTS,),
        }
        with database.writing() as session:
            made, sent = make_token(
                session,
                by=actor(district, _MAKER.get(place, "administrator")),
                now=clock.now(),
                organisation=organisation,
                label="省平台",
                scopes=scopes or possible[organisation.kind],
                lives=dt.timedelta(days=days),
                password_hash="nobody knows it",
            )
        return Program(app, sent, made.id)

    return make


@pytest.fixture
def known(database: Database, district: District, autumn: Campaign) -> int:
    """A child of the near school with a code."""
    child_id = district.children["near_1"].id
    identity = Identity("林小河", identifiers=(Identifier(IdentifierKind.CHILD_CODE, CODE),))
    with database.writing() as session:
        seal_identity(session, session.get_one(Child, child_id), identity, now=MOMENT)
    return child_id
