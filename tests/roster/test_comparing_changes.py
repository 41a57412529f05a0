"""What a row changes of a known child, field by field; nothing is emptied, and what looks odd is doubted."""

from app.database import Database
from app.privacy.identities import Guardian, IdentifierKind
from app.roster.groups import Group
from tests.district import District
from tests.roster.school import known, look, only, said
from tests.roster.sheets import BORN, COLUMNS, child, resident_id, roster, workbook

BASIC = ("姓名", "性别", "出生日期", "班级")
PLAIN = ["林小雨", "女", BORN, "一（1）班"]


def test_what_differs_is_told_field_by_field(database: Database, district: District) -> None:
    father = Guardian("林大河", "父亲", "13800000000")
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨", resident_id(1), guardians=(father,), address="旧路 1 号")
        columns = (*COLUMNS, "儿童编码", "户籍", "曾用名")
        row = child(1, "林小宇", 班级="一（2）班", 监护人="林大河", 联系电话="13911112222")
        outcome = only(
            look(session, district, workbook(columns, [*row, "3310001", "外地", "小雨"])).changes, Group.CHANGED
        )
    assert said(outcome) == [
        ("name", "林小雨", "林小宇"),
        ("child_code", "", "3310001"),
        ("phone", "13800000000", "13911112222"),
        ("origin", "local", "elsewhere"),
        ("class", "一（1）班", "一（2）班"),
        ("former_name", "", "小雨"),
        ("address", "旧路 1 号", "青河路 1 号"),
    ]
    assert outcome.match is not None
    assert not outcome.match.doubtful


def test_an_empty_cell_changes_nothing(database: Database, district: District) -> None:
    father = Guardian("林大河", "父亲", "13800000000")
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨", resident_id(1), guardians=(father,), address="旧路 1 号")
        row = child(1, "林小雨", 监护人="", 关系="", 联系电话="", 住址="无")
        only(look(session, district, roster(row)).changes, Group.SAME)


def test_width_spaces_and_dots_are_no_change(database: Database, district: District) -> None:
    with database.writing() as session:
        mother = Guardian("热依汗·买买提", "母亲", "138-0000-0000")
        known(
            session,
            district.classes["near_1"],
            "阿依古丽·买买提",
            resident_id(1),
            guardians=(mother,),
            address="A座 1号",
        )
        row = child(
            1, "阿依古丽•买买提", 监护人="热依汗．买买提", 关系="妈妈", 联系电话="+86 13800000000", 住址="Ａ座１号"
        )
        only(look(session, district, roster(row)).changes, Group.SAME)


def test_a_second_guardian_is_added_and_none_removed(database: Database, district: District) -> None:
    father = Guardian("林大河", "父亲", "13800000000")
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨", resident_id(1), guardians=(father,), address="青河路 1 号")
        row = child(1, "林小雨", 监护人="王小溪", 关系="母亲", 联系电话="13900000000")
        outcome = only(look(session, district, roster(row)).changes, Group.CHANGED)
    assert said(outcome) == [("guardian", "", "王小溪 母亲"), ("phone", "", "13900000000")]


def test_a_phone_alone_belongs_to_the_only_guardian(database: Database, district: District) -> None:
    father = Guardian("林大河", "父亲", "13800000000")
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨", guardians=(father,))
        content = workbook((*BASIC, "电话"), [*PLAIN, "13911112222"])
        assert said(only(look(session, district, content).changes, Group.CHANGED)) == [
            ("phone", "13800000000", "13911112222")
        ]


# doubtful changes


def test_day_and_month_exchanged_are_doubted(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨", "3310001", kind=IdentifierKind.CHILD_CODE)
        columns = (*BASIC, "儿童编码")
        outcome = only(
            look(session, district, workbook(columns, ["林小雨", "女", "2020-12-03", "一1班", "3310001"])).changes,
            Group.CHANGED,
        )
        assert [change.doubt for change in outcome.match.changes] == ["swapped"]
        outcome = only(
            look(session, district, workbook(columns, ["林小雨", "男", "2020-03-13", "一1班", "3310001"])).changes,
            Group.CHANGED,
        )
        assert [change.doubt for change in outcome.match.changes] == ["sex", "birth_date"]


def test_a_wholly_other_name_is_doubted(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "王五", resident_id(1))
        outcome = only(
            look(session, district, workbook((*BASIC, "身份证号"), [*PLAIN, resident_id(1)])).changes, Group.CHANGED
        )
    assert outcome.match is not None
    assert outcome.match.doubtful
