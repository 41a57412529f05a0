"""What a resident identity number (GB 11643) shows by itself and beside the child: findings, never exceptions."""

import datetime as dt
from enum import StrEnum

from stdnum.cn import ric
from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError

from app.children.kinds import Sex
from app.privacy.folding import fold_number


class NumberFinding(StrEnum):
    """The first three make a number impossible; the others ask which of two entries is wrong."""

    WRONG_FORM = "wrong_form"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    IMPOSSIBLE_DATE = "impossible_date"
    OTHER_BIRTH_DATE = "other_birth_date"
    OTHER_SEX = "other_sex"
    #: The list of districts ends some day; a new district is no fault of the child.
    UNKNOWN_PLACE = "unknown_place"


IMPOSSIBLE = frozenset({NumberFinding.WRONG_FORM, NumberFinding.WRONG_CHECK_DIGIT, NumberFinding.IMPOSSIBLE_DATE})


def look_at_resident_id(number: str, birth_date: dt.date | None, sex: Sex | None) -> list[NumberFinding]:
    """Everything that is odd about the number of a child with this birth date and sex; empty if nothing is."""
    plain = fold_number(number)
    alone = _alone(plain)
    if alone in IMPOSSIBLE:
        return [alone]
    findings = [] if alone is None else [alone]
    if birth_date is not None and ric.get_birth_date(plain) != birth_date:
        findings.append(NumberFinding.OTHER_BIRTH_DATE)
    if sex is not None and sex_in(plain) is not sex:
        findings.append(NumberFinding.OTHER_SEX)
    return findings


def birth_date_in(number: str) -> dt.date | None:
    """The birth date that a possible number says."""
    plain = fold_number(number)
    return None if _alone(plain) in IMPOSSIBLE else ric.get_birth_date(plain)


def sex_in(number: str) -> Sex:
    """The seventeenth digit is odd for boys."""
    return Sex.MALE if int(fold_number(number)[16]) % 2 else Sex.FEMALE


def _alone(plain: str) -> NumberFinding | None:
    if not plain.isascii():
        return NumberFinding.WRONG_FORM
    try:
        ric.validate(plain)
    except InvalidChecksum:
        return NumberFinding.WRONG_CHECK_DIGIT
    except (InvalidComponent, KeyError):
        # KeyError: a prefecture that the library's list knows, with a district that it does not.
        return _date_or_place(plain)
    except ValidationError:
        return NumberFinding.WRONG_FORM
    return None


def _date_or_place(plain: str) -> NumberFinding:
    try:
        ric.get_birth_date(plain)
    except InvalidComponent:
        return NumberFinding.IMPOSSIBLE_DATE
    return NumberFinding.UNKNOWN_PLACE
