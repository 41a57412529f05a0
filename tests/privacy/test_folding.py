"""What people write in many ways is found in one."""

import datetime as dt

import pytest

from app.children.kinds import Sex
from app.privacy.folding import fold_name, fold_number, fold_phone
from app.privacy.resident_ids import NumberFinding, birth_date_in, look_at_resident_id


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("张　三", "张三"),
        (" 张 三 ", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 ‧ 买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("Ｊｏｈｎ  LI", "john li"),
        ("𠮷田", "𠮷田"),
        ("<b>李</b>", "<b>李</b>"),
        ("", ""),
    ],
)
def test_names(typed: str, folded: str) -> None:
    assert fold_name(typed) == folded


@pytest.mark.parametrize(
    "typed",
    [
        "33019920200312002X",
        "33019920200312002x",
        "３３０１９９２０２００３１２００２Ｘ",
        "330199 20200312 002x",
        "330199-20200312-002X",
    ],
)
def test_numbers(typed: str) -> None:
    assert fold_number(typed) == "33019920200312002X"


@pytest.mark.parametrize(
    "typed",
    ["13800138000", "138 0013 8000", "138-0013-8000", "+86 138 0013 8000", "008613800138000", "１３８００１３８０００"],
)
def test_phones(typed: str) -> None:
    assert fold_phone(typed) == "13800138000"


def test_a_landline_keeps_its_digits() -> None:
    assert fold_phone("0571-8600 1234") == "057186001234"


BORN = dt.date(2020, 3, 12)
GIRL = "110101202003120021"


def valid(first_seventeen: str) -> str:
    """A number with the check digit that belongs to it (GB 11643: weights 2ⁿ mod 11)."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first_seventeen))
    return first_seventeen + "10X98765432"[total % 11]


@pytest.mark.parametrize(
    ("number", "findings"),
    [
        (valid("11010120200312002"), []),
        (valid("11010120200312002").replace("1101", "１１０１"), []),
        (valid("11010120200312002")[:17] + "?", [NumberFinding.WRONG_CHECK_DIGIT]),
        (valid("11010120200312002")[:17], [NumberFinding.WRONG_FORM]),
        ("", [NumberFinding.WRONG_FORM]),
        ("一一〇一〇一二〇二〇〇三一二〇〇二一", [NumberFinding.WRONG_FORM]),
        ("110101A020031200" + "21", [NumberFinding.WRONG_FORM]),
        (valid("11010120200230002"), [NumberFinding.IMPOSSIBLE_DATE]),
        (valid("11010120200313002"), [NumberFinding.OTHER_BIRTH_DATE]),
        (valid("11010120200312003"), [NumberFinding.OTHER_SEX]),
        (valid("11010120200313003"), [NumberFinding.OTHER_BIRTH_DATE, NumberFinding.OTHER_SEX]),
        (valid("99999920200312002"), [NumberFinding.UNKNOWN_PLACE]),
        (valid("33019920200312002"), [NumberFinding.UNKNOWN_PLACE]),
    ],
)
def test_resident_numbers_beside_a_girl_born_on_12_march(number: str, findings: list[NumberFinding]) -> None:
    assert look_at_resident_id(number, BORN, Sex.FEMALE) == findings


def test_every_wrong_check_digit_is_seen() -> None:
    right = valid("11010120200312002")
    for last in "0123456789X":
        seen = look_at_resident_id(right[:17] + last, BORN, Sex.FEMALE)
        assert seen == ([] if last == right[-1] else [NumberFinding.WRONG_CHECK_DIGIT])


def test_the_birth_date_in_a_number() -> None:
    assert birth_date_in(valid("11010120200312002")) == BORN
    assert birth_date_in("110101") is None
