"""One key at the same moment: of lines that broke and were tried again at once, one import comes."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.children.models import Child, DoseRecord
from app.database import Database
from app.interface.models import Submission
from app.registry.models import RegistryImport
from app.roster.models import RosterImport
from tests.interface.conftest import CODE, Programs
from tests.interface.test_sending import DOSE, NEW, count, send
from tests.interface.test_tokens import problem_of

IMPORTS: dict[str, type] = {"roster": RosterImport, "doses": RegistryImport}
WRITTEN: dict[str, type] = {"roster": Child, "doses": DoseRecord}


@pytest.mark.parametrize("what", ["roster", "doses"])
def test_two_with_one_key_at_the_same_moment_are_one(
    program: Programs, database: Database, known: int, what: str
) -> None:
    """Eight lines that broke and were tried again: one import, one answer; then eight that apply it."""
    one = program()
    body = {"children": [NEW]} if what == "roster" else {"children": [{"child_code": CODE, "doses": [DOSE]}]}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _turn: send(one, what, body), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["import_id"] for answer in answers}) == 1
    assert count(database, Submission) == count(database, IMPORTS[what]) == 1
    before, told = count(database, WRITTEN[what]), answers[0].json
    address = f"/{what}/{told['import_id']}/apply"
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _turn: one.post(address, json={"seen": told["seen"]}), range(8)))
    assert {(answer.status_code, answer.json["state"]) for answer in answers} == {(200, "applied")}
    assert count(database, WRITTEN[what]) == before + 1


def test_two_contents_under_one_key_at_the_same_moment(program: Programs, database: Database) -> None:
    one = program()
    with ThreadPoolExecutor(6) as pool:
        contents = [{"children": [{**NEW, "name": f"林新{number}"}]} for number in range(6)]
        answers = list(pool.map(lambda body: send(one, "roster", body), contents))
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 5]
    assert {problem_of(answer)["code"] for answer in answers if answer.status_code == 409} == {"key_reused"}
    assert count(database, RosterImport) == 1


def test_a_key_belongs_to_its_organisation(program: Programs, database: Database) -> None:
    near, far = program(), program("far")
    mine = send(near, "roster", {"children": [NEW]}).json
    theirs = send(far, "roster", {"children": [{**NEW, "class_name": "小一班"}]})
    assert theirs.status_code == 201
    assert theirs.json["import_id"] != mine["import_id"]
    assert far.get(f"/roster/{mine['import_id']}").status_code == 404
