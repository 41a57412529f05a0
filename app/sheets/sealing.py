"""The number and the seal of a sheet that is not frozen: two copies with the same seal say the same.

The seal is SHA-256 over numbers, marks and counts. No name goes in, so that it gives nothing away of a child.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

from app.campaigns.models import Campaign, Round
from app.reports.freezing import short_hash


def seal(what: str, day: dt.date, rows: Iterable[object]) -> str:
    """As much of the seal as a person compares; `rows` are numbers, codes and marks in the order of the sheet."""
    content = json.dumps([what, day.isoformat(), list(rows)], sort_keys=True, separators=(",", ":"), default=str)
    return short_hash(hashlib.sha256(content.encode()).hexdigest())


def sheet_number(kind: str, campaign: Campaign, day: dt.date, *of: int) -> str:
    """册2026秋-0012-0003-20260912: the kind, the round, whose it is, the day it was drawn."""
    term = "秋" if campaign.round is Round.AUTUMN else "春"
    return "-".join([f"{kind}{campaign.year}{term}", *(f"{one:04}" for one in of), f"{day:%Y%m%d}"])
