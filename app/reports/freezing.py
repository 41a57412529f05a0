"""The seal of a frozen list: SHA-256 over its rows, by numbers and codes, so that two copies can be compared.

No name goes in: a child that is erased later takes nothing away from what the seal says.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from app.reports.listing import Row
from app.reports.models import RowKind


def content_hash(of: Mapping[str, int], counts: Mapping[str, object], rows: Iterable[Row]) -> str:
    """`of` says which list it is: campaign, school, center, sequence."""
    content = {"list": dict(of), "counts": dict(counts), "rows": [_row(row) for row in rows]}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def short_hash(digest: str) -> str:
    """As much as a person compares: 7f3a 91c4 0be2."""
    return " ".join(digest[at : at + 4] for at in range(0, 12, 4))


def _row(row: Row) -> dict[str, object]:
    doses = [asdict(dose) for dose in (*row.owed, *row.to_verify)]
    said = {"enrolment": row.enrolment.id, "check": row.check.id, "parts": list(row.parts), "doses": doses}
    if row.kind is RowKind.ADDED:
        return said
    return {**said, "kind": row.kind, "why": row.why, "before": row.before.id if row.before else None}
