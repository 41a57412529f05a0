"""What those who watch leave behind, by the school it is about, and who may open it: runs of checks judged again."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from app.audit.replay_actions import begin
from tests.actors import actor
from tests.district import MOMENT, District

_NOBODY: dict[str, set[str]] = {
    who: set()
    for who in (
        *("clerk", "class_clerk", "school_head", "nurse", "cdc_doctor"),
        *("bureau_auditor", "administrator", "school_administrator", "foreign_clerk"),
    )
}
#: The classes whose children the CDC sees by name.
NAMED_CLASSES: dict[str, set[str]] = {**_NOBODY, "cdc_doctor": {"near_1", "near_2", "far_1"}}
_BOTH: dict[str, set[str]] = {**_NOBODY, **{who: {"near", "far"} for who in ("bureau_auditor", "cdc_doctor")}}
_BUREAU: dict[str, set[str]] = {**_NOBODY, "bureau_auditor": {"near", "far"}}


def run_of(session: Session, district: District, school: str) -> int:
    """Checks of a school judged again."""
    by, place = actor(district, "bureau_auditor"), district.places[school]
    return begin(session, by=by, now=MOMENT, place=place, today="nip-2026", size=None, seed="").id


def school_of(_session: Session, district: District, school: str) -> int:
    """A school that the bureau and the CDC watch over, whose staff they are not."""
    return district.places[school].id


Maker = Callable[[Session, District, str], int]
WATCHED: dict[str, tuple[Maker, dict[str, set[str]]]] = {
    "run_id": (run_of, _BUREAU),
    "watched_school_id": (school_of, _BOTH),
}
