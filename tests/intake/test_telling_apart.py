"""A code is told by what it says; what nobody knows stays as it was read."""

import pytest

from app.desk.commands import Command, code_of
from app.intake.telling_apart import Kind, tell
from app.intake.wording import shown
from app.notices.codes import check_digit, new_code

#: A number that can be one (GB 11643), made up; and one with another last digit.
RESIDENT, NO_RESIDENT = "110101202003070024", "110101202003070021"


@pytest.mark.parametrize(
    ("text", "symbol", "kind"),
    [
        (RESIDENT, "Code128", Kind.RESIDENT_ID),
        ("１１０１０１２０２００３０７００２４", "", Kind.RESIDENT_ID),
        (f"林知夏 女 汉 2020-03-07 青山省青河市 {RESIDENT}", "", Kind.RESIDENT_ID),
        (f"{RESIDENT},林知夏", "", Kind.RESIDENT_ID),
        (NO_RESIDENT, "Code128", Kind.CHILD_CODE),
        ("330106202020034071", "Code128", Kind.CHILD_CODE),
        ("3301 0620 2020 0340 71", "", Kind.CHILD_CODE),
        ("330106123456", "Code128", Kind.CHILD_CODE),
        ("330106123456", "UPCA", Kind.GOODS),
        ("81234567890123456789", "DataMatrix", Kind.TRACE),
        ("6901028075831", "EAN13", Kind.GOODS),
        ("https://example.cn/v/1", "QRCode", Kind.URL),
        ("970000010", "Code128", Kind.UNKNOWN),
        ("9" * 250, "QRCode", Kind.VOUCHER),
        ("hello", "QRCode", Kind.UNKNOWN),
        ("", "QRCode", Kind.UNKNOWN),
        ("<script>alert(1)</script>" * 160, "QRCode", Kind.UNKNOWN),
    ],
)
def test_kinds(text: str, symbol: str, kind: Kind) -> None:
    assert tell(text, symbol).kind is kind


def test_our_own_notice_alone_spaced_or_in_an_address() -> None:
    code = new_code()
    spaced = " ".join(code[at : at + 4] for at in range(0, 21, 4))
    for text in (code, spaced, f"https://school.example/n/{code}"):
        assert tell(text) == tell(code)
    assert (tell(code).kind, tell(code).meant) == (Kind.NOTICE, code)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert tell(wrong).kind is Kind.UNKNOWN


def test_a_command_card_has_a_check_digit() -> None:
    assert all(tell(code_of(command)).kind is Kind.COMMAND for command in Command)
    digits = code_of(Command.PRINT)[:-1]
    assert tell(digits + str((int(check_digit(digits)) + 1) % 10)).kind is Kind.UNKNOWN


def test_of_an_identity_card_only_the_number_goes_on() -> None:
    assert tell(f"林知夏 女 {RESIDENT} 青山省青河市").meant == RESIDENT


def test_what_a_page_shows(app: object) -> None:
    with app.test_request_context():  # type: ignore[attr-defined]
        assert shown(tell(RESIDENT)) == "尾号 0024"
        assert shown(tell("a\x00b\nc\u202ed")) == "a b c d"
        assert len(shown(tell("<script>" * 512))) < 160
    assert RESIDENT not in repr(tell(RESIDENT))
