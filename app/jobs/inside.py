"""What a hand of the worker has of its own: an office, opened once a process, and a press that has read its fonts."""

from functools import cache

from app.config import Settings
from app.office import Office
from app.papers import press


@cache
def office_of(settings: Settings) -> Office:
    """Only in a process of the worker's pool."""
    return Office.open(settings)


def get_ready(settings: Settings) -> None:
    """Before somebody waits for a sheet."""
    office_of(settings)
    press()
