"""A September of the small district: its campaign, children with names, their doses, certificates and checks."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign, CampaignState, Round
from app.checks.actions import check_child
from app.checks.models import Check
from app.children.kinds import (
    CertificateState,
    ClinicResult,
    DoseSource,
    DoubtKind,
    ExemptionEvidence,
    ExemptionKind,
)
from app.children.models import Certificate, Child, DoseRecord, Doubt, Enrolment, Exemption
from app.children.queries import latest_certificate
from app.clock import CHINA
from app.notices.actions import follow_check
from app.notices.models import Notice
from app.people.actors import Actor
from app.privacy.identities import Guardian, Identity, seal_identity
from app.schools.models import SchoolClass
from tests.district import FIRST_DAY, MOMENT, District, enrol

#: The day of most checks.
DAY = dt.date(2026, 9, 10)

#: Everything a child born on 2020-03-12 is due by DAY, in time.
FULL = (
    ("BCG", "2020-03-12"),
    *(("HepB", day) for day in ("2020-03-12", "2020-04-14", "2020-09-15")),
    *(("IPV", day) for day in ("2020-05-14", "2020-06-15")),
    *(("bOPV", day) for day in ("2020-07-16", "2024-03-14")),
    *(("DTaP", day) for day in ("2020-06-15", "2020-07-16", "2020-08-17", "2021-09-16", "2026-03-16")),
    *(("MMR", day) for day in ("2020-11-16", "2021-09-16")),
    *(("JE-L", day) for day in ("2020-11-16", "2022-03-15")),
    *(("MPSV-A", day) for day in ("2020-09-15", "2020-12-16")),
    *(("MPSV-AC", day) for day in ("2023-03-15", "2026-03-16")),
    ("HepA-L", "2021-09-16"),
)


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), CHINA)


def without(*gone: tuple[str, int]) -> tuple[tuple[str, str], ...]:
    """FULL less the n-th dose of a product: without(("DTaP", 5))."""
    seen: dict[str, int] = {}
    kept = []
    for product, day in FULL:
        seen[product] = seen.get(product, 0) + 1
        if (product, seen[product]) not in gone:
            kept.append((product, day))
    return tuple(kept)


def open_campaign(session: Session, district: District, bureau: str = "bureau", **more: object) -> Campaign:
    settings: dict[str, object] = {
        "list_within_days": 7,
        "deadline_days": 30,
        "cutoff_hour": 17,
        "due_counts": True,
        **more,
    }
    campaign = Campaign(
        bureau_id=district.places[bureau].id,
        name="2026年秋季",
        year=2026,
        round=Round.AUTUMN,
        first_day=FIRST_DAY,
        joins_from=FIRST_DAY - dt.timedelta(days=31),
        recheck_by=dt.date(2026, 12, 31),
        edition="nip-2026",
        state=CampaignState.OPEN,
        created_at=MOMENT,
        **settings,
    )
    session.add(campaign)
    session.flush()
    return campaign


@dataclass
class Desk:
    """Somebody at work on children, through the house's own actions where they matter here."""

    session: Session
    by: Actor

    def enrol(self, school_class: SchoolClass, name: str, phone: str = "13900001234", **more: object) -> Child:
        child = enrol(self.session, school_class, **more)
        identity = Identity(name=name, guardians=(Guardian("家长" + name[:1], "母亲", phone),))
        seal_identity(self.session, child, identity, now=MOMENT)
        return child

    def doses(self, child: Child, doses: tuple[tuple[str, str | None], ...] = FULL, **more: object) -> list[DoseRecord]:
        rows = []
        for product, day in doses:
            row = DoseRecord(child_id=child.id, product=product, source=DoseSource.BOOKLET, **more)
            row.day = dt.date.fromisoformat(day) if day else None
            row.entered_by, row.entered_at = self.by.user_id, MOMENT
            self.session.add(row)
            self.session.flush()
            rows.append(row)
        return rows

    def withdraw_dose(self, row: DoseRecord) -> None:
        gone = DoseRecord(
            child_id=row.child_id, product=row.product, day=row.day, source=row.source, supersedes_id=row.id
        )
        gone.withdrawn, gone.entered_by, gone.entered_at = True, self.by.user_id, MOMENT
        self.session.add(gone)
        self.session.flush()

    def certificate(
        self,
        child: Child,
        state: CertificateState = CertificateState.PRESENT,
        clinic: ClinicResult | None = None,
    ) -> Certificate:
        before = latest_certificate(self.session, child.id)
        row = Certificate(child_id=child.id, state=state, clinic_result=clinic, recorded_at=MOMENT)
        row.recorded_by, row.supersedes_id = self.by.user_id, before.id if before else None
        self.session.add(row)
        self.session.flush()
        return row

    def doubt(self, child: Child, line: str, record: DoseRecord | None = None) -> Doubt:
        row = Doubt(child_id=child.id, line=line, kind=DoubtKind.UNREADABLE, raised_at=MOMENT)
        row.raised_by, row.dose_record_id = self.by.user_id, record.id if record else None
        self.session.add(row)
        self.session.flush()
        return row

    def exempt(self, child: Child, line: str) -> Exemption:
        row = Exemption(child_id=child.id, line=line, kind=ExemptionKind.CONTRAINDICATED)
        row.evidence, row.recorded_by, row.recorded_at = ExemptionEvidence.CLINIC_PAPER, self.by.user_id, MOMENT
        self.session.add(row)
        self.session.flush()
        return row

    def enrolment(self, child: Child) -> Enrolment:
        return self.session.scalars(
            select(Enrolment).where(Enrolment.child_id == child.id).order_by(Enrolment.id.desc())
        ).first()

    def check(self, child: Child, day: dt.date = DAY) -> Check:
        enrolment = self.enrolment(child)
        if latest_certificate(self.session, child.id) is None:
            self.certificate(child)
        return check_child(self.session, by=self.by, now=at(day), as_of=day, child=child, enrolment=enrolment)

    def notice(self, child: Child, day: dt.date = DAY) -> Notice | None:
        """A check and what follows from it."""
        return follow_check(self.session, by=self.by, now=at(day), check=self.check(child, day))
