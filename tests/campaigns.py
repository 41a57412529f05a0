"""A campaign and children with doses, for tests of checks, desks and counts."""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.campaigns.models import Campaign, CampaignState, Round
from app.children.kinds import CertificateKind, CertificateState, ClinicResult, DoseSource, Sex
from app.children.models import Certificate, Child, DoseRecord
from app.privacy.identities import Identity, seal_identity
from tests.district import FIRST_DAY, MOMENT, District, enrol

#: A child of six who had everything in time, by product.
EVERYTHING: Mapping[str, Sequence[str]] = {
    "BCG": ["2020-03-12"],
    "HepB": ["2020-03-12", "2020-04-14", "2020-09-15"],
    "IPV": ["2020-05-14", "2020-06-15"],
    "bOPV": ["2020-07-16", "2024-03-14"],
    "DTaP": ["2020-06-15", "2020-07-16", "2020-08-17", "2021-09-14", "2026-03-20"],
    "MMR": ["2020-11-16", "2021-09-14"],
    "JE-L": ["2020-11-16", "2022-03-15"],
    "MPSV-A": ["2020-09-15", "2020-12-17"],
    "MPSV-AC": ["2023-03-20", "2026-03-20"],
    "HepA-L": ["2021-09-14"],
}


def open_campaign(session: Session, district: District) -> Campaign:
    """The autumn of 2026, in the district's own bureau."""
    campaign = Campaign(
        bureau_id=district.places["bureau"].id,
        name="2026年秋季",
        year=2026,
        round=Round.AUTUMN,
        first_day=FIRST_DAY,
        joins_from=dt.date(2026, 7, 1),
        deadline_days=30,
        list_within_days=7,
        recheck_by=dt.date(2026, 12, 31),
        cutoff_hour=17,
        due_counts=True,
        edition="nip-2026",
        state=CampaignState.OPEN,
        created_at=MOMENT,
    )
    session.add(campaign)
    session.flush()
    return campaign


def child_with_doses(
    session: Session,
    district: District,
    doses: Mapping[str, Sequence[str | None]],
    *,
    name: str = "测试甲",
    class_name: str = "near_1",
    clinic: ClinicResult | None = ClinicResult.NONE,
) -> Child:
    """A girl born 2020-03-12 in a class, with a certificate that was seen."""
    child = enrol(session, district.classes[class_name])
    child.sex = Sex.FEMALE
    seal_identity(session, child, Identity(name=name), now=MOMENT)
    clerk = district.users["clerk"].id
    for product, days in doses.items():
        for day in days:
            add_dose(session, child, product, day, by=clerk)
    if clinic is not None:
        session.add(
            Certificate(
                child_id=child.id,
                kind=CertificateKind.BOOKLET,
                state=CertificateState.PRESENT,
                clinic_result=clinic,
                recorded_at=MOMENT,
                recorded_by=clerk,
            )
        )
    session.flush()
    return child


def add_dose(session: Session, child: Child, product: str, day: str | None, *, by: int) -> DoseRecord:
    dose = DoseRecord(
        child_id=child.id,
        product=product,
        day=dt.date.fromisoformat(day) if day else None,
        source=DoseSource.REGISTRY,
        entered_by=by,
        entered_at=MOMENT,
        withdrawn=False,
    )
    session.add(dose)
    session.flush()
    return dose


def without(*products: str) -> dict[str, Sequence[str]]:
    """Everything but these products."""
    return {product: days for product, days in EVERYTHING.items() if product not in products}
