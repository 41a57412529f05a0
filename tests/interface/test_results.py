"""Results and lists out: whose, in which order, what of a child, and what the trail keeps."""

import pytest
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.children.models import Child
from app.database import Database
from app.interface.models import Scope
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity, seal_identity
from app.reports.actions import send
from tests.actors import actor
from tests.district import MOMENT, District
from tests.interface.conftest import Programs
from tests.notices.september import DAY, Desk, at, without
from tests.reports.lists import frozen

NAMES = ("林一朵", "林二朵", "林三朵")


@pytest.fixture
def children(database: Database, district: District, autumn) -> list[int]:
    """One complete, one who owes, one not checked; the first has every number there is."""
    with database.writing() as session:
        desk = Desk(session, actor(district, "clerk"))
        ids = [desk.enrol(district.classes["near_1"], name).id for name in NAMES]
        numbers = (
            Identifier(IdentifierKind.CHILD_CODE, "330199202003120011"),
            Identifier(IdentifierKind.RESIDENT_ID, "330199202003120029"),
        )
        first = Identity(NAMES[0], identifiers=numbers, guardians=(Guardian("林妈妈", "母亲", "13900007777"),))
        seal_identity(session, session.get_one(Child, ids[0]), first, now=MOMENT)
        for child_id, doses in zip(ids[:2], (without(), without(("MMR", 2))), strict=True):
            child = session.get_one(Child, child_id)
            desk.doses(child, doses)
            desk.check(child)
    return ids


def test_every_child_of_the_school_with_its_verdict(program: Programs, children: list[int]) -> None:
    items = {one["child_id"]: one for one in program().get("/results").json["items"]}
    complete, owing, unchecked = (items[one] for one in children)
    assert complete["verdict"]["result"] == "complete"
    assert complete["verdict"]["owed"] == []
    assert complete["child_code"] == "330199202003120011"
    assert owing["verdict"]["result"] == "catch_up"
    (owed,) = owing["verdict"]["owed"]
    assert (owed["product"], owed["dose"], owed["state"]) == ("MMR", 2, "overdue")
    assert owed["why"]
    assert owed["reasons"]
    assert (unchecked["checked"], unchecked["verdict"]) == (False, None)


def test_no_name_no_identity_number_no_phone_leaves(program: Programs, children: list[int]) -> None:
    one = program()
    for path in ("/results", "/results/changes", f"/results/{children[0]}"):
        text = one.get(path).text
        assert not [word for word in (*NAMES, "330199202003120029", "13900007777", "林妈妈") if word in text]


def test_pages_go_on_where_the_last_one_ended(program: Programs, children: list[int]) -> None:
    one, seen, after = program(), [], 0
    while after is not None:
        page = one.get(f"/results?after={after}&limit=2").json
        assert len(page["items"]) <= 2
        seen += [item["enrolment_id"] for item in page["items"]]
        after = page["next"]
    whole = [item["enrolment_id"] for item in one.get("/results?limit=500").json["items"]]
    assert seen == whole == sorted(whole)
    assert len(whole) >= len(children)


def test_changes_come_once_and_in_order(
    program: Programs, children: list[int], database: Database, district: District
) -> None:
    one = program()
    first = one.get("/results/changes?limit=1").json
    assert first["more"]
    second = one.get(f"/results/changes?after={first['next']}").json
    assert [item["child_id"] for item in (*first["items"], *second["items"])] == children[:2]
    assert not second["more"]
    assert one.get("/results").json["changes_from"] == second["next"]
    nothing = one.get(f"/results/changes?after={second['next']}").json
    assert nothing == {"items": [], "next": second["next"], "more": False}
    with database.writing() as session:
        desk, child = Desk(session, actor(district, "clerk")), session.get_one(Child, children[2])
        desk.doses(child, without())
        desk.check(child)
    (late,) = one.get(f"/results/changes?after={second['next']}").json["items"]
    assert late["child_id"] == children[2]
    assert late["verdict"]["result"] == "complete"


def test_what_was_checked_this_second_waits_for_the_next_question(program: Programs, children: list[int]) -> None:
    one = program()
    clock.fix(at(DAY, 9))  # the very moment of the checks
    page = one.get("/results/changes").json
    assert page == {"items": [], "next": 0, "more": False}
    assert one.get("/results").json["changes_from"] < min(
        item["verdict"]["check_id"] for item in one.get("/results").json["items"] if item["checked"]
    )


def test_a_child_of_another_organisation_is_not_there(program: Programs, children: list[int], district) -> None:
    assert program("near").get(f"/results/{children[0]}").status_code == 200
    assert program("near_center").get(f"/results/{children[0]}").status_code == 200
    assert program("cdc").get(f"/results/{children[0]}").status_code == 200
    for place in ("far", "foreign", "far_center", "foreign_center", "other_cdc"):
        assert program(place).get(f"/results/{children[0]}").status_code == 404
        shown = program(place).get("/results?limit=500").json["items"]
        assert not {one["child_id"] for one in shown} & set(children)


def test_a_list_is_read_by_the_school_and_by_the_center_it_was_sent_to(
    program: Programs, children: list[int], database: Database, district: District, autumn
) -> None:
    with database.writing() as session:
        desk = Desk(session, actor(district, "clerk"))
        report = frozen(desk, district, session.merge(autumn))
        list_id = report.id
    assert program("near_center").get("/lists").json["items"] == []  # not sent yet
    with database.writing() as session:
        send(session, by=actor(district, "clerk"), now=at(DAY), report=session.get_one(type(report), list_id))
    for place in ("near", "near_center"):
        (head,) = program(place).get("/lists").json["items"]
        assert (head["list_id"], head["state"], head["children"]) == (list_id, "sent", 1)
        whole = program(place).get(f"/lists/{list_id}").json
        (row,) = whole["rows"]
        assert row["child_id"] == children[1]
        assert [dose["product"] for dose in row["owed"]] == ["MMR"]
    for place in ("far", "far_center", "foreign", "cdc"):
        assert program(place).get(f"/lists/{list_id}").status_code == 404


def test_every_look_is_in_the_trail(program: Programs, children: list[int], database: Database) -> None:
    one = program("near", Scope.READ_RESULTS)
    one.get("/results")
    one.get(f"/results/{children[0]}")
    with database.reading() as session:
        told = session.execute(
            select(AuditEvent.action, AuditEvent.subject_kind, AuditEvent.role).where(
                AuditEvent.action == "read.export"
            )
        ).all()
    assert told == [("read.export", "organisation", "clerk"), ("read.export", "child", "clerk")]


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=501", "after=-1", "after=x", "after=99999999999", "limit=", "name=%E6%9E%97", "limit=1.5"],
)
def test_a_question_that_makes_no_sense_is_said_without_its_values(program: Programs, query: str) -> None:
    answer = program().get(f"/results?{query}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["how"]
    assert "林" not in answer.text
    assert "99999999999" not in answer.text


def test_a_parameter_twice_is_refused(program: Programs) -> None:
    assert program().get("/results?limit=1&limit=2").json["code"] == "twice"
