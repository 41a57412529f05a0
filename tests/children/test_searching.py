"""A clerk finds a child by whatever she remembers, inside her scope and nowhere else."""

import datetime as dt

import pytest

from app.children.look_alikes import GROUPS
from app.children.matching import MatchedBy, birth_date_in
from app.children.searching import search
from app.database import Database
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity
from tests.actors import actor
from tests.district import District, enrol
from tests.privacy.people import enter, named

NUMBER, PHONE = "11010120200305123X", "13800134321"
KNOWN = Identity(
    name="张晓明",
    former_names=("张大宝",),
    identifiers=(
        Identifier(IdentifierKind.RESIDENT_ID, NUMBER),
        Identifier(IdentifierKind.CHILD_CODE, "330199000120200077"),
    ),
    guardians=(Guardian("李红", "母亲", PHONE),),
)


@pytest.fixture
def school(database: Database, district: District) -> District:
    """Children with names that are hard to find."""
    with database.writing() as session:
        enter(session, district.classes["near_1"], KNOWN, born="2020-03-05")
        for name in (
            "单晓",
            "尉迟恭",
            "曾小贤",
            "阿依古丽·买买提",
            "吕绿",
            "John Li",
            "祎然",
            "𠮷野",
            "<i>李</i>",
            "晴雯",
            "欧阳重",
        ):
            enter(session, district.classes["near_1"], named(name), born="2019-11-20")
        enter(session, district.classes["near_2"], named("张晓敏"), born="2020-07-07")
        enter(session, district.classes["foreign_1"], named("张晓芳"), born="2020-03-05")
    return district


def found(database: Database, district: District, text: str, who: str = "clerk", **more: int) -> list[str]:
    with database.reading() as session:
        return [hit.name for hit in search(session, actor(district, who), text, **more)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张晓明", "张晓明"),
        ("晓明", "张晓明"),
        ("张 晓 明", "张晓明"),
        ("张大宝", "张晓明"),
        ("zhangxiaoming", "张晓明"),
        ("zhang xiao ming", "张晓明"),
        ("Zhāng Xiǎomíng", "张晓明"),
        ("zxm", "张晓明"),
        ("zhxm", "张晓明"),
        ("ｚｘｍ", "张晓明"),
        ("zhangxm", "张晓明"),
        ("张xm", "张晓明"),
        ("xiaom", "张晓明"),
        ("zangxiaomin", "张晓明"),
        ("章小名", "张晓明"),
        ("123x", "张晓明"),
        ("123X", "张晓明"),
        ("4321", "张晓明"),
        (NUMBER, "张晓明"),
        ("110101 20200305 123x", "张晓明"),
        ("330199000120200077", "张晓明"),
        ("+86 138 0013 4321", "张晓明"),
        ("20200305", "张晓明"),
        ("2020.3.5", "张晓明"),
        ("2020年3月5日", "张晓明"),
        ("张 20200305", "张晓明"),
        ("张晓明 2020-03-05", "张晓明"),
        ("shanxiao", "单晓"),
        ("sx", "单晓"),
        ("danxiao", "单晓"),
        ("yuchigong", "尉迟恭"),
        ("ycg", "尉迟恭"),
        ("zengxiaoxian", "曾小贤"),
        ("阿依古丽买买提", "阿依古丽·买买提"),
        ("古丽•买买", "阿依古丽·买买提"),
        ("ayigulimaimaiti", "阿依古丽·买买提"),
        ("lvlv", "吕绿"),
        ("lǚlǜ", "吕绿"),
        ("lü", "吕绿"),
        ("lyu", "吕绿"),
        ("john", "John Li"),
        ("li john", "John Li"),
        ("袆然", "祎然"),
        ("睛雯", "晴雯"),
        ("𠮷", "𠮷野"),
        ("<i>", "<i>李</i>"),
        ("ouyangchong", "欧阳重"),
        ("ouyangzhong", "欧阳重"),
    ],
)
def test_a_child_is_found(database: Database, school: District, typed: str, name: str) -> None:
    assert name in found(database, school, typed)


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "王", "xyz", "9999", "20200306", "2020-02-30", "张晓明 20200306", "'; --", "%", "_", "张晓明" * 99],
)
def test_nothing_is_found(database: Database, school: District, typed: str) -> None:
    assert found(database, school, typed) == []


def test_the_surest_comes_first(database: Database, school: District) -> None:
    assert found(database, school, "张晓明")[0] == "张晓明"
    assert found(database, school, "张晓敏") == ["张晓敏", "张晓明"]
    assert set(found(database, school, "zxm")) == {"张晓明", "张晓敏"}


def test_a_hit_says_why_and_shows_nothing(database: Database, school: District) -> None:
    with database.reading() as session:
        (hit,) = search(session, actor(school, "clerk"), NUMBER)
    assert (hit.matched, hit.birth_date) == (MatchedBy.NUMBER, dt.date(2020, 3, 5))
    assert "张" not in repr(hit)


def test_a_neighbour_finds_nothing_even_with_the_whole_number(database: Database, school: District) -> None:
    for typed in ("张晓明", NUMBER, PHONE, "张晓明 20200305", "zxm", "20200305"):
        assert "张晓明" not in found(database, school, typed, "far_clerk")
        assert "张晓明" not in found(database, school, typed, "foreign_clerk")
        near = school.places["near"].id
        assert found(database, school, typed, "foreign_clerk", school_id=near) in ([], ["张晓芳"])


def test_a_clerk_of_one_class_finds_that_class(database: Database, school: District) -> None:
    assert found(database, school, "zxm", "class_clerk") == ["张晓明"]


def test_a_nurse_finds_by_number_and_by_memory_in_a_school_she_names(database: Database, school: District) -> None:
    near = school.places["near"].id
    assert found(database, school, NUMBER, "nurse") == ["张晓明"]
    assert found(database, school, "晓明", "nurse") == []
    assert found(database, school, "张晓明", "nurse", school_id=near)[0] == "张晓明"
    assert found(database, school, "晓明", "far_nurse", school_id=near) == []


@pytest.mark.parametrize("who", ["bureau_auditor", "administrator", "school_administrator"])
def test_who_sees_no_child_finds_none(database: Database, school: District, who: str) -> None:
    near = school.places["near"].id
    assert found(database, school, NUMBER, who, school_id=near) == []
    assert found(database, school, "晓明", who, school_id=near) == []


def test_a_roster_that_may_not_be_seen_is_not_even_opened(
    database: Database, school: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.privacy.roster._decrypted", lambda *_: pytest.fail("opened"))
    found(database, school, "晓明", "school_administrator")
    found(database, school, "晓明", "far_nurse", school_id=school.places["near"].id)


def test_no_more_than_fifty(database: Database, district: District) -> None:
    with database.writing() as session:
        for number in range(60):
            enter(session, district.classes["near_1"], named(f"王{number}"))
    assert len(found(database, district, "王")) == 50
    assert len(found(database, district, "王", limit=5)) == 5


def test_a_child_without_identity_is_left_out(database: Database, district: District) -> None:
    with database.writing() as session:
        enrol(session, district.classes["near_1"])
    assert found(database, district, "20200312") == []


def test_look_alikes_stand_in_one_group_each() -> None:
    letters = "".join(GROUPS)
    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("typed", ["2020-13-01", "20200230", "0305", "2020", "20200305x", "二〇二〇"])
def test_what_is_no_date(typed: str) -> None:
    assert birth_date_in(typed) is None
