"""个人信息删除证明: that a child was erased, when and by whom, what is gone and what stays. It names no child."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from forms.paper.printing import Press

_HERE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class ErasureSheet:
    """One certificate; `child` is a number that means nothing outside the database."""

    number: int
    child: int
    place: str
    by: str
    reason: str
    erased_at: dt.datetime
    key_destroyed: bool
    identity_gone: bool
    mark: str

    @property
    def when(self) -> str:
        return f"{self.erased_at.astimezone(_HERE):%Y-%m-%d %H:%M}"


def print_erasure(press: Press, sheet: ErasureSheet) -> bytes:
    return press.print("erasure", sheet=sheet)
