"""A house that families can reach, and a child of the district with a notice in its family's hands."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from app import clock
from app.config import Settings
from app.database import Database
from app.notices.models import Notice
from app.parents import visiting
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, Desk, at, open_campaign, without

PHONE, DIGITS = "13900001234", "1234"


@dataclass
class Family:
    """What a family holds, and its child by number."""

    code: str
    notice_id: int
    child_id: int


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a public address; no HTTPS here, as in a demo."""
    return dataclasses.replace(settings, public_address="https://chayan.example.cn")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusals do not wait."""
    monkeypatch.setattr(visiting, "REFUSED_AFTER", 0.0)


MakeFamily = Callable[..., Family]


@pytest.fixture
def make_family(database: Database, district: District) -> MakeFamily:
    """A child with a notice that asks for two doses, unless it is told otherwise."""
    clock.fix(at(DAY))
    with database.writing() as session:
        open_campaign(session, district)

    def make(name: str = "白露", phone: str = PHONE, doses: tuple[tuple[str, str], ...] | None = None) -> Family:
        with database.writing() as session:
            desk = Desk(session, actor(district, "clerk"))
            child = desk.enrol(district.classes["near_1"], name, phone)
            desk.doses(child, without(("MMR", 2), ("DTaP", 5)) if doses is None else doses)
            notice = desk.notice(child)
            assert notice is not None
            return Family(notice.code, notice.id, child.id)

    return make


@pytest.fixture
def family(make_family: MakeFamily) -> Family:
    return make_family()


@pytest.fixture
def opened(client: FlaskClient, family: Family) -> FlaskClient:
    """The family's phone, its page open."""
    answer = client.post("/p", data={"code": family.code, "digits": DIGITS})
    assert answer.location == "/parents"
    return client


def notice_of(database: Database, family: Family) -> Notice:
    with database.reading() as session:
        return session.get_one(Notice, family.notice_id)
