"""Which group a row belongs to: by its number first, by name and birth date as a question, twins as two children."""

import datetime as dt

import pytest

from app.children.kinds import Sex
from app.database import Database
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity, seal_identity
from app.roster.groups import Agreement, Group
from app.roster.reviewing import reviewed
from tests.district import MOMENT, District
from tests.privacy.people import numbered
from tests.roster.school import known, look, only, said
from tests.roster.sheets import BORN, COLUMNS, child, resident_id, roster, workbook

BASIC = ("姓名", "性别", "出生日期", "班级")
PLAIN = ["林小雨", "女", BORN, "一（1）班"]


def test_a_child_nobody_knows_is_new(database: Database, district: District) -> None:
    with database.reading() as session:
        outcome = only(look(session, district, roster(child(1))).changes, Group.NEW)
    assert outcome.class_id == district.classes["near_1"].id


def test_the_same_number_is_the_same_child(database: Database, district: District) -> None:
    with database.writing() as session:
        there = known(session, district.classes["near_1"], "林小雨", resident_id(1))
        columns = (*BASIC, "身份证号")
        outcome = only(look(session, district, workbook(columns, [*PLAIN, resident_id(1)])).changes, Group.SAME)
        assert outcome.match is not None
        assert outcome.match.child_id == there.id


# possible duplicates


@pytest.mark.parametrize("number", [None, resident_id(1)])
def test_a_namesake_in_another_class_is_a_question(database: Database, district: District, number: str | None) -> None:
    with database.writing() as session:
        there = known(session, district.classes["near_2"], "林小雨", number)
        outcome = only(look(session, district, workbook(BASIC, PLAIN)).changes, Group.DUPLICATE)
    assert [one.child_id for one in outcome.candidates] == [there.id]
    assert outcome.may_be_new
    says = Agreement.NO_NUMBER_HERE if number else Agreement.NO_NUMBER_THERE
    assert says in outcome.candidates[0].agreements


def test_a_namesake_at_another_school_is_a_question_and_what_agrees_is_told(
    database: Database, district: District
) -> None:
    father = Guardian("林家长1", "父亲", "13800000001")
    with database.writing() as session:
        known(session, district.classes["far_1"], "林小雨", guardians=(father,), address="远山")
        outcome = only(look(session, district, roster(child(1, "林小雨"))).changes, Group.DUPLICATE)
    assert outcome.candidates[0].agreements == {Agreement.PHONE, Agreement.GUARDIAN, Agreement.NO_NUMBER_THERE}


def test_a_namesake_in_the_same_class_is_the_child(database: Database, district: District) -> None:
    """A list without numbers is imported every week; nobody answers thirty questions for it."""
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨")
        only(look(session, district, workbook(BASIC, PLAIN)).changes, Group.SAME)
        outcome = only(
            look(session, district, workbook((*BASIC, "身份证号"), [*PLAIN, resident_id(1)])).changes, Group.CHANGED
        )
    assert said(outcome) == [("resident_id", "", resident_id(1))]


def test_a_list_of_one_class_finds_its_children(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_2"], "林小雨")
        content = workbook(BASIC[:3], PLAIN[:3])
        only(look(session, district, content, class_id=district.classes["near_2"].id).changes, Group.SAME)
        only(look(session, district, content, class_id=district.classes["near_1"].id).changes, Group.DUPLICATE)


def test_different_valid_numbers_are_different_children_always(database: Database, district: District) -> None:
    with database.writing() as session:
        for serial, school_class in enumerate(("near_1", "near_2", "far_1"), start=5):
            known(session, district.classes[school_class], "林小雨", resident_id(serial))
        only(look(session, district, roster(child(1, "林小雨"))).changes, Group.NEW)


def test_another_sex_or_birth_date_is_another_child(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨", sex=Sex.MALE)
        only(look(session, district, workbook(BASIC, PLAIN)).changes, Group.NEW)
        other_day = ["林小雨", "男", BORN + dt.timedelta(days=1), "一（1）班"]
        only(look(session, district, workbook(BASIC, other_day)).changes, Group.NEW)


def test_a_former_name_is_a_name(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_2"], "林晓雨", former_names=("林小雨",))
        only(look(session, district, workbook(BASIC, PLAIN)).changes, Group.DUPLICATE)


def test_two_rows_that_may_be_one_child_are_both_asked(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨")
        changes = look(session, district, roster(child(1, "林小雨"), child(2, "林小雨"))).changes
    assert [one.group for one in changes.outcomes] == [Group.DUPLICATE, Group.DUPLICATE]


def test_a_child_that_a_number_means_is_no_candidate_for_a_namesake(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨", resident_id(1))
        columns = (*BASIC, "身份证号")
        rows = [*PLAIN, resident_id(1)], ["林小雨", "女", BORN, "一（2）班", resident_id(2)]
        changes = look(session, district, workbook(columns, *rows)).changes
    assert [one.group for one in changes.outcomes] == [Group.SAME, Group.NEW]


# numbers that quarrel


def test_two_numbers_of_two_children_in_one_row(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "甲", resident_id(1))
        known(session, district.classes["near_1"], "乙", "3310001", kind=IdentifierKind.CHILD_CODE)
        content = workbook((*COLUMNS, "儿童编码"), [*child(1, "甲"), "3310001"])
        outcome = only(look(session, district, content).changes, Group.FAULTY)
    assert "不同的孩子" in outcome.faults[0].sentence


def test_a_code_of_a_child_with_another_identity_number(database: Database, district: District) -> None:
    with database.writing() as session:
        there = known(session, district.classes["near_1"], "甲", resident_id(1))
        both = Identifier(IdentifierKind.RESIDENT_ID, resident_id(1)), Identifier(IdentifierKind.CHILD_CODE, "3310001")
        seal_identity(session, there, Identity("甲", identifiers=both), now=MOMENT)
        content = workbook((*COLUMNS, "儿童编码"), [*child(2, "甲"), "3310001"])
        outcome = only(look(session, district, content).changes, Group.FAULTY)
    assert "另一个身份证号" in outcome.faults[0].sentence


def test_a_number_under_another_name_is_asked_about_and_can_be_no_new_child(
    database: Database, district: District
) -> None:
    with database.writing() as session:
        known(session, district.classes["far_1"], "别的名字", resident_id(1))
        outcome = only(look(session, district, roster(child(1, "林小雨"))).changes, Group.DUPLICATE)
    assert not outcome.may_be_new


def test_a_corrected_name_at_this_school_is_a_change(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小语", resident_id(1))
        content = workbook((*BASIC, "身份证号"), [*PLAIN, resident_id(1)])
        assert said(only(look(session, district, content).changes, Group.CHANGED)) == [("name", "林小语", "林小雨")]


# transfers


@pytest.mark.parametrize("left", [True, False])
def test_a_child_of_another_school_joins(database: Database, district: District, left: bool) -> None:
    with database.writing() as session:
        known(session, district.classes["far_1"], "林小雨", resident_id(1), left=left)
        outcome = only(look(session, district, roster(child(1, "林小雨"))).changes, Group.TRANSFER)
    assert outcome.match is not None
    assert bool(outcome.match.known.elsewhere) is not left


def test_a_child_that_left_this_school_comes_back(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨", resident_id(1), left=True)
        only(look(session, district, roster(child(1, "林小雨"))).changes, Group.TRANSFER)


# twins


def test_twins_are_two_children_with_a_badge(database: Database, district: District) -> None:
    rows = child(1, "林小雨", 监护人="林大河"), child(2, "林小雪", 监护人="林大河"), child(3, "林小风")
    with database.reading() as session:
        changes = look(session, district, roster(*rows)).changes
    assert [one.group for one in changes.outcomes] == [Group.TWIN, Group.TWIN, Group.NEW]
    assert changes.outcomes[0].twins == ("林小雪",)


def test_the_twin_may_be_at_the_school_already(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_2"], "林小雪", guardians=(Guardian("", "", "13800000001"),))
        assert only(look(session, district, roster(child(1, "林小雨"))).changes, Group.TWIN).twins == ("林小雪",)


@pytest.mark.parametrize("other", [{"出生日期": BORN + dt.timedelta(days=1)}, {"姓名": "王小雪"}])
def test_no_twins(database: Database, district: District, other: dict[str, object]) -> None:
    same = {"监护人": "林大河", "住址": "青河路", "身份证号": ""}
    with database.reading() as session:
        changes = look(
            session, district, roster(child(1, "林小雨", **same), child(2, **{"姓名": "林小雪", **same, **other}))
        ).changes
    assert [one.group for one in changes.outcomes] == [Group.NEW, Group.NEW]


# classes and who is missing


def test_a_class_the_school_does_not_have(database: Database, district: District) -> None:
    with database.reading() as session:
        changes = look(
            session, district, roster(child(1, class_name="一（3）班"), child(2, class_name="一年级3班"))
        ).changes
    assert [(one.grade, one.name) for one in changes.new_classes] == [("一年级", "一年级3班")]


@pytest.mark.parametrize(("class_name", "said_so"), [("", "没有写班级"), ("蒲公英班", "哪个年级")])
def test_no_class_for_a_new_child_is_a_fault(
    database: Database, district: District, class_name: str, said_so: str
) -> None:
    with database.reading() as session:
        outcome = only(look(session, district, roster(child(1, class_name=class_name))).changes, Group.FAULTY)
    assert said_so in outcome.faults[0].sentence


def test_a_known_child_keeps_its_class_where_the_file_says_none(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小雨", resident_id(1))
        only(
            look(session, district, workbook((*BASIC, "身份证号"), [*PLAIN[:3], "", resident_id(1)])).changes,
            Group.SAME,
        )


def test_children_missing_from_the_file_are_shown(database: Database, district: District) -> None:
    with database.writing() as session:
        missing = known(session, district.classes["near_1"], "没写上")
        known(session, district.classes["near_2"], "别的班")
        known(session, district.classes["far_1"], "别的学校")
        changes = look(session, district, roster(child(1))).changes
    assert [one.child_id for one in changes.missing] == [missing.id]
    assert changes.untouched == 1


def test_every_row_stands_in_one_group(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_2"], "甲")
        known(session, district.classes["far_1"], "乙", resident_id(7))
        content = roster(child(1), child(2, 性别="x"), child(3, "甲"), child(7, "乙"), child(8, class_name="二1"))
        changes = look(session, district, content).changes
    assert sum(changes.counts.values()) == 5
    assert [one.group for one in changes.outcomes] == [
        Group.NEW,
        Group.FAULTY,
        Group.DUPLICATE,
        Group.TRANSFER,
        Group.NEW,
    ]


def test_a_stamp_moves_with_what_it_stands_for(database: Database, district: District) -> None:
    with database.writing() as session:
        there = known(session, district.classes["near_1"], "林小语", resident_id(1))
        roster_of = look(session, district, roster(child(1, "林小雨"))).roster
        stamps = set()
        for name in ("林小语", "林小语", "林小鱼"):
            seal_identity(session, there, numbered(name, resident_id(1)), now=MOMENT)
            stamps.add(reviewed(session, district.places["near"], roster_of).changes.outcomes[0].stamp)
    assert len(stamps) == 2
