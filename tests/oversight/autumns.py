"""A random autumn of the small district: checks, corrections, doses, certificates, transfers, pauses."""

import datetime as dt
import random

from sqlalchemy.orm import Session

from app.checks.actions import check_child
from app.children.kinds import CertificateState, EnrolmentState, ExemptionEvidence, ExemptionKind
from app.children.models import Enrolment, Exemption
from app.notices.actions import follow_check
from app.notices.settling import settle_items
from tests.district import District
from tests.notices.september import DAY, FULL, Desk, at

OCTOBER = dt.date(2026, 10, 9)


def begin(desk: Desk, district: District, chance: random.Random, children: int = 20) -> list:
    """Children in every class of the district, with what their booklets say."""
    found = []
    for number in range(children):
        child = desk.enrol(district.classes[chance.choice(["near_1", "near_2", "far_1"])], f"孩{number}")
        desk.doses(child, tuple(chance.sample(FULL, chance.randrange(13, len(FULL) + 1))))
        found.append(child)
    return found


def act(desk: Desk, district: District, child, chance: random.Random) -> None:
    """One thing that may happen to a child on a day of autumn."""
    session: Session = desk.session
    what = chance.choice(["check"] * 3 + ["dose"] * 2 + ["absent", "again", "move", "leave", "pause", "home"])
    enrolment = session.query(Enrolment).filter_by(child_id=child.id, state=EnrolmentState.ACTIVE).first()
    if what in {"check", "again"} and enrolment is not None:
        day = DAY if what == "check" else OCTOBER
        check = check_child(session, by=desk.by, now=at(day), as_of=day, child=child, enrolment=enrolment)
        follow_check(session, by=desk.by, now=at(day), check=check)
    elif what == "absent":
        desk.certificate(child, chance.choice([CertificateState.ABSENT, CertificateState.REPLACED]))
    elif what == "dose":
        product, _day = chance.choice(FULL)
        desk.doses(child, ((product, OCTOBER.isoformat()),))
        settle_items(session, by=desk.by, now=at(OCTOBER), child=child)
    elif what == "move" and enrolment is not None:
        enrolment.class_id = district.classes[chance.choice(["near_1", "near_2", "far_1"])].id
    elif what == "leave" and enrolment is not None and chance.random() < 0.3:
        enrolment.state, enrolment.to_day = EnrolmentState.LEFT, max(OCTOBER, enrolment.from_day)
    elif what == "pause":
        row = Exemption(child_id=child.id, line=chance.choice(["MMR", "live"]), kind=ExemptionKind.DEFERRED)
        row.evidence, row.recorded_by, row.recorded_at = ExemptionEvidence.CLINIC_PAPER, desk.by.user_id, at(DAY)
        row.valid_to = OCTOBER + dt.timedelta(chance.randrange(0, 20))
        session.add(row)
    elif what == "home":
        child.home_health_center_id = district.places["far_center"].id
    session.flush()
