"""One cell: what people and programs make of names, dates and numbers, and the sentence where it cannot be kept."""

import datetime as dt
from collections.abc import Callable

import pytest

from forms.web import roster_cells as cells
from forms.web.roster_cells import CellFault

DAY = dt.date(2020, 3, 12)


def fault(read: Callable[[object], object], cell: object) -> str:
    with pytest.raises(CellFault) as refusal:
        read(cell)
    return str(refusal.value)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "20200312",
            "2020-03-12",
            "2020.3.12",
            "2020/3/12",
            "2020年3月12日",
            "２０２０．３．１２",
            "20/3/12",
        ),
        *(" 2020-03-12 ", "2020-03-12 00:00:00", "2020-03-12T08:30", "2020/3/12 0:00", "2020 3 12"),
        *(43902, 43902.0, 43902.5, "43902", 20200312, 20200312.0, DAY),
    ],
)
def test_every_way_to_write_a_day(cell: object) -> None:
    assert cells.read_date(cell) == DAY


@pytest.mark.parametrize("cell", [None, "", "  ", "无", "/", "—", "n/a"])
def test_nothing_is_no_date_and_no_fault(cell: object) -> None:
    assert cells.read_date(cell) is None


@pytest.mark.parametrize(
    "cell", ["2020-13-01", "200312", "2021-02-29", "三月", "5/3/2020", "=TODAY()", 2020.3, 12, 1e30, True, "nan"]
)
def test_what_is_no_date_says_how_to_write_one(cell: object) -> None:
    assert "2020-03-12" in fault(cells.read_date, cell)


@pytest.mark.parametrize("cell", ["2020-03", "2020年3月", "2020", 2020, 202003])
def test_a_month_is_no_day(cell: object) -> None:
    assert "哪一天" in fault(cells.read_date, cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("330106202003120047", "330106202003120047"),
        ("33010620200312008x", "33010620200312008X"),
        ("３３０１０６２０２００３１２００４７", "330106202003120047"),
        (" 330106 20200312 0047 ", "330106202003120047"),
        ("'330106202003120047", "330106202003120047"),
        ('="330106202003120047"', "330106202003120047"),
        (331999000012, "331999000012"),
        (331999000012.0, "331999000012"),
        ("E12345678", "E12345678"),
        ("G330106202003120047", "G330106202003120047"),
        ("330106\u200b202003120047", "330106202003120047"),
        (None, ""),
        ("无", ""),
    ],
)
def test_numbers_keep_every_digit(cell: object, number: str) -> None:
    assert cells.read_number(cell) == number


@pytest.mark.parametrize(
    "cell", [330106202003120047, 3.30106202003120e17, "3.30106E+17", "3.30106202003120E+17", "1.1e17"]
)
def test_a_number_that_lost_its_digits_is_refused_with_the_way_out(cell: object) -> None:
    assert "文本" in fault(cells.read_number, cell)


@pytest.mark.parametrize("cell", ["<b>1</b>", "=1+1", "33010620200312，0047", "1" * 31, "😀😀😀😀"])
def test_what_is_no_number(cell: object) -> None:
    assert "照证件" in fault(cells.read_number, cell)


@pytest.mark.parametrize(("cell", "phone"), [(13800000000, "13800000000"), (13800000000.0, "13800000000")])
def test_a_phone_that_a_program_took_for_a_quantity(cell: object, phone: str) -> None:
    assert cells.read_phone(cell) == phone


@pytest.mark.parametrize(
    "cell", ["138 0000 0000", "+86 13800000000", "0571-80000000", "（0571）80000000", "１３８００００００００"]
)
def test_phones_as_people_write_them(cell: object) -> None:
    assert cells.read_phone(cell)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1380000000", "10 位"),
        ("138000000001", "12 位"),
        ("13800000000/13900000000", "不止一个"),
        ("13800000000、13900000000", "不止一个"),
        ("1.38E+10", "文本"),
        ("妈妈", "只写数字"),
        ("12345", "只写数字"),
    ],
)
def test_phones_nobody_can_call(cell: object, said: str) -> None:
    assert said in fault(cells.read_phone, cell)


@pytest.mark.parametrize(
    ("cell", "sex"),
    [("男", "M"), ("女", "F"), (" 女 ", "F"), ("男性", "M"), (1, "M"), (2.0, "F"), ("ｆ", "F"), ("", "")],
)
def test_sexes(cell: object, sex: str) -> None:
    assert cells.read_sex(cell) == sex


def test_a_sex_that_is_none() -> None:
    assert "男或女" in fault(cells.read_sex, "未知")


@pytest.mark.parametrize("name", ["林小满", "阿依古丽·买买提", "𠮷野", "John Li", "<b>林</b>"])
def test_names_are_kept_as_written(name: str) -> None:
    assert cells.read_name(f"  {name}\u200b\u0000 ") == name


@pytest.mark.parametrize("cell", ['=HYPERLINK("x")', "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3", "123", "！！", "长" * 61])
def test_what_is_no_name(cell: object) -> None:
    assert fault(cells.read_name, cell)


@pytest.mark.parametrize(
    ("read", "cell", "meant"),
    [
        (cells.read_relation, "妈妈", "母亲"),
        (cells.read_relation, "外公", "外公"),
        (cells.read_origin, "外省", "elsewhere"),
        (cells.read_origin, "本地户籍", "local"),
        (cells.read_origin, "港澳台", "abroad"),
        (cells.read_source, "转学", "transfer"),
        (cells.read_source, "新生", "roster"),
        (cells.read_number_kind, "居民身份证", "resident_id"),
        (cells.read_number_kind, "护照", "passport"),
        (cells.read_number_kind, "港澳居民来往内地通行证", "passport"),
    ],
)
def test_words_of_closed_lists(read: Callable[[object], object], cell: object, meant: str) -> None:
    assert read(cell) == meant


@pytest.mark.parametrize(("read", "said"), [(cells.read_origin, "本地"), (cells.read_source, "转入")])
def test_words_outside_the_list(read: Callable[[object], object], said: str) -> None:
    assert said in fault(read, "随便")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (3.30106202003120e17, "3.30106E+17"),
        (330106202003120047, "330106202003120047"),
        (DAY, "2020-03-12"),
        (None, ""),
        (12.0, "12"),
        ("字" * 4096, "字" * 24 + "…"),
        ("a\n b\t", "a b"),
    ],
)
def test_what_was_read_is_shown_short(cell: object, shown: str) -> None:
    assert cells.as_read(cell) == shown
