"""发放单: the notices of a class as a list to tick, for whoever hands them out. Names stay at school."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from forms.paper.printing import Press


@dataclass(frozen=True, slots=True, repr=False)
class HandedLine:
    """One notice: whose it is, and what is known of it already."""

    name: str
    number: str
    parts: str
    copy: int
    handed: dt.date | None
    slip_back: dt.date | None


@dataclass(frozen=True, slots=True, repr=False)
class HandingOutSheet:
    """The list of one class."""

    school: str
    class_name: str
    printed_on: dt.date
    lines: Sequence[HandedLine]


def print_handing_out(press: Press, sheet: HandingOutSheet) -> bytes:
    return press.print("handing_out", sheet=sheet)
