"""Numbers that have the right form and belong to nobody.

Resident identity numbers begin with the code of a whole province, which no office ever issued; mobile numbers begin
with 1540000, and no operator was given 154; child codes begin with the made-up district 990199.
"""

import datetime as dt

from stdnum.cn import ric

from app.children.kinds import Sex

#: Here and elsewhere: 浙江, 安徽, 江西, 四川 as wholes.
LOCAL_PLACE = "330000"
OTHER_PLACES = ("340000", "360000", "510000")
_LARGEST_ORDER = 998


def resident_id(place: str, birth: dt.date, order: int, sex: Sex) -> str:
    """The `order`-th number (from 0) of a place, birth date and sex."""
    digits = 2 * order + (1 if sex is Sex.MALE else 2)
    if digits > _LARGEST_ORDER:
        raise ValueError(f"{order} is too many for one place and day: there are 499 of each sex.")
    body = f"{place}{birth:%Y%m%d}{digits:03d}"
    return body + ric.calc_check_digit(body + "0")


def child_code(birth: dt.date, serial: int) -> str:
    """18 digits: made-up district, year of birth, serial."""
    return f"990199{birth.year}{serial:08d}"


def student_number(resident: str) -> str:
    return f"G{resident}"


def passport(serial: int) -> str:
    """ZZ is no country."""
    return f"ZZ{serial:07d}"


def mobile(serial: int) -> str:
    """Ten thousand of them; neighbours in the list are no neighbours in number."""
    return f"1540000{serial * 7919 % 10_000:04d}"
