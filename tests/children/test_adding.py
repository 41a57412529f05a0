"""A child is registered: what is impossible is refused, what is odd is asked, what was typed stays on the page."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import select

from app.children.kinds import EnrolmentSource, Origin, Sex
from app.children.models import Child, Enrolment
from app.database import Database
from app.privacy.identities import IdentifierKind, open_identity
from tests.children.conftest import BORN, NUMBER, Browser, Kept
from tests.district import FIRST_DAY, District

FINE = {
    "name": "陈浩然",
    "sex": "M",
    "birth_date": "20200118",
    "source": "transfer",
    "origin": "elsewhere",
    "guardian_name": "陈立",
    "guardian_relation": "父亲",
    "guardian_phone": "138-0013-9999",
    "address": "河边路 2 号",
    "child_code": "３３０１９９０００１１１",
}
#: Impossible or odd numbers, and the sentence each gets beside FINE.
ODD_NUMBERS = {
    "123": "身份证号要 18 位",
    "1101012020030512": "身份证号要 18 位",
    "110101202003051231": "最后一位对不上",
    "110101202002301234": "最后一位对不上",
}


def typed(district: District, **more: str) -> dict[str, str]:
    return {**FINE, "class_id": str(district.classes["near_1"].id), **more}


def newest(database: Database) -> Child:
    with database.reading() as session:
        return session.scalars(select(Child).order_by(Child.id.desc()).limit(1)).one()


def test_a_child_is_registered_with_everything_that_was_typed(
    clerk: FlaskClient, district: District, database: Database, trail: Callable[[], list[str]]
) -> None:
    answer = clerk.post("/children/new", data=typed(district, hbsag_exposed_under_2000g="y", former_names="陈皮、陈果"))
    child = newest(database)
    assert (answer.status_code, answer.location) == (303, f"/children/{child.id}")
    assert (child.sex, child.birth_date.isoformat(), child.origin) == (Sex.MALE, "2020-01-18", Origin.ELSEWHERE)
    assert child.hbsag_exposed_under_2000g
    with database.reading() as session:
        identity = open_identity(session, child)
        enrolment = session.scalars(select(Enrolment).where(Enrolment.child_id == child.id)).one()
    assert (identity.name, identity.former_names, identity.address) == ("陈浩然", ("陈皮", "陈果"), "河边路 2 号")
    assert identity.number(IdentifierKind.CHILD_CODE) == "３３０１９９０００１１１"
    assert [(one.name, one.relation, one.phone) for one in identity.guardians] == [("陈立", "父亲", "138-0013-9999")]
    assert (enrolment.from_day, enrolment.source, enrolment.state) == (FIRST_DAY, EnrolmentSource.TRANSFER, "active")
    assert trail()[-1] == "child.added"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "请填姓名"),
        ("name", "  ·  ", "请填姓名"),
        ("name", "长" * 61, "姓名太长"),
        ("sex", "X", "请选一项"),
        ("birth_date", "", "请填出生日期"),
        ("birth_date", "20271012", "2027-10-12 还没到。请看年份是不是写错了。"),
        ("birth_date", "20041231", "2004-12-31 太早"),
        ("birth_date", "20200230", "没有 20200230 这一天"),
        ("birth_date", "202003", "要写到哪一天"),
        ("birth_date", "<b>", "认不出是哪天"),
        ("guardian_phone", "12a", "电话要 7 到 15 位数字"),
        ("child_code", "甲乙丙", "号码只有字母和数字"),
        ("class_id", "", "请选班级"),
        ("class_id", "not-a-class", "请选一项"),
        ("source", "stork", "请选一项"),
        *[("resident_id", number, sentence) for number, sentence in ODD_NUMBERS.items()],
    ],
)
def test_what_is_impossible_is_refused_and_nothing_is_lost(
    clerk: FlaskClient, district: District, kept: Kept, field: str, value: str, sentence: str
) -> None:
    before = kept()
    answer = clerk.post("/children/new", data=typed(district, **{field: value}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert kept() == before
    for name, text in FINE.items():
        if name not in {field, "sex", "source", "origin"}:
            assert f'value="{text}"' in answer.text
    if field not in {"sex", "class_id", "source"}:
        assert f'value="{escape(value)}"' in answer.text


def test_a_class_of_another_school_was_never_offered(clerk: FlaskClient, district: District, kept: Kept) -> None:
    before = kept()
    answer = clerk.post("/children/new", data=typed(district, class_id=str(district.classes["foreign_1"].id)))
    assert answer.status_code == 422
    assert kept() == before


@pytest.mark.parametrize(
    "name",
    [
        "𠮷田太郎",
        "阿依古丽·买买提",
        "㛃㛃",
        "买买提•艾力",
        "欧阳·\ue863",
        "<script>alert(1)</script>",
        "O'Neil\"Li&",
    ],
)
def test_rare_characters_and_markup_are_only_characters(
    clerk: FlaskClient, district: District, database: Database, name: str
) -> None:
    assert clerk.post("/children/new", data=typed(district, name=name)).status_code == 303
    child = newest(database)
    with database.reading() as session:
        assert open_identity(session, child).name == name
    for address in (f"/children/{child.id}", f"/children/{child.id}/edit", f"/classes/{district.classes['near_1'].id}"):
        page = clerk.get(address).text
        assert str(escape(name)) in page
        assert "<script>alert" not in page
    assert clerk.post("/children", data={"q": name}).location == f"/children/{child.id}"


@pytest.mark.parametrize(
    ("birth_date", "sex", "sentence"),
    [
        ("20200306", "M", "号码里的出生日期是 2020-03-05，上面填的是 2020-03-06"),
        ("20200305", "F", "号码是男孩的"),
    ],
)
def test_a_number_that_says_something_else_is_asked_about(
    clerk: FlaskClient, district: District, kept: Kept, birth_date: str, sex: str, sentence: str
) -> None:
    before = kept()
    data = typed(district, resident_id="110101202003051 237", birth_date=birth_date, sex=sex)
    answer = clerk.post("/children/new", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "照样保存，两者我都核对过" in answer.text
    assert kept() == before
    tick = re.search(r'name="numbers_compared" value="([^"]*)"', answer.text)[1]
    other_number = {**data, "resident_id": "11010120200305987X", "numbers_compared": tick}
    assert clerk.post("/children/new", data=other_number).status_code == 422
    assert clerk.post("/children/new", data={**data, "numbers_compared": tick}).status_code == 303


def test_an_impossible_number_has_no_tick(clerk: FlaskClient, district: District) -> None:
    page = clerk.post("/children/new", data=typed(district, resident_id="110101202003051231")).text
    assert "照样保存" not in page


def test_two_children_never_have_one_number(clerk: FlaskClient, district: District, kept: Kept, kid: Child) -> None:
    before = kept()
    data = typed(district, resident_id=f" {NUMBER[:6]} {NUMBER[6:]}", birth_date="20200305", sex="F", name="双胞胎")
    answer = clerk.post("/children/new", data=data)
    assert answer.status_code == 422
    assert "这个号码已登记在另一个孩子名下" in answer.text
    assert f'href="/children/{kid.id}"' in answer.text
    assert kept() == before


@pytest.mark.parametrize("who", ["far_clerk", "foreign_clerk"])
def test_a_number_of_another_school_says_not_whose(
    browser: Browser, district: District, kept: Kept, kid: Child, who: str
) -> None:
    before = kept()
    own_class = {"far_clerk": "far_1", "foreign_clerk": "foreign_1"}[who]
    data = typed(district, resident_id=NUMBER, birth_date="20200305", sex="F")
    answer = browser(who).post("/children/new", data={**data, "class_id": str(district.classes[own_class].id)})
    assert answer.status_code == 422
    assert "已登记在别的学校或班级的孩子名下，请核对证件" in answer.text
    assert f"/children/{kid.id}" not in answer.text
    assert "林知夏" not in answer.text
    assert kept() == before


def test_the_same_child_code_is_said_at_the_code(clerk: FlaskClient, district: District, kid: Child) -> None:
    answer = clerk.post("/children/new", data=typed(district, child_code="330199-000077"))
    assert answer.status_code == 422
    assert 'id="child_code-error"' in answer.text


def test_a_look_alike_is_a_question_never_a_merge(
    clerk: FlaskClient, district: District, kept: Kept, kid: Child
) -> None:
    before = kept()
    data = typed(district, name="林　知夏", birth_date=BORN.isoformat(), sex="F", child_code="")
    answer = clerk.post("/children/new", data=data)
    assert answer.status_code == 422
    assert "是另一个孩子，照样登记" in answer.text
    assert "证件尾号 1245" in answer.text
    assert f'href="/children/{kid.id}"' in answer.text
    assert kept() == before
    tick = re.search(r'name="another_child" value="([^"]*)"', answer.text)[1]
    assert clerk.post("/children/new", data={**data, "name": "林知秋", "another_child": tick}).status_code == 303
    assert clerk.post("/children/new", data={**data, "another_child": tick}).status_code == 303
    assert kept()["child"] == before["child"] + 2


def test_a_look_alike_at_another_school_is_not_mentioned(browser: Browser, district: District, kid: Child) -> None:
    data = typed(district, name="林知夏", birth_date=BORN.isoformat(), sex="F")
    data["class_id"] = str(district.classes["foreign_1"].id)
    assert browser("foreign_clerk").post("/children/new", data=data).status_code == 303


def test_a_clerk_of_one_class_registers_for_that_class_only(browser: Browser, district: District) -> None:
    page = browser("class_clerk").get("/children/new").text
    assert district.classes["near_1"].name in page
    assert district.classes["near_2"].name not in page
