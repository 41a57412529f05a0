"""What a line hands over to be projected."""

from collections.abc import Sequence
from typing import NamedTuple

from rules.ages import Day
from rules.record import Record
from rules.schedule import Step


class Forecast(NamedTuple):
    """The steps still wanted, in order, and the days they are measured from.

    No steps: complete. `closed`: past the age at which anything is given.
    """

    steps: Sequence[Step]
    anchors: dict[str, Day]
    closed: bool = False


#: Nothing will ever be owed again.
COMPLETE = Forecast((), {})
#: Nothing is given any more, and the line was not completed.
CLOSED = Forecast((), {}, closed=True)


def line_anchors(record: Record) -> dict[str, Day]:
    """The latest dose given, for the intervals that every line measures from it (R9)."""
    latest = record.latest
    return {} if latest is None else {"line": latest, "previous": latest}
