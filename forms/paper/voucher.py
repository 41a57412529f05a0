"""接种凭证: the doses just given, with a signed code that a school's desk reads. A5, one a child.

The code carries doses and an opaque reference; the name stands on the paper only.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from forms.paper.parties import Clinic, Pupil
from forms.paper.printing import Press


@dataclass(frozen=True, slots=True)
class GivenLine:
    """One dose that was given."""

    vaccine: str
    day: dt.date
    lot: str = ""
    trace: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class VoucherSheet:
    """One slip. `code`: the digits of `app.vouchers`."""

    clinic: Clinic
    pupil: Pupil
    lines: tuple[GivenLine, ...]
    code: str
    issued_on: dt.date
    by: str


def print_vouchers(press: Press, sheets: Sequence[VoucherSheet]) -> bytes:
    return press.print("voucher", sheets=sheets)
