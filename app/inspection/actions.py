"""What is done with visits: written down with their findings, and each finding seen put right."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.audit.actions import record
from app.inspection.models import FindingKind, InspectionVisit, VisitFinding
from app.people.actors import Actor
from app.privacy.keys import keys_of
from app.privacy.sealing import seal, unseal
from app.schools.models import Organisation

_PURPOSE = "visit"
#: A sealed value tells its length; padded in steps it tells little.
_STEP = 64


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """One thing that was found."""

    kind: FindingKind
    note: str
    put_right_by: dt.date


def write_down(
    session: Session, *, by: Actor, now: dt.datetime, school: Organisation, day: dt.date, findings: Sequence[Found]
) -> InspectionVisit:
    """A visit; one without findings is one too."""
    visit = InspectionVisit(
        organisation_id=by.organisation_id, school_id=school.id, day=day, inspector_id=by.user_id, recorded_at=now
    )
    session.add(visit)
    session.flush()
    for position, one in enumerate(findings, start=1):
        session.add(
            VisitFinding(
                visit_id=visit.id,
                position=position,
                kind=one.kind,
                note=_sealed(session, visit.id, position, one.note),
                put_right_by=one.put_right_by,
            )
        )
    session.flush()
    detail = {"visit": visit.id, "day": day, "findings": [one.kind.value for one in findings]}
    record(session, by=by, now=now, action="visit.recorded", subject=("organisation", school.id), detail=detail)
    return visit


def put_right(session: Session, *, by: Actor, now: dt.datetime, on: dt.date, finding: VisitFinding) -> bool:
    """Somebody has seen it put right; twice changes nothing."""
    if finding.put_right_on is not None:
        return False
    finding.put_right_on, finding.seen_by = on, by.user_id
    session.flush()
    detail = {"finding": finding.position}
    record(session, by=by, now=now, action="visit.put_right", subject=("visit", finding.visit_id), detail=detail)
    return True


def opened_note(session: Session, finding: VisitFinding) -> str:
    """The free words of a finding."""
    if finding.note is None:
        return ""
    key = keys_of(session).sealing_key(_PURPOSE)
    return unseal(key, finding.note, _place(finding.visit_id, finding.position)).decode().strip()


def _sealed(session: Session, visit_id: int, position: int, text: str) -> bytes | None:
    plain = text.strip().encode("utf-8", "replace")
    if not plain:
        return None
    key = keys_of(session).sealing_key(_PURPOSE)
    return seal(key, plain + b" " * (-len(plain) % _STEP), _place(visit_id, position))


def _place(visit_id: int, position: int) -> str:
    return f"visit/{visit_id}/finding/{position}"
