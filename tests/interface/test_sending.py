"""Rosters and doses in: proposed, applied, never twice, never over somebody's head, never of another organisation."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEvent
from app.children.models import Child, DoseRecord, Enrolment
from app.database import Database
from app.interface import bodies
from app.interface.models import Scope, Submission
from app.privacy.identities import open_identities
from app.roster.models import RosterImport
from app.schools.models import SchoolClass
from tests.district import District
from tests.interface.conftest import CODE, Program, Programs
from tests.interface.test_tokens import problem_of

NEW = {
    "name": "林新来",
    "sex": "F",
    "birth_date": "2020-05-06",
    "class_name": "一（1）班",
    "child_code": "330199000000000011",
}
DOSE = {"vaccine": "MMR", "day": "2021-09-16", "lot": "L-1"}


def send(one: Program, what: str, body: object, key: str = "key-00000001", **headers: str):
    return one.post(f"/{what}", json=body, headers={"Idempotency-Key": key, **headers})


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_roster_is_proposed_and_then_applied(program: Programs, database: Database, district: District) -> None:
    one, before = program(), count(database, Child)
    proposed = send(one, "roster", {"children": [NEW]})
    assert proposed.status_code == 201
    told = proposed.json
    assert (told["state"], told["ready"], told["questions"], told["counts"]["new"]) == ("proposed", True, 0, 1)
    assert count(database, Child) == before
    applied = one.post(f"/roster/{told['import_id']}/apply", json={"seen": told["seen"]})
    assert (applied.status_code, applied.json["state"], applied.json["counts"]["added"]) == (200, "applied", 1)
    with database.reading() as session:
        child = session.scalars(select(Child).order_by(Child.id.desc()).limit(1)).one()
        assert open_identities(session, [child])[child.id].name == "林新来"
        enrolment = session.scalars(select(Enrolment).where(Enrolment.child_id == child.id)).one()
        assert enrolment.class_id == district.classes["near_1"].id
    shown = one.get("/results?limit=500").json["items"]
    assert "330199000000000011" in {item["child_code"] for item in shown}


def test_the_same_twice_is_once(program: Programs, database: Database) -> None:
    one = program()
    first, again = (send(one, "roster", {"children": [NEW]}) for _ in range(2))
    assert again.status_code == 201
    assert again.json == first.json
    assert count(database, RosterImport) == count(database, Submission) == 1
    apply = [one.post(f"/roster/{first.json['import_id']}/apply", json={"seen": first.json["seen"]}) for _ in range(2)]
    assert [answer.status_code for answer in apply] == [200, 200]
    assert apply[0].json == apply[1].json
    children = count(database, Child)
    assert send(one, "roster", {"children": [NEW]}).json["state"] == "applied"
    other = send(one, "roster", {"children": [NEW]}, key="key-00000002").json
    assert (other["counts"]["same"], other["ready"]) == (1, False)
    nothing = one.post(f"/roster/{other['import_id']}/apply", json={"seen": other["seen"]})
    assert (nothing.status_code, problem_of(nothing)["code"]) == (409, "open")
    assert count(database, Child) == children


def test_a_key_stands_for_one_content(program: Programs, database: Database) -> None:
    one = program()
    send(one, "roster", {"children": [NEW]})
    other = send(one, "roster", {"children": [{**NEW, "name": "林别人"}]})
    assert (other.status_code, problem_of(other)["code"]) == (409, "key_reused")
    # Another organisation's key is another key.
    assert send(program("far"), "roster", {"children": [{**NEW, "class_name": "小一班"}]}).status_code == 201
    assert count(database, RosterImport) == 2


def test_a_new_class_is_made_where_that_was_said(program: Programs, database: Database) -> None:
    one, body = program(), {"children": [{**NEW, "class_name": "一（9）班", "grade": "一年级"}]}
    asked = send(one, "roster", body).json
    assert (asked["ready"], asked["questions"], asked["counts"]["new_classes"]) == (False, 1, 1)
    said = send(one, "roster", {**body, "make_classes": True}, key="key-00000002").json
    assert said["ready"]
    one.post(f"/roster/{said['import_id']}/apply", json={"seen": said["seen"]})
    with database.reading() as session:
        assert session.scalar(select(func.count()).where(SchoolClass.name == "一（9）班")) == 1


def test_what_differs_by_now_is_not_written(program: Programs, database: Database) -> None:
    one = program()
    first = send(one, "roster", {"children": [NEW]}).json
    second = send(one, "roster", {"children": [NEW]}, key="key-00000002").json
    one.post(f"/roster/{second['import_id']}/apply", json={"seen": second["seen"]})
    late = one.post(f"/roster/{first['import_id']}/apply", json={"seen": first["seen"]})
    assert (late.status_code, problem_of(late)["code"]) == (409, "moved")


def test_who_may_be_somebody_else_is_a_question_for_a_person(program: Programs, known: int) -> None:
    body = {"children": [{"name": "林小河", "sex": "F", "birth_date": "2020-03-12", "class_name": "一（2）班"}]}
    told = send(program(), "roster", body).json
    assert (told["ready"], told["questions"], told["counts"]["duplicate"]) == (False, 1, 1)


def test_a_faulty_row_is_named_by_its_place_and_left_out(program: Programs) -> None:
    told = send(program(), "roster", {"children": [NEW, {"name": "林坏", "class_name": "一（1）班"}]}).json
    assert {fault["row"] for fault in told["faults"]} == {2}
    assert "林" not in json.dumps(told, ensure_ascii=False)


def test_an_import_of_another_organisation_is_not_there(program: Programs) -> None:
    told = send(program(), "roster", {"children": [NEW]}).json
    doses = send(program("near_center"), "doses", {"children": [{"child_code": CODE, "doses": [DOSE]}]}).json
    for place in ("far", "foreign"):
        one = program(place)
        assert one.get(f"/roster/{told['import_id']}").status_code == 404
        assert one.post(f"/roster/{told['import_id']}/apply", json={"seen": told["seen"]}).status_code == 404
        assert one.get(f"/doses/{doses['import_id']}").status_code == 404


@pytest.mark.parametrize("place", ["near_center", "near"])
def test_doses_are_proposed_and_then_applied_once(
    program: Programs, database: Database, known: int, place: str
) -> None:
    one, body = program(place), {"children": [{"child_code": CODE, "birth_date": "2020-03-12", "doses": [DOSE, DOSE]}]}
    told = send(one, "doses", body).json
    assert (told["counts"]["new"], told["ready"]) == (1, True)
    assert send(one, "doses", body).json == told
    for _ in range(2):
        applied = one.post(f"/doses/{told['import_id']}/apply", json={"seen": told["seen"]})
        assert (applied.status_code, applied.json["state"]) == (200, "applied")
    with database.reading() as session:
        (dose,) = session.scalars(select(DoseRecord).where(DoseRecord.child_id == known)).all()
        assert (dose.product, dose.day.isoformat(), dose.source) == ("MMR", "2021-09-16", "registry")
    again = send(one, "doses", body, key="key-00000002").json
    assert (again["counts"]["new"], again["counts"]["on_record"] > 0, again["ready"]) == (0, True, False)


def test_doses_of_a_child_of_another_center_are_left_out(program: Programs, database: Database, known: int) -> None:
    body = {"children": [{"child_code": CODE, "doses": [DOSE]}]}
    told = send(program("far_center"), "doses", body).json
    assert (told["counts"]["new"], told["counts"]["unknown_children"], told["ready"]) == (0, 1, False)


def test_a_day_that_has_not_come_is_a_fault(program: Programs, known: int) -> None:
    body = {"children": [{"child_code": CODE, "doses": [{**DOSE, "day": "2031-01-01"}]}]}
    told = send(program(), "doses", body).json
    assert [fault["row"] for fault in told["faults"]] == [1]
    assert not told["ready"]


def test_every_scope_opens_its_own_door_only(program: Programs) -> None:
    reader, doses = program("near", Scope.READ_RESULTS), program("near", Scope.WRITE_DOSES)
    assert send(reader, "roster", {"children": [NEW]}).status_code == 403
    assert send(reader, "doses", {"children": []}).status_code == 403
    assert send(doses, "roster", {"children": [NEW]}).status_code == 403
    assert doses.get("/results").status_code == 403


def test_what_was_sent_is_in_the_trail_in_counts(program: Programs, database: Database) -> None:
    one = program()
    told = send(one, "roster", {"children": [NEW]}).json
    one.get(f"/roster/{told['import_id']}")
    one.post(f"/roster/{told['import_id']}/apply", json={"seen": told["seen"]})
    with database.reading() as session:
        events = session.execute(select(AuditEvent.action, AuditEvent.detail)).all()
    assert {"roster.proposed", "read.export", "roster.applied"} <= {event.action for event in events}
    assert "林新来" not in "".join(event.detail for event in events)


HOSTILE: dict[str, tuple[Callable[[], bytes], int]] = {
    "nothing": (lambda: b"", 400),
    "no JSON": (lambda: b"{children: 1}", 400),
    "half of it": (lambda: b'{"children": [{"name": "\xe6\x9e\x97', 400),
    "GBK": (lambda: json.dumps({"children": [NEW]}, ensure_ascii=False).encode("gbk"), 400),
    "UTF-16": (lambda: json.dumps({"children": [NEW]}).encode("utf-16"), 400),
    "a name twice": (lambda: b'{"children": [], "children": []}', 400),
    "no number": (lambda: b'{"children": NaN}', 400),
    "a number of 5000 digits": (lambda: b'{"children": ' + b"9" * 5000 + b"}", 400),
    "deep": (lambda: b"[" * 200_000 + b"]" * 200_000, 400),
    "a list": (lambda: b"[]", 422),
    "null": (lambda: b"null", 422),
    "NUL": (lambda: json.dumps({"children": [{**NEW, "name": "林\0"}]}).encode(), 422),
    "half a character": (lambda: b'{"children": [{"name": "\\ud83d", "class_name": "1"}]}', 422),
    "long": (lambda: json.dumps({"children": [{**NEW, "name": "林" * 61}]}).encode(), 422),
    "more fields": (lambda: json.dumps({"children": [{**NEW, "林": "林"}]}).encode(), 422),
    "nobody": (lambda: b'{"children": []}', 422),
    "many": (lambda: json.dumps({"children": [NEW] * 5001}).encode(), 422),
    "a day as a number": (lambda: json.dumps({"children": [{**NEW, "birth_date": "0"}]}).encode(), 422),
    "no day": (lambda: json.dumps({"children": [{**NEW, "birth_date": "2020-02-30"}]}).encode(), 422),
    "huge": (lambda: b" " * (bodies.LARGEST + 1), 413),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_body_gets_a_sentence_and_changes_nothing(program: Programs, database: Database, what: str) -> None:
    make, status = HOSTILE[what]
    headers = {"Idempotency-Key": "key-00000001", "Content-Type": "application/json"}
    answer = program().post("/roster", data=make(), headers=headers)
    assert answer.status_code == status
    told = problem_of(answer)
    assert told["detail"]
    assert "林" not in answer.text
    assert count(database, RosterImport) == count(database, Submission) == 0


def test_two_rows_of_one_child_are_said(program: Programs) -> None:
    told = send(program(), "roster", {"children": [NEW, NEW]}).json
    assert [fault["row"] for fault in told["faults"]] == [2]


def test_every_row_that_was_written_is_told_its_child(
    program: Programs, database: Database, district: District
) -> None:
    """New, the same, and one that cannot be read."""
    one = program()
    first = send(one, "roster", {"children": [NEW]}).json
    applied = one.post(f"/roster/{first['import_id']}/apply", json={"seen": first["seen"]}).json
    (new,) = applied["children"]
    other = {**NEW, "name": "林更新", "child_code": "330199000000000033", "birth_date": "2020-06-07"}
    rows = [{**NEW, "birth_date": "1990-01-01", "child_code": "", "name": "林太老"}, NEW, other]
    second = send(one, "roster", {"children": rows}, key="key-00000002").json
    assert second["children"] == []
    applied = one.post(f"/roster/{second['import_id']}/apply", json={"seen": second["seen"]}).json
    assert [row["row"] for row in applied["children"]] == [2, 3]
    assert applied["children"][0]["child_id"] == new["child_id"]
    assert one.get(f"/roster/{second['import_id']}").json["children"] == applied["children"]
    shown = {item["child_id"]: item["child_code"] for item in one.get("/results?limit=500").json["items"]}
    assert shown[applied["children"][1]["child_id"]] == "330199000000000033"
    assert "rows" not in applied["counts"]


@pytest.mark.parametrize("key", ["x" * 10_000, "", "short", "x" * 65, "with space", "林林林林林林林林"])
def test_without_a_good_key_nothing_is_taken(program: Programs, database: Database, key: str) -> None:
    answer = send(program(), "roster", {"children": [NEW]}, key=key.encode().decode("latin-1"))
    assert (answer.status_code, problem_of(answer)["errors"][0]["where"]) == (422, "Idempotency-Key")
    assert count(database, RosterImport) == 0


def test_only_json_is_read(program: Programs) -> None:
    answer = program().post("/roster", data={"children": "1"}, headers={"Idempotency-Key": "key-00000001"})
    assert answer.status_code == 415
