"""From cells to rows: where the header stands, what each column says, and every fault with row, column and remedy."""

import datetime as dt

import pytest

from app.children.kinds import EnrolmentSource, Origin, Sex
from app.privacy.identities import Guardian, Identifier, IdentifierKind
from app.roster.opening import FileRefused
from app.roster.reading import read_roster
from app.roster.rows import Roster, packed, unpacked
from forms.web.roster import LABELS, Column, column_of, find_header
from tests.roster.sheets import BORN, COLUMNS, Row, checked, child, resident_id, roster, text, workbook

TODAY = dt.date(2026, 9, 1)
BASIC = ("姓名", "性别", "出生日期", "班级")


def read(content: bytes, class_id: int | None = None) -> Roster:
    return read_roster(content, file_name="名册.xlsx", today=TODAY, class_id=class_id)


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        read(content)
    return str(refusal.value)


def faults(*rows: Row, columns: Row = COLUMNS) -> list[tuple[int, str, str, str]]:
    return [
        (row.number, fault.column, fault.read, fault.sentence)
        for row in read(workbook(columns, *rows)).rows
        for fault in row.faults
    ]


# columns


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("姓名", Column.NAME),
        ("姓 名*", Column.NAME),
        ("幼儿姓名（必填）", Column.NAME),
        ("出生日期(yyyy-mm-dd)", Column.BIRTH_DATE),
        ("出生年月", Column.BIRTH_DATE),
        ("证件号", Column.NUMBER),
        ("身份证号码", Column.NUMBER),
        ("联系电话1", Column.PHONE),
        ("家庭\n住址", Column.ADDRESS),
        ("学籍号", Column.STUDENT_NUMBER),
        ("与儿童关系", Column.RELATION),
        ("民族", None),
        ("", None),
        (None, None),
        (3.0, None),
    ],
)
def test_columns_go_by_many_names(written: object, column: Column | None) -> None:
    assert column_of(written) is column


def test_what_we_call_a_column_is_understood() -> None:
    for column in Column:
        assert column_of(str(LABELS[column])) is column


def test_the_header_may_stand_under_titles_and_in_any_order() -> None:
    title = ["近水小学 2026 级新生名册"]
    rows = read(
        workbook(title, [], ["填表人：姓名", "2026.8.30"], [None, *reversed(COLUMNS)], [None, *reversed(child(1))])
    )
    assert rows.header_row == 4
    assert rows.rows[0].name == child(1)[0]
    assert rows.rows[0].number == 5


def test_a_header_too_far_down_is_none() -> None:
    assert "表头" in refused(workbook(*[["x"]] * 15, COLUMNS, child(1)))


def test_a_name_alone_is_no_header() -> None:
    assert find_header([["姓名"], ["姓名", "x"]]) is None


def test_columns_that_nobody_reads_are_named() -> None:
    read_columns = read(
        workbook([*BASIC, "民族", "备注", "姓名", "序号"], ["林", "女", BORN, "一1班", "汉", "", "", 1])
    )
    assert read_columns.unused == ("民族", "备注", "姓名")
    assert read_columns.columns == BASIC


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (("姓名", "性别", "班级"), "出生日期"),
        (("姓名", "出生日期", "班级"), "性别"),
        (("姓名", "性别", "出生日期"), "班级"),
    ],
)
def test_a_column_nobody_can_do_without(columns: Row, said: str) -> None:
    assert said in refused(workbook(columns, ["林", "女", "2020-03-12"]))


def test_a_file_of_one_class_needs_no_column_for_it() -> None:
    assert read(workbook(("姓名", "性别", "出生日期"), ["林", "女", BORN]), class_id=7).class_id == 7
    assert read(workbook(BASIC, ["林", "女", BORN, "一1班"]), class_id=7).class_id is None


def test_a_header_without_children() -> None:
    assert "没有孩子" in refused(workbook(COLUMNS))
    assert "没有孩子" in refused(workbook(COLUMNS, [None, " ", "/"]))


# rows


def test_a_whole_row() -> None:
    columns = (*COLUMNS, "儿童编码", "学籍号", "户籍", "来源", "入班日期", "曾用名", "年级", "母亲姓名", "母亲电话")
    number = resident_id(1)
    cells = [
        *("阿依古丽·买买提", "女", "2020.3.12", number, "一（1）班", "买买提", "爸爸", 13800000000, "青河路 1 号"),
        *("331999000012", f"G{number}", "外省", "转学", "2026年9月3日", "阿依", "一年级", "热依汗", "13900000000"),
    ]
    (row,) = read(workbook(columns, cells)).rows
    assert not row.faults
    assert (row.name, row.sex, row.birth_date) == ("阿依古丽·买买提", Sex.FEMALE, BORN)
    assert row.numbers == (
        Identifier(IdentifierKind.RESIDENT_ID, number),
        Identifier(IdentifierKind.CHILD_CODE, "331999000012"),
        Identifier(IdentifierKind.STUDENT_NUMBER, f"G{number}"),
    )
    assert row.guardians == (Guardian("买买提", "父亲", "13800000000"), Guardian("热依汗", "母亲", "13900000000"))
    assert (row.grade, row.class_name, row.address) == ("一年级", "一（1）班", "青河路 1 号")
    assert (row.origin, row.source) == (Origin.ELSEWHERE, EnrolmentSource.TRANSFER)
    assert (row.from_day, row.former_name) == (dt.date(2026, 9, 3), "阿依")


def test_a_number_says_birth_date_and_sex_where_the_columns_do_not() -> None:
    (row,) = read(workbook(("姓名", "身份证号", "班级"), ["林", resident_id(1, boy=True), "一1班"])).rows
    assert (row.birth_date, row.sex) == (BORN, Sex.MALE)
    assert not row.faults


def test_the_father_is_not_entered_twice() -> None:
    columns = (*BASIC, "监护人", "关系", "电话", "父亲姓名", "父亲电话")
    (row,) = read(workbook(columns, ["林", "女", BORN, "一1班", "林 父", "父亲", "", "林父", "13800000000"])).rows
    assert [one.name for one in row.guardians] == ["林 父"]


def test_blank_rows_and_the_example_are_passed_over() -> None:
    example = ["示例：林小满", "女", "2020-03-12", "", "一（1）班"]
    rows = read(roster(example, child(1), [], [None, "无"], child(2))).rows
    assert [row.number for row in rows] == [3, 6]


def test_a_passport_needs_no_check_digit() -> None:
    (row,) = read(
        workbook(
            ("姓名", "性别", "出生日期", "证件类型", "证件号", "班级"), ["Li", "男", BORN, "护照", "E1234567", "一1"]
        )
    ).rows
    assert row.numbers == (Identifier(IdentifierKind.PASSPORT, "E1234567"),)


@pytest.mark.parametrize(
    ("more", "column", "shown", "said"),
    [
        ({"姓名": ""}, "姓名", "", "没有写姓名"),
        ({"姓名": "12"}, "姓名", "12", "不像姓名"),
        ({"姓名": "字" * 4096}, "姓名", "字" * 24 + "…", "太长"),
        ({"性别": "未知"}, "性别", "未知", "男或女"),
        ({"出生日期": "2020-02-30"}, "出生日期", "2020-02-30", "2020-03-12"),
        ({"出生日期": "2026-09-02", "身份证号": ""}, "出生日期", "2026-09-02", "还没到"),
        ({"出生日期": "1990-03-12", "身份证号": ""}, "出生日期", "1990-03-12", "36 岁"),
        ({"出生日期": "2020-03-13"}, "身份证号", "330106…0020", "2020-03-13"),
        ({"性别": "男"}, "身份证号", "330106…0020", "女孩"),
        ({"身份证号": resident_id(1)[:-1] + "1"}, "身份证号", "330106…0021", "最后一位"),
        ({"身份证号": "33010620200312002"}, "身份证号", "330106…2002", "17 位"),
        ({"身份证号": checked("33010620201312002")}, "身份证号", "330106…0024", "不是真的日期"),
        ({"身份证号": 330106202003120047.0}, "身份证号", "3.30106E+17", "文本"),
        ({"身份证号": "12345"}, "身份证号", "12345", "证件类型"),
        ({"联系电话": "1380"}, "联系电话", "1380", "只写数字"),
        ({"住址": "路" * 300}, "住址", "路" * 24 + "…", "太长"),
    ],
)
def test_every_fault_has_row_column_what_was_read_and_the_remedy(
    more: dict[str, object], column: str, shown: str, said: str
) -> None:
    found = faults(child(0), child(1, **more))
    assert [(number, where, cell) for number, where, cell, _ in found] == [(3, column, shown)]
    assert said in found[0][3]


def test_a_lost_number_is_one_fault_not_three() -> None:
    columns = ("姓名", "身份证号", "班级")
    found = faults(["林", 330106202003120047.0, "一1班"], columns=columns)
    assert [column for _, column, _, _ in found] == ["身份证号", "性别", "出生日期"]
    found = faults(["林", "女", "2020-99", "一1班"], columns=BASIC)
    assert [column for _, column, _, _ in found] == ["出生日期"]


def test_a_day_in_class_that_cannot_be() -> None:
    columns = (*BASIC, "入班日期")
    for day in ("2019-01-01", "2028-01-01"):
        ((_, column, _, said),) = faults(["林", "女", BORN, "一1班", day], columns=columns)
        assert column == "入班日期"
        assert "不像入班" in said


# the same child twice in the file


def test_one_number_is_one_child() -> None:
    ((number, column, shown, said),) = faults(child(1, "甲"), child(1, "乙"))
    assert (number, column, shown) == (3, "身份证号", "330106…0020")
    assert "第 2 行" in said


def test_the_same_name_birth_date_and_sex_is_asked_about() -> None:
    ((number, column, _, said),) = faults(
        ["林 小", "女", BORN, "一1班"], ["林小", "女", "2020.3.12", "一2班"], columns=BASIC
    )
    assert (number, column) == (3, "姓名")
    assert "第 2 行" in said


def test_namesakes_with_numbers_of_their_own_are_two_children() -> None:
    assert not faults(child(1, "林小"), child(2, "林小"))


def test_boy_and_girl_of_one_name_are_two_children() -> None:
    assert not faults(["林小", "女", BORN, "一1班"], ["林小", "男", BORN, "一1班"], columns=BASIC)


# kept and shown


def test_what_was_packed_is_unpacked_the_same() -> None:
    columns = (*COLUMNS, "儿童编码", "户籍", "来源", "入班日期", "曾用名")
    whole = read(
        workbook(columns, [*child(1, "𠮷·<b>"), "3310", "外地", "插班", "2026-09-02", "旧"], [*child(2, 性别="x")])
    )
    whole.stamps, whole.answers, whole.class_answers = {2: "a"}, {3: ("b", "new")}, {"1:1": "make"}
    assert unpacked(packed(whole)) == whole


def test_nothing_of_a_roster_prints_itself() -> None:
    whole = read(text(COLUMNS, child(1, "阚毳毳"), child(2, "犇", 性别="骉")))
    for thing in (whole, whole.rows, whole.rows[0], whole.rows[1].faults, {"rows": whole.rows}):
        assert not {"阚毳毳", "犇", "骉", "330106"} & set(f"{thing!r}".split("'"))
        assert "阚" not in f"{thing!r}"
        assert "骉" not in f"{thing!r}"
