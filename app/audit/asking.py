"""What the address of the trail's page asks for; whatever makes no sense there falls back to the last seven days."""

import datetime as dt
from collections.abc import Mapping

from app.audit.queries import Asked
from app.audit.wording import kinds
from forms.web.dates import NoDate, read_day

#: By itself the page shows a week.
USUAL_DAYS = 7


def asked_for(values: Mapping[str, str], today: dt.date) -> Asked:
    last = _day(values.get("to")) or today
    first = _day(values.get("from")) or last - dt.timedelta(days=USUAL_DAYS - 1)
    kind = values.get("kind")
    return Asked(
        min(first, last),
        max(first, last),
        _number(values.get("place")),
        _number(values.get("person")),
        kind if kind in kinds() else None,
    )


def address_of(asked: Asked) -> dict[str, str | int]:
    """The same as parameters of an address."""
    found: dict[str, str | int] = {"from": asked.first.isoformat(), "to": asked.last.isoformat()}
    if asked.organisation_id is not None:
        found["place"] = asked.organisation_id
    if asked.person_id is not None:
        found["person"] = asked.person_id
    if asked.kind is not None:
        found["kind"] = asked.kind
    return found


def page_number(values: Mapping[str, str]) -> int:
    return max(1, _number(values.get("page")) or 1)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(text: str | None) -> dt.date | None:
    try:
        return read_day(text) if text else None
    except NoDate:
        return None
