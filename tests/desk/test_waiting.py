"""Scans that waited for the network: sealed so that only this server reads them, saved once, over nobody's look."""

import base64
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.checks.models import Check
from app.children.models import Child
from app.database import Database
from app.privacy.identities import Identifier, IdentifierKind, Identity, seal_identity
from tests.checking import MORNING
from tests.desk.conftest import Browser, Counted, SignIn
from tests.district import District

CODE = "331020200312000018"
TOKEN = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def coded(database: Database, children: dict[str, int]) -> int:
    with database.writing() as session:
        child = session.get_one(Child, children["齐全"])
        one = Identifier(IdentifierKind.CHILD_CODE, CODE)
        seal_identity(session, child, Identity(name="张齐全", identifiers=(one,)), now=MORNING)
    return children["齐全"]


def sealed(
    clerk: FlaskClient, code: str, block: int = 0, token: str = TOKEN, answer: str = "complete"
) -> dict[str, Any]:
    """As the browser does it."""
    pad = clerk.get("/desk/pad").json
    content = base64.b64decode(pad["bytes"])[block * 64 : block * 64 + 64]
    mixed = bytes(one ^ other for one, other in zip(content, code.encode().ljust(64, b"\0"), strict=True))
    return {"token": token, "pad": pad["pad"], "block": block, "sealed": mixed.hex(), "answer": answer}


def send(clerk: FlaskClient, *items: dict[str, Any]) -> list[dict[str, str]]:
    answer = clerk.post("/desk/queue", json={"items": list(items)})
    assert answer.status_code == 200
    told: list[dict[str, str]] = answer.json["items"]
    return told


def test_what_waited_is_saved_once(clerk: FlaskClient, coded: int, counted: Counted) -> None:
    item = sealed(clerk, CODE, block=5)
    assert CODE.encode().hex() not in item["sealed"]
    assert send(clerk, item) == [{"token": TOKEN, "state": "saved", "end": "0018"}]
    assert send(clerk, item)[0]["state"] == "already"
    assert counted(Check) == 1


def test_another_desk_s_look_stands(clerk: FlaskClient, browser: Browser, coded: int, counted: Counted) -> None:
    item = sealed(clerk, CODE, answer="catch_up")
    browser("school_head").post(f"/desk/children/{coded}", data={"answer": "complete"})
    assert send(clerk, item)[0]["state"] == "already"
    assert counted(Check) == 1


def test_a_code_of_nobody_comes_back_with_its_end(clerk: FlaskClient, coded: int, counted: Counted) -> None:
    assert send(clerk, sealed(clerk, "999999999999"))[0] == {"token": TOKEN, "state": "unknown", "end": "9999"}
    assert counted(Check) == 0


def test_another_school_cannot_read_what_this_one_sealed(
    clerk: FlaskClient, app: Any, sign_in: SignIn, district: District, coded: int, counted: Counted
) -> None:
    item = sealed(clerk, CODE)
    stranger = app.test_client()
    sign_in(stranger, district.users["foreign_clerk"])
    assert send(stranger, item)[0]["state"] == "unreadable"
    assert counted(Check) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"pad": "xx"},
        {"pad": ""},
        {"block": -1},
        {"block": 64},
        {"block": "0"},
        {"sealed": "zz"},
        {"sealed": ""},
        {"sealed": "00" * 64},
        {"answer": "maybe"},
        {"answer": None},
    ],
)
def test_what_is_damaged_saves_nothing(clerk: FlaskClient, coded: int, counted: Counted, wrong: dict[str, Any]) -> None:
    assert send(clerk, {**sealed(clerk, CODE), **wrong})[0]["state"] == "unreadable"
    assert counted(Check) == 0


@pytest.mark.parametrize("body", [None, [], {"items": "x"}, {"items": [{}] * 65}])
def test_what_is_no_queue_is_refused(clerk: FlaskClient, children: dict[str, int], body: Any) -> None:
    assert clerk.post("/desk/queue", json=body).status_code == 400
