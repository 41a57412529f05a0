"""What those who watch leave behind, by the school it is about, and who may open it: runs of checks judged again, spot
checks, visits.
"""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.replay_actions import begin
from app.campaigns.models import Campaign
from app.checks.models import Check
from app.children.models import Enrolment
from app.inspection.actions import Found, write_down
from app.inspection.models import FindingKind
from app.schools.models import SchoolClass
from app.spotchecks.models import SpotCheck, SpotItem, SpotKind
from tests.actors import actor
from tests.district import FIRST_DAY, MOMENT, District

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
#: The schools' heads see what concerns their own.
_AND_HEADS = {"school_head": {"near"}}
_BUREAU: dict[str, set[str]] = {**_NOBODY, "bureau_auditor": {"near", "far"}}


def run_of(session: Session, district: District, school: str) -> int:
    """Checks of a school judged again."""
    by, place = actor(district, "bureau_auditor"), district.places[school]
    return begin(session, by=by, now=MOMENT, place=place, today="nip-2026", size=None, seed="").id


def spot_check_of(session: Session, district: District, school: str) -> int:
    """One that the school's bureau drew, with a child of the school in it."""
    place, by = district.places[school], district.users["clerk"].id
    assert place.supervisor_id is not None
    campaign = session.scalars(select(Campaign).where(Campaign.bureau_id == place.supervisor_id)).one()
    found = SpotCheck(campaign_id=campaign.id, organisation_id=place.supervisor_id, kind=SpotKind.RECORDS, seed=school)
    found.expected, found.precision, found.population, found.size = 50, 30, 1, 1
    found.frame, found.drawn_at, found.drawn_by = "0" * 64, MOMENT, by
    session.add(found)
    session.flush()
    one = session.scalars(
        select(Check)
        .join(Enrolment, Enrolment.id == Check.enrolment_id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(SchoolClass.school_id == place.id)
        .limit(1)
    ).one()
    item = SpotItem(spot_check_id=found.id, school_id=place.id, enrolment_id=one.enrolment_id, child_id=one.child_id)
    item.check_id, item.clerk_id, item.position = one.id, by, 1
    session.add(item)
    session.flush()
    return found.id


def visit_of(session: Session, district: District, school: str) -> int:
    """A visit of the school's bureau that found something."""
    place, by = district.places[school], actor(district, "bureau_auditor")
    assert place.supervisor_id is not None
    bureau = replace(by, organisation_id=place.supervisor_id)
    findings = [Found(FindingKind.BOOKLETS, "", FIRST_DAY)]
    return write_down(session, by=bureau, now=MOMENT, school=place, day=FIRST_DAY, findings=findings).id


def school_of(_session: Session, district: District, school: str) -> int:
    """A school that the bureau and the CDC watch over, whose staff they are not."""
    return district.places[school].id


Maker = Callable[[Session, District, str], int]
WATCHED: dict[str, tuple[Maker, dict[str, set[str]]]] = {
    "run_id": (run_of, _BUREAU),
    "watched_school_id": (school_of, _BOTH),
    "spot_check_id": (spot_check_of, {**_BOTH, **_AND_HEADS}),
    "visit_id": (visit_of, {**_BUREAU, **_AND_HEADS}),
}
