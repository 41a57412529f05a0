"""The second look, kept: the booklet in hand, what its assessment page says today, and a new check of both."""

import datetime as dt

from sqlalchemy.orm import Session

from app.checks.actions import check_child
from app.checks.models import Check
from app.children.holding import hold
from app.children.kinds import CertificateState, ClinicResult, Whereabouts
from app.children.models import Child, Enrolment
from app.children.queries import latest_certificate
from app.children.record_actions import record_certificate
from app.people.actors import Actor

#: The booklet is in the clerk's hand: one that was missing is here, one that was being written again was written.
_IN_HAND = {
    CertificateState.ABSENT: CertificateState.PRESENT,
    CertificateState.BEING_REPLACED: CertificateState.REPLACED,
}


def confirm(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    on: dt.date,
    child: Child,
    enrolment: Enrolment,
    assessment: ClinicResult,
) -> Check:
    """The booklet shows the doses that the center entered, and this assessment.

    The page that was read in September is older than these doses: taken as today's word it would contradict every
    child that was caught up. Raises Sealed.
    """
    hold(session, child)  # two clerks with the same booklet: the second one finds what the first one said
    latest = latest_certificate(session, child.id)
    state = _IN_HAND.get(latest.state, latest.state) if latest else CertificateState.PRESENT
    if latest is None or (latest.state, latest.clinic_result) != (state, assessment):
        record_certificate(
            session,
            by=by,
            now=now,
            child=child,
            instead_of=latest.id if latest else None,
            state=state,
            kind=latest.kind if latest else None,
            whereabouts=Whereabouts.SEEN,
            clinic_result=assessment,
            clinic_unit=latest.clinic_unit if latest else None,
        )
    return check_child(session, by=by, now=now, as_of=on, child=child, enrolment=enrolment)
