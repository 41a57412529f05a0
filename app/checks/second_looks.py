"""When a second look 复查 is due: the last check left something open and the health center has put something into the
record since, typed by a nurse or brought by a registry's file. Every list and count of second looks is made of
these conditions.
"""

import datetime as dt

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from app.children.kinds import CertificateState, DoseSource
from app.children.models import Certificate, DoseRecord
from rules.vocabulary import Result

#: A school's own entry needs no second look: its desk judges at once.
_CENTERS_WORD = (DoseSource.CLINIC, DoseSource.REGISTRY)
_STILL_OPEN = (Result.CATCH_UP.value, Result.REVIEW.value, Result.NO_CERTIFICATE.value)


def due_again(
    child_id: ColumnElement[int], result: ColumnElement[str], at: ColumnElement[dt.datetime]
) -> ColumnElement[bool]:
    """For a child whose check that stands said `result` at `at`."""
    dose = exists().where(DoseRecord.child_id == child_id, doses_entered_since(at))
    return result.in_(_STILL_OPEN) & (dose | _new_certificate(child_id, at))


def doses_entered_since(at: dt.datetime | ColumnElement[dt.datetime]) -> ColumnElement[bool]:
    """The doses that a center entered and that still stand."""
    later = aliased(DoseRecord)
    return (
        (DoseRecord.entered_at > at)
        & DoseRecord.source.in_(_CENTERS_WORD)
        & DoseRecord.withdrawn.is_(False)
        & ~exists().where(later.supersedes_id == DoseRecord.id)
    )


def _new_certificate(child_id: ColumnElement[int], at: ColumnElement[dt.datetime]) -> ColumnElement[bool]:
    """A center gave out a new booklet."""
    later = aliased(Certificate)
    return exists().where(
        Certificate.child_id == child_id,
        Certificate.state == CertificateState.REPLACED,
        Certificate.recorded_at > at,
        ~exists().where(later.supersedes_id == Certificate.id),
    )
