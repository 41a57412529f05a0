"""The gun: a code saves where everything is known, cards give commands, an unknown code finds its child once."""

import datetime as dt
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app import clock
from app.checks.models import Check
from app.children.kinds import CertificateKind, CertificateState, ClinicResult
from app.children.models import Certificate, Child
from app.database import Database
from app.desk.binding import can_be_bound
from app.desk.commands import Command, code_of, read_command
from app.desk.models import DeskSave
from app.notices.codes import check_digit, new_code, read_code
from app.notices.models import Notice
from app.privacy.identities import Identifier, IdentifierKind, Identity, open_identity, seal_identity
from tests.checking import MORNING
from tests.desk.conftest import Browser, Counted
from tests.district import District

CODE = "331020200312000017"
STRANGE = "SC-2020/0312-77"
A_NOTICE = "12345678901234567890" + check_digit("12345678901234567890")


@pytest.fixture
def coded(database: Database, children: dict[str, int]) -> int:
    """The child who has everything also has a code on the booklet."""
    with database.writing() as session:
        child = session.get_one(Child, children["齐全"])
        one = Identifier(IdentifierKind.CHILD_CODE, CODE)
        seal_identity(session, child, Identity(name="张齐全", identifiers=(one,)), now=MORNING)
    return children["齐全"]


def assessed(database: Database, district: District, child_id: int, at: dt.datetime = MORNING) -> None:
    """The clinic's word is on record, as from its own list."""
    with database.writing() as session:
        row = Certificate(child_id=child_id, kind=CertificateKind.BOOKLET, state=CertificateState.PRESENT)
        row.clinic_result, row.recorded_at = ClinicResult.COMPLETE, at
        row.recorded_by = district.users["clerk"].id
        session.add(row)


def scan(clerk: FlaskClient, code: str, **more: object) -> str:
    return clerk.post("/desk/find", data={"code": code, **more}).location or ""


def test_a_scan_saves_where_the_clinic_s_word_is_known(
    clerk: FlaskClient, database: Database, district: District, coded: int, counted: Counted
) -> None:
    assessed(database, district, coded)
    assert scan(clerk, CODE) == f"/desk/children/{coded}"
    assert counted(Check) == counted(DeskSave) == 1
    assert "已种齐" in clerk.get(f"/desk/children/{coded}").text


def test_a_scan_saves_nothing_while_somebody_has_to_look(
    clerk: FlaskClient, database: Database, district: District, children: dict[str, int], coded: int, counted: Counted
) -> None:
    scan(clerk, CODE)  # no word yet
    assessed(database, district, coded, at=dt.datetime(2023, 9, 1, tzinfo=dt.UTC))
    scan(clerk, CODE)  # the kindergarten's word of three years ago
    assessed(database, district, children["欠甲肝"])
    scan(clerk, "李小欠")  # a name is somebody's memory
    assert counted(Check) == 0


def test_the_second_desk_learns_who_was_first_and_changes_nothing(
    browser: Browser, database: Database, district: District, coded: int, counted: Counted
) -> None:
    first, second = browser("clerk"), browser("school_head")
    assessed(database, district, coded)
    scan(first, CODE)
    page = second.get(scan(second, CODE)).text
    assert "1 号台" in page
    assert "已查过，保存为“已种齐”。这次没有改动任何内容。" in page
    assert counted(Check) == 1
    assert "撤销</span>" not in page.partition("<main")[2].partition("data-undo-last")[0]


def test_the_same_form_twice_is_one_save_even_after_undo(
    clerk: FlaskClient, children: dict[str, int], counted: Counted, database: Database
) -> None:
    path = f"/desk/children/{children['齐全']}"
    form = dict(re.findall(r'name="(token|instead_of)" value="([^"]*)"', clerk.get(path).text)) | {"answer": "complete"}
    clerk.post(path, data=form)
    clerk.post("/desk/undo")
    clerk.post(path, data=form)
    with database.reading() as session:
        rows = session.scalars(select(Check).order_by(Check.id)).all()
    assert [row.withdrawn for row in rows] == [False, True]


def test_a_day_later_the_same_facts_are_no_new_check(
    clerk: FlaskClient, children: dict[str, int], counted: Counted
) -> None:
    path = f"/desk/children/{children['欠甲肝']}"
    clerk.post(path, data={"answer": "catch_up"})
    clock.fix(MORNING + dt.timedelta(days=1, minutes=1))
    assert "第 1 次查验，已保存" in clerk.get(path).text
    assert "接种证最后的评估页" in clerk.get(f"{path}?ask=1").text


def test_every_command_is_nine_digits_that_nothing_else_has() -> None:
    codes = [code_of(command) for command in Command]
    assert codes == ["970000012", "970000020", "970000036", "970000048", "970000057", "970000061"]
    assert [read_command(code) for code in codes] == list(Command)
    assert read_command("９７００００００１２"[:9]) is None
    assert read_command("９７０００００１２") is Command.PRINT
    for code in codes:
        assert read_code(code) is None
        for place in range(len(code)):
            slip = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
            assert read_command(slip) is None
    assert read_command(new_code()) is None


def test_cards_do_what_keys_do(
    clerk: FlaskClient, children: dict[str, int], database: Database, counted: Counted
) -> None:
    child = children["欠甲肝"]
    assert scan(clerk, code_of(Command.CHANGE_CLASS)) == "/desk/classes"
    assert scan(clerk, code_of(Command.PAUSE)) == "/desk/pause"
    assert "李小欠" not in clerk.get("/desk/pause").text
    assert scan(clerk, code_of(Command.ABSENT), child=child) == f"/desk/children/{child}"
    assert "无接种证" in clerk.get(f"/desk/children/{child}").text
    assert scan(clerk, code_of(Command.UNDO)) == f"/desk/children/{child}"
    assert "接种证最后的评估页" in clerk.get(f"/desk/children/{child}").text
    seen = re.findall(r'name="instead_of" value="(\d+)"', clerk.get(f"/desk/children/{child}").text)[0]
    scan(clerk, code_of(Command.UNREADABLE), child=child, instead_of=seen)
    with database.reading() as session:
        newest = session.scalars(select(Certificate).order_by(Certificate.id.desc())).first()
    assert newest is not None
    assert (newest.state, newest.clinic_result) == (CertificateState.DOUBTFUL, None)


def test_the_print_card_prints_the_paper_of_the_child_on_the_screen(
    clerk: FlaskClient, children: dict[str, int], database: Database
) -> None:
    child = children["欠甲肝"]
    clerk.post(f"/desk/children/{child}", data={"answer": "catch_up"})
    answer = clerk.post("/desk/find", data={"code": code_of(Command.PRINT), "child": child}, follow_redirects=True)
    assert answer.mimetype == "application/pdf"
    with database.reading() as session:
        assert session.scalars(select(Notice)).one().print_count == 1
    pressed = {"Accept": "application/json"}
    told = clerk.post("/desk/find", data={"code": code_of(Command.PRINT), "child": child}, headers=pressed)
    assert told.json == {"press": "+"}


def test_a_card_without_a_child_says_what_comes_first(clerk: FlaskClient, children: dict[str, int]) -> None:
    page = clerk.post("/desk/find", data={"code": code_of(Command.ABSENT)}, follow_redirects=True).text
    assert "先扫孩子的码" in page


def test_a_card_reaches_no_foreign_child(clerk: FlaskClient, children: dict[str, int], district: District) -> None:
    foreign = district.children["foreign_1"].id
    answer = clerk.post("/desk/find", data={"code": code_of(Command.ABSENT), "child": foreign})
    assert answer.status_code == 404


def test_undo_by_one_key_takes_back_this_desk_s_last(
    browser: Browser, children: dict[str, int], counted: Counted
) -> None:
    here, there = browser(), browser("school_head")
    here.post(f"/desk/children/{children['齐全']}", data={"answer": "complete"})
    there.post(f"/desk/children/{children['欠甲肝']}", data={"answer": "catch_up"})
    assert here.post("/desk/undo").location == f"/desk/children/{children['齐全']}"
    clock.fix(MORNING + dt.timedelta(seconds=61))
    assert "没有可以撤销的" in there.post("/desk/undo", follow_redirects=True).text


def test_an_unknown_code_is_bound_by_hand_once(
    clerk: FlaskClient, children: dict[str, int], database: Database, counted: Counted
) -> None:
    page = clerk.post("/desk/find", data={"code": STRANGE}).text
    assert STRANGE in page
    asked = clerk.post("/desk/bind", data={"code": STRANGE, "q": "zqq"}).text
    assert "张齐全" in asked
    with database.reading() as session:
        assert open_identity(session, session.get_one(Child, children["齐全"])).identifiers == ()
    bound = clerk.post("/desk/bind", data={"code": STRANGE, "child_id": children["齐全"]})
    assert bound.location == f"/desk/children/{children['齐全']}"
    assert scan(clerk, STRANGE) == f"/desk/children/{children['齐全']}"
    other = clerk.post("/desk/bind", data={"code": STRANGE, "child_id": children["欠甲肝"]}, follow_redirects=True)
    assert "已经是另一个孩子的" in other.text


@pytest.mark.parametrize(
    "code", [A_NOTICE, code_of(Command.UNDO), "110101202003051245", "张齐全", "12345", "<script>1", "1" * 65]
)
def test_what_is_no_code_of_a_booklet_is_never_bound(clerk: FlaskClient, children: dict[str, int], code: str) -> None:
    assert not can_be_bound(code)
    answer = clerk.post("/desk/bind", data={"code": code, "child_id": children["齐全"]})
    assert answer.status_code == 400


def test_a_foreign_child_gets_no_code(clerk: FlaskClient, children: dict[str, int], district: District) -> None:
    data = {"code": STRANGE, "child_id": district.children["foreign_1"].id}
    assert clerk.post("/desk/bind", data=data).status_code == 404


def test_an_erased_child_is_nobody_s(clerk: FlaskClient, children: dict[str, int], database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Child).values(identity_sealed=None, erased_at=MORNING))
    data = {"code": STRANGE, "child_id": children["齐全"]}
    assert clerk.post("/desk/bind", data=data).status_code == 404
