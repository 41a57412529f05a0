"""The code on a notice: 20 random digits and a check digit, and reading it back however it was typed or scanned.

Digits only, so that no input method can swallow a scanner's keys; 66 random bits, so that nobody guesses one. The check
digit is Damm's: it finds every wrong digit and every two neighbours swapped, and needs no letter X.
"""

import re
import secrets
import unicodedata

RANDOM_DIGITS = 20
LENGTH = RANDOM_DIGITS + 1
_GROUP = 4
#: Nobody types or scans more than this: a code with gaps, or an address.
_LONGEST = 400

#: Damm's table, a weakly totally anti-symmetric quasigroup of order 10.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
#: What people and scanners put between digits.
_BETWEEN = re.compile(r"[\s\-–—_.·]+")
#: A family types what it sees; the check digit says whether that was meant.
_LOOKS_LIKE = str.maketrans("OoIl|", "00111")
#: The address that a notice's square code carries where families can look it up, with the code at its end.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*/([0-9]+)/?", re.IGNORECASE)


def new_code() -> str:
    """A code that nobody has; the database's unique column is the last word on that."""
    digits = f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}}"
    return digits + check_digit(digits)


def in_groups(code: str) -> str:
    """As it stands on the sheet, to be read out: 1234 5678 …"""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def check_digit(digits: str) -> str:
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return str(state)


def read_code(text: str) -> str | None:
    """The code meant by what was typed or scanned: alone, full-width digits, gaps and letters that look like digits
    allowed, or at the end of an address; None if it cannot be one.
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).strip()
    address = _ADDRESS.fullmatch(plain)
    digits = address[1] if address else _BETWEEN.sub("", plain).translate(_LOOKS_LIKE)
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        return None
    return digits if check_digit(digits) == "0" else None
