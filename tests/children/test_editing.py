"""A child's identity and facts are put right: what the form does not show stays, no desk overwrites another."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from app.children.models import Child
from app.database import Database
from app.privacy.identities import Identity, open_identity
from app.privacy.indexing import find_by_name_and_birth, find_by_number
from tests.children.conftest import BORN, KNOWN, NUMBER, Browser, Kept
from tests.district import District
from tests.privacy.people import enter, numbered


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send back of the form, untouched."""
    inputs = re.findall(r'<input [^>]*class="input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page)
    hidden = re.findall(r'<input type="hidden" name="(as_seen)" value="([^"]*)"', page)
    chosen = re.findall(r'<input checked[^>]*name="(sex)"[^>]*value="(\w)"', page)
    return {**dict(inputs), **dict(hidden), **dict(chosen), "origin": "local"}


def identity_of(database: Database, child: Child) -> Identity:
    with database.reading() as session:
        return open_identity(session, session.get_one(Child, child.id))


def test_an_untouched_form_changes_nothing(
    clerk: FlaskClient, kid: Child, database: Database, trail: Callable[[], list[str]]
) -> None:
    data = fields_of(clerk.get(f"/children/{kid.id}/edit").text)
    assert clerk.post(f"/children/{kid.id}/edit", data=data).status_code == 303
    assert identity_of(database, kid) == KNOWN
    assert "child.changed" not in trail()


def test_a_name_is_put_right_and_the_rest_stays(
    clerk: FlaskClient, kid: Child, database: Database, trail: Callable[[], list[str]]
) -> None:
    data = fields_of(clerk.get(f"/children/{kid.id}/edit").text) | {"name": "林之夏", "resident_id": ""}
    assert clerk.post(f"/children/{kid.id}/edit", data=data).status_code == 303
    after = identity_of(database, kid)
    assert after.name == "林之夏"
    assert after.guardians == KNOWN.guardians  # the second guardian is not on the form
    assert [one.kind for one in after.identifiers] == ["child_code"]
    with database.reading() as session:
        assert find_by_name_and_birth(session, "林之夏", BORN) == {kid.id}
        assert find_by_name_and_birth(session, "林知夏", BORN) == set()
        assert find_by_number(session, NUMBER) == set()
    assert trail()[-1] == "child.changed"


def test_a_birth_date_put_right_moves_the_index_along(clerk: FlaskClient, kid: Child, database: Database) -> None:
    data = fields_of(clerk.get(f"/children/{kid.id}/edit").text) | {"birth_date": "2020.3.6", "resident_id": ""}
    assert clerk.post(f"/children/{kid.id}/edit", data=data).status_code == 303
    with database.reading() as session:
        assert session.get_one(Child, kid.id).birth_date.isoformat() == "2020-03-06"
        assert find_by_name_and_birth(session, "林知夏", BORN) == set()


def test_the_number_of_another_child_is_refused(
    clerk: FlaskClient, kid: Child, database: Database, district: District, kept: Kept
) -> None:
    with database.writing() as session:
        enter(session, district.classes["far_1"], numbered("别人", "110101202003059888"))
    before = kept()
    data = fields_of(clerk.get(f"/children/{kid.id}/edit").text) | {"resident_id": "110101202003059888"}
    answer = clerk.post(f"/children/{kid.id}/edit", data=data)
    assert answer.status_code == 422
    assert "已登记在别的学校或班级的孩子名下" in answer.text
    assert "别人" not in answer.text
    assert kept() == before
    assert identity_of(database, kid) == KNOWN


def test_the_second_desk_is_told_and_loses_nothing(browser: Browser, kid: Child, database: Database) -> None:
    first, second = browser("clerk"), browser("school_head")
    data = fields_of(first.get(f"/children/{kid.id}/edit").text)
    assert first.post(f"/children/{kid.id}/edit", data={**data, "address": "新路 8 号"}).status_code == 303
    answer = second.post(f"/children/{kid.id}/edit", data={**data, "guardian_name": "林大海"})
    assert answer.status_code == 409
    assert "刚才有人改过这个孩子的资料" in answer.text
    assert 'value="林大海"' in answer.text
    assert identity_of(database, kid).address == "新路 8 号"
    again = fields_of(answer.text)
    assert again["as_seen"] != data["as_seen"]
    assert second.post(f"/children/{kid.id}/edit", data=again).status_code == 303
    assert identity_of(database, kid).guardians[0].name == "林大海"
