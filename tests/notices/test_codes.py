"""The code on a notice: random, checked, and read however it was typed."""

import random

import pytest

from app.notices.codes import LENGTH, check_digit, new_code, read_code


def test_codes_are_21_digits_and_never_the_same() -> None:
    codes = {new_code() for _ in range(2000)}

    assert len(codes) == 2000
    assert all(len(code) == LENGTH == 21 and code.isascii() and code.isdigit() for code in codes)
    assert all(read_code(code) == code for code in codes)


def test_the_published_example_of_the_check_digit() -> None:
    assert check_digit("572") == "4"


def test_every_wrong_digit_is_found() -> None:
    code = new_code()
    for place in range(LENGTH):
        for digit in "0123456789".replace(code[place], ""):
            assert read_code(code[:place] + digit + code[place + 1 :]) is None


def test_every_swap_of_neighbours_is_found() -> None:
    for code in ("012345678901234567890"[:20], *(new_code()[:20] for _ in range(50))):
        whole = code + check_digit(code)
        for place in range(LENGTH - 1):
            swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
            assert swapped == whole or read_code(swapped) is None


def test_a_missing_or_doubled_digit_is_no_code() -> None:
    code = new_code()
    assert read_code(code[:-1]) is None
    assert read_code(code + code[-1]) is None


@pytest.mark.parametrize(
    "written",
    [
        "{0} {1} {2}",
        " {0}-{1}-{2}\r\n",
        "{0}　{1}　{2}",
        "{0}·{1}·{2}",
    ],
)
def test_gaps_do_not_matter(written: str) -> None:
    code = new_code()
    assert read_code(written.format(code[:7], code[7:14], code[14:])) == code


def test_full_width_digits_are_digits() -> None:
    code = new_code()
    assert read_code(code.translate({48 + n: 0xFF10 + n for n in range(10)})) == code


@pytest.mark.parametrize("text", ["", "林知夏", "https://example.org/1", "１２３", "٣" * 21, "²" * 21, "0x" + "1" * 19])
def test_anything_else_is_no_code(text: str) -> None:
    assert read_code(text) is None


def test_nine_of_ten_random_numbers_are_refused() -> None:
    chance = random.Random(7)
    read = sum(read_code(f"{chance.randrange(10**21):021}") is not None for _ in range(2000))
    assert 140 < read < 260


def test_letters_that_look_like_digits() -> None:
    """Typed by somebody who has only ever seen it on paper."""
    code = "0011" + "2345678901234567"
    code += check_digit(code)
    assert read_code(code.replace("0", "O").replace("1", "l")) == code
    assert read_code(code.replace("0", "o").replace("1", "I")) == code
    assert read_code("O" * LENGTH) == read_code("0" * LENGTH)
    assert read_code(code.replace("2", "Z")) is None
