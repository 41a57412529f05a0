"""What may stand beside an audit event: codes, counts, days. What could name a person is refused.

The trail is kept for years and outlives an erased child, so nothing personal may slip into it by a careless call.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence

#: Codes, ISO dates, digests, versions: no space, no letter outside ASCII, so no name in any script.
_CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,80}\Z")
#: An identity number, a child code, a phone.
_NUMBER_OF_A_PERSON = re.compile(r"\d{7,}[Xx]?\Z")
_LARGEST_COUNT = 9_999_999


class NotPlain(ValueError):
    """Something in a detail that could be personal. The message names the field, never the value."""


def canonical(detail: Mapping[str, object]) -> str:
    """The detail as JSON text, the same for equal details whatever their order."""
    plain = {_field(name): _value(name, value) for name, value in detail.items()}
    return json.dumps(plain, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _field(name: str) -> str:
    if not _CODE.match(name):
        raise NotPlain("An audit detail has a field name that is no code: use lower-case words like product_code.")
    return name


def _value(name: str, value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= _LARGEST_COUNT:
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str) and _CODE.match(value) and not _NUMBER_OF_A_PERSON.match(value):
        return str(value)
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        parts = [_value(name, part) for part in value]
        return sorted(parts, key=str) if isinstance(value, set | frozenset) else parts
    raise NotPlain(
        f"The audit detail {name!r} could be personal (a {type(value).__name__} that is no code, count or day): "
        "record the id of the row instead."
    )
