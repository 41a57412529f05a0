"""How the trail is tied together: the exact bytes that are signed. Pure; writing and verifying both stand on it."""

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class EventText:
    """An event as text, every value as the database keeps it."""

    organisation_id: str
    day: str
    position: str
    at: str
    user_id: str | None
    role: str
    action: str
    subject_kind: str | None
    subject_id: str | None
    detail: str
    #: The MAC of the event before, or `opened` of the day's head, in hex.
    previous: str

    def mac(self, sign: Sign) -> bytes:
        return _signed(sign, "event", *astuple(self))


def opened(sign: Sign, serial: str, organisation_id: str, day: str, seal_before: str, opened_before: str) -> bytes:
    """Ties a new day to the organisation's day before and to the office's head before; "" where there was none."""
    return _signed(sign, "opened", serial, organisation_id, day, seal_before, opened_before)


def seal(sign: Sign, opened_hex: str, events: str, last: str) -> bytes:
    """Says how many events a day has and which one is the last."""
    return _signed(sign, "head", opened_hex, events, last)


def anchor(sign: Sign, heads: str, opened_hex: str) -> bytes:
    """Says how many heads the office has and which one was opened last."""
    return _signed(sign, "anchor", heads, opened_hex)


def _signed(sign: Sign, *parts: str | None) -> bytes:
    # JSON keeps "1","23" apart from "12","3" and null apart from "".
    return sign(json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode())
