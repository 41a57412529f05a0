"""From a child's record to what the rules are given: the contract's input, word for word what a check keeps."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import Certificate, Child, DoseRecord, Doubt, Exemption
from app.children.queries import effective_doses_of, exemptions_in_force_of, latest_certificates, open_doubts

#: The word of an exemption that covers every injected live vaccine.
LIVE = "live"


def gather(session: Session, child: Child, as_of: dt.date) -> dict[str, Any]:
    """The input of a judgement of this child on `as_of`: no name, no number, only what the law asks for.

    Every dose carries the number of its record, so that findings can be shown beside the record they speak of.
    """
    return gather_many(session, [child], as_of)[0]


def gather_many(session: Session, children: Sequence[Child], as_of: dt.date) -> list[dict[str, Any]]:
    """The same for some hundred children with few questions to the database, in their order."""
    ids = [child.id for child in children]
    doses = effective_doses_of(session, ids)
    certificates = latest_certificates(session, ids)
    exemptions = exemptions_in_force_of(session, ids, as_of)
    doubted = set(session.scalars(select(Doubt.child_id).where(Doubt.child_id.in_(ids), Doubt.settled_at.is_(None))))
    return [
        _inputs(
            child,
            as_of,
            doses.get(child.id, []),
            certificates.get(child.id),
            exemptions.get(child.id, []),
            _doubts(session, child.id, doses.get(child.id, [])) if child.id in doubted else [],
        )
        for child in children
    ]


def _inputs(
    child: Child,
    as_of: dt.date,
    doses: list[DoseRecord],
    certificate: Certificate | None,
    exemptions: list[Exemption],
    doubts: list[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "id": str(child.id),
        "birth_date": child.birth_date.isoformat(),
        "sex": child.sex.value,
        "as_of": as_of.isoformat(),
        "certificate": certificate.state.value if certificate else None,
        "clinic_assessment": {
            "result": certificate.clinic_result.value,
            "date": certificate.clinic_day.isoformat() if certificate.clinic_day else None,
        }
        if certificate and certificate.clinic_result
        else None,
        "hbsag_exposed_under_2000g": child.hbsag_exposed_under_2000g,
        "avoid": [LIVE] if any(one.line == LIVE for one in exemptions) else [],
        "exempt": sorted({one.line for one in exemptions if one.line != LIVE}),
        "doubts": doubts,
        "doses": [
            {
                "product": dose.product,
                "date": dose.day.isoformat() if dose.day else None,
                "source": dose.source.value,
                "record": dose.id,
            }
            for dose in doses
        ],
    }


def _doubts(session: Session, child_id: int, doses: list[DoseRecord]) -> list[dict[str, Any]]:
    """Open doubts by the place of their dose; a doubt on a corrected record speaks of its correction."""
    places = {dose.id: index for index, dose in enumerate(doses)}
    corrections = select(DoseRecord.supersedes_id, DoseRecord.id).where(
        DoseRecord.child_id == child_id, DoseRecord.supersedes_id.is_not(None)
    )
    later: dict[int | None, int] = dict(session.execute(corrections).all())
    found = []
    for doubt in open_doubts(session, child_id):
        record = doubt.dose_record_id
        while record in later:
            record = later[record]
        if doubt.dose_record_id is not None and record not in places:
            continue  # the dose was withdrawn: nothing is left to doubt
        found.append(
            {
                "line": doubt.line,
                "dose": None if record is None else places[record],
                "kind": doubt.kind.value,
            }
        )
    return found
