"""A school in September in which anything may happen in any order, through the house's own actions.

Each verb is one transaction, as at a desk. What the house refuses (too late, on record already) changes nothing.
"""

import datetime as dt
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.checks.actions import TooLateToUndo, check_child, undo_check
from app.checks.queries import latest_check
from app.children.actions import Facts, add_child
from app.children.dose_actions import correct_dose, enter_doses, withdraw_dose
from app.children.kinds import (
    CertificateState,
    ClinicResult,
    DoseSource,
    DoubtKind,
    DoubtOutcome,
    EnrolmentSource,
    ExemptionEvidence,
    ExemptionKind,
    Sex,
)
from app.children.models import Child, DoseRecord, Enrolment
from app.children.queries import active_enrolment, effective_doses, exemptions_in_force, latest_certificate, open_doubts
from app.children.record_actions import end_exemption, raise_doubt, record_certificate, record_exemption, settle_doubt
from app.children.refusing import AlreadyCorrected, NotYours, OnRecord, SaidAlready
from app.clock import CHINA
from app.database import Database
from app.merging.refusing import CannotMerge
from app.notices import actions as notices
from app.notices.queries import live_notice
from app.notices.settling import settle_items
from app.people.actors import Actor
from app.privacy.erasing import erase_child
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity
from app.reports import actions as reports
from app.reports.models import Report, ReportState
from app.roster.refusing import NotApplied
from app.schools.models import Organisation
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine
from rules import national
from tests.actors import actor
from tests.campaigns import EVERYTHING, open_campaign
from tests.district import District, build_district
from tests.journeys.class_of_twelve import Pupil

#: What may be known of a child when it comes, by what is missing; None: nothing is known at all.
RECORDS: dict[str, tuple[tuple[str, int], ...] | None] = {
    "everything": (),
    "no hepa": (("HepA-L", 1),),
    "nothing since five": (("DTaP", 5), ("MPSV-AC", 2)),
    "one mmr, one je": (("MMR", 2), ("JE-L", 2)),
    "no bcg": (("BCG", 1),),
    "half": tuple((product, 2) for product in EVERYTHING),
    "no record": None,
}
#: Entrants of three and of six, and one who came back late.
BIRTHS = [dt.date(2020, 3, 12), dt.date(2019, 12, 5), dt.date(2023, 2, 20), dt.date(2018, 9, 30)]
#: Who works where.
CLERKS = {"near_1": "clerk", "near_2": "clerk", "far_1": "far_clerk"}
_REFUSALS = (
    AlreadyCorrected,
    CannotMerge,
    NotApplied,
    NotYours,
    OnRecord,
    SaidAlready,
    TooLateToUndo,
    notices.NotNow,
    reports.NotNow,
)


@dataclass
class World:
    """The district, who was enrolled, and what time it is."""

    app: Flask
    database: Database
    now: dt.datetime = dt.datetime(2026, 9, 3, 8, 30, tzinfo=CHINA)
    district: District = field(default_factory=District)
    #: Child → the class it came into.
    children: dict[int, str] = field(default_factory=dict)
    came: int = 0

    def begin(self) -> None:
        with self.database.writing() as session:
            self.district = build_district(session)
            open_campaign(session, self.district)
            for child in self.district.children.values():
                session.delete(session.scalars(select(Enrolment).where(Enrolment.child_id == child.id)).one())

    @property
    def today(self) -> dt.date:
        return self.now.date()

    def clerk_of(self, child_id: int) -> Actor:
        return actor(self.district, CLERKS[self.children[child_id]])

    def nurse_of(self, child_id: int) -> Actor:
        return actor(self.district, "far_nurse" if CLERKS[self.children[child_id]] == "far_clerk" else "nurse")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A step of somebody; a few seconds pass with it. Refused: taken back whole."""
        self.now += dt.timedelta(seconds=7)
        try:
            with self.database.writing() as session:
                yield session
        except _REFUSALS:
            pass

    def campaign(self, session: Session) -> Campaign:
        return session.scalars(select(Campaign)).one()

    def enrol(self, class_name: str, record: str, born: dt.date, lives_far: bool) -> int:
        self.came += 1
        serial = self.came
        pupil = Pupil(f"林{chr(0x4E00 + 61 * serial)}", "女", born, serial, lacks=RECORDS[record] or ())
        school_class, by = self.district.classes[class_name], actor(self.district, CLERKS[class_name])
        identity = Identity(
            pupil.name,
            identifiers=(Identifier(IdentifierKind.RESIDENT_ID, pupil.number),),
            guardians=(Guardian("林家长", "母亲", pupil.phone),),
        )
        with self.transaction() as session:
            child = add_child(
                session,
                by=by,
                now=self.now,
                on=self.today,
                school_class=school_class,
                source=EnrolmentSource.ROSTER,
                facts=Facts(Sex.FEMALE, born),
                identity=identity,
            )
            if lives_far:
                child.home_health_center_id = self.district.places["far_center"].id
            if RECORDS[record] is not None:
                known = [(product, day) for product, day in pupil.doses if day <= self.today]
                entries = [DoseEntry(Vaccine(product), Written(day=day)) for product, day in known]
                enter_doses(session, by=by, now=self.now, child=child, entries=entries, source=DoseSource.REGISTRY)
            self.children[child.id] = class_name
        return child.id

    def assess(self, child_id: int, state: CertificateState, clinic: ClinicResult | None) -> None:
        """One key at the desk: the certificate is recorded and the check saved."""
        by = self.clerk_of(child_id)
        with self.transaction() as session:
            child = session.get_one(Child, child_id)
            latest = latest_certificate(session, child_id)
            instead_of = latest.id if latest else None
            word = {"by": by, "now": self.now, "child": child, "instead_of": instead_of}
            record_certificate(session, **word, state=state, clinic_result=clinic)
            self._check(session, by, child)

    def check_again(self, child_id: int) -> None:
        """On the child's page: what is on record now, whatever was seen before."""
        with self.transaction() as session:
            if latest_certificate(session, child_id) is not None:
                self._check(session, self.clerk_of(child_id), session.get_one(Child, child_id))

    def _check(self, session: Session, by: Actor, child: Child) -> None:
        enrolment = active_enrolment(session, by, child.id)
        assert enrolment is not None
        check_child(session, by=by, now=self.now, as_of=self.today, child=child, enrolment=enrolment)

    def undo(self, child_id: int) -> None:
        by = self.clerk_of(child_id)
        with self.transaction() as session:
            enrolment = active_enrolment(session, by, child_id)
            assert enrolment is not None
            standing = latest_check(session, enrolment.id)
            if standing is not None:
                undo_check(session, by=by, now=self.now, check=standing)

    def give(self, child_id: int, product: str, day: dt.date | None, at_the_clinic: bool) -> None:
        """A dose comes in; without a day only its month could be read."""
        by = self.nurse_of(child_id) if at_the_clinic else self.clerk_of(child_id)
        source = DoseSource.CLINIC if at_the_clinic else DoseSource.BOOKLET
        written = Written(day=day) if day else Written(partial="2024-05")
        with self.transaction() as session:
            child = session.get_one(Child, child_id)
            entries = [DoseEntry(Vaccine(product), written)]
            enter_doses(session, by=by, now=self.now, child=child, entries=entries, source=source)

    def correct(self, child_id: int, which: int, day: dt.date) -> None:
        with self.transaction() as session:
            dose = self._dose(session, child_id, which)
            if dose is not None:
                entry = DoseEntry(Vaccine(dose.product), Written(day=day))
                by, child = self._owner(dose), session.get_one(Child, child_id)
                correct_dose(
                    session, by=by, now=self.now, child=child, dose=dose, entry=entry, source=DoseSource(dose.source)
                )

    def withdraw(self, child_id: int, which: int) -> None:
        with self.transaction() as session:
            dose = self._dose(session, child_id, which)
            if dose is not None:
                child = session.get_one(Child, child_id)
                withdraw_dose(session, by=self._owner(dose), now=self.now, child=child, dose=dose)

    def _owner(self, dose: DoseRecord) -> Actor:
        clinic = dose.source is DoseSource.CLINIC
        return self.nurse_of(dose.child_id) if clinic else self.clerk_of(dose.child_id)

    def doubt(self, child_id: int, which: int) -> None:
        with self.transaction() as session:
            dose = self._dose(session, child_id, which)
            lines = national().products[dose.product].feeds if dose else ()
            if dose is not None and lines:
                by, child = self.clerk_of(child_id), session.get_one(Child, child_id)
                raise_doubt(
                    session, by=by, now=self.now, child=child, lines=lines, kind=DoubtKind.UNREADABLE, dose=dose
                )

    def settle(self, child_id: int) -> None:
        with self.transaction() as session:
            child = session.get_one(Child, child_id)
            for doubt in open_doubts(session, child_id):
                by = self.clerk_of(child_id)
                settle_doubt(session, by=by, now=self.now, child=child, doubt=doubt, outcome=DoubtOutcome.HOLDS)

    def exempt(self, child_id: int, line: str) -> None:
        with self.transaction() as session:
            record_exemption(
                session,
                by=self.nurse_of(child_id),
                now=self.now,
                child=session.get_one(Child, child_id),
                line=line,
                kind=ExemptionKind.CONTRAINDICATED,
                evidence=ExemptionEvidence.CLINIC_PAPER,
            )

    def end_exemptions(self, child_id: int) -> None:
        with self.transaction() as session:
            child = session.get_one(Child, child_id)
            for one in exemptions_in_force(session, child_id, self.today):
                end_exemption(session, by=self.nurse_of(child_id), now=self.now, child=child, exemption=one)

    def hand_out(self, child_id: int, slip: bool) -> None:
        """Print, hand out, and perhaps the slip comes back."""
        by = self.clerk_of(child_id)
        with self.transaction() as session:
            enrolment = active_enrolment(session, by, child_id)
            notice = live_notice(session, enrolment.id) if enrolment else None
            if notice is not None:
                notices.mark_printed(session, by=by, now=self.now, notices=[notice])
                notices.hand_out(session, by=by, now=self.now, notice=notice)
                if slip:
                    notices.receive_slip(session, by=by, now=self.now, notice=notice)

    def freeze(self, school: str, center: str) -> None:
        by = actor(self.district, "clerk" if school == "near" else "far_clerk")
        with self.transaction() as session:
            places = {name: session.get_one(Organisation, self.district.places[name].id) for name in (school, center)}
            which = {"campaign": self.campaign(session), "school": places[school], "center": places[center]}
            reports.freeze(session, by=by, now=self.now, **which)

    def freeze_all(self) -> None:
        for school, center in itertools.product(["near", "far"], ["near_center", "far_center"]):
            self.freeze(school, center)

    def send(self) -> None:
        """The oldest list that is still here."""
        with self.transaction() as session:
            here = select(Report).where(Report.state == ReportState.FROZEN).order_by(Report.id).limit(1)
            for report in session.scalars(here).all():
                reports.send(session, by=actor(self.district, "clerk"), now=self.now, report=report)

    def erase(self, child_id: int) -> None:
        with self.transaction() as session:
            erase_child(session, by=None, now=self.now, child=session.get_one(Child, child_id))
        del self.children[child_id]

    def days_pass(self, days: int) -> None:
        """A dose may be no longer owed by age alone: settled here, so that a later step answers for its own change."""
        self.now += dt.timedelta(days=days)
        for child_id in self.children:
            with self.transaction() as session:
                settle_items(session, by=self.clerk_of(child_id), now=self.now, child=session.get_one(Child, child_id))

    def _dose(self, session: Session, child_id: int, which: int) -> DoseRecord | None:
        found = effective_doses(session, child_id)
        return found[which % len(found)] if found else None
