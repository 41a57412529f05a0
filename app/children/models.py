"""Tables of a child: the child, enrolments, certificates, doses, doubts and exemptions.

No name, number, phone or address stands here in clear: they are sealed in `Child.identity_sealed` (see `app.privacy`).
`DoseRecord` is only ever added to; the database itself refuses to change or delete a row (see `app.audit.guards`).
"""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.children.kinds import (
    CertificateKind,
    CertificateState,
    ClinicResult,
    DoseSource,
    DoubtKind,
    DoubtOutcome,
    EnrolmentSource,
    EnrolmentState,
    ExemptionEvidence,
    ExemptionKind,
    Origin,
    Sex,
    Whereabouts,
)
from app.columns import word
from app.database import Base


class Child(Base):
    """A child, known to the tables by a number alone."""

    __tablename__ = "child"
    __table_args__ = (
        # An erased child keeps nothing that says who it was, not even sealed.
        CheckConstraint("erased_at IS NULL OR identity_sealed IS NULL", name="erased_is_nameless"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_merged_into_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sex: Mapped[Sex] = mapped_column(word(Sex))
    #: In clear, because the rules judge by it; alone it names nobody.
    birth_date: Mapped[dt.date]
    origin: Mapped[Origin] = mapped_column(word(Origin), default=Origin.LOCAL)
    #: By residence; without one the school's default health center looks after the child.
    home_health_center_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Mother HBsAg positive or unknown and birth weight below 2000 g: the birth dose is outside the series.
    hbsag_exposed_under_2000g: Mapped[bool] = mapped_column(default=False)
    #: Two rows turned out to be one child. Reversible, see `app.merging`.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"), index=True)
    erased_at: Mapped[dt.datetime | None]
    #: Everything direct about the child and its guardians, opened by the child's own data key only.
    identity_sealed: Mapped[bytes | None]
    created_at: Mapped[dt.datetime]


class Enrolment(Base):
    """A child in a class, from a day to a day. A transfer closes one row and opens another."""

    __tablename__ = "enrolment"
    __table_args__ = (
        # The last wall against a list imported twice; a guest may be in two classes, never twice in one.
        Index(
            "uq_enrolment_one_active_in_a_class",
            "child_id",
            "class_id",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
        CheckConstraint("to_day IS NULL OR to_day >= from_day", name="ends_after_it_begins"),
        CheckConstraint("state <> 'left' OR to_day IS NOT NULL", name="left_on_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    from_day: Mapped[dt.date]
    to_day: Mapped[dt.date | None]
    source: Mapped[EnrolmentSource] = mapped_column(word(EnrolmentSource))
    state: Mapped[EnrolmentState] = mapped_column(word(EnrolmentState), index=True)


class Certificate(Base):
    """What was shown of the vaccination certificate, and what the clinic's assessment page said."""

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    #: None where there is no certificate to be of a kind.
    kind: Mapped[CertificateKind | None] = mapped_column(word(CertificateKind))
    state: Mapped[CertificateState] = mapped_column(word(CertificateState))
    whereabouts: Mapped[Whereabouts | None] = mapped_column(word(Whereabouts))
    #: None: nobody looked yet; `none`: looked, there is no assessment.
    clinic_result: Mapped[ClinicResult | None] = mapped_column(word(ClinicResult))
    clinic_unit: Mapped[str | None] = mapped_column(String(120))
    clinic_day: Mapped[dt.date | None]
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    #: Unique: of two desks that correct the same row only the first succeeds, so the history stays one line.
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), unique=True)


class DoseRecord(Base):
    """One dose as somebody wrote it down. Never changed: a correction is a new row that supersedes this one."""

    __tablename__ = "dose_record"
    __table_args__ = (
        # A date is a date or it is not one: a month, or text nobody can read, must never pass for a day.
        CheckConstraint("day IS NULL OR partial_date IS NULL", name="day_or_partial"),
        CheckConstraint("NOT withdrawn OR supersedes_id IS NOT NULL", name="withdraws_a_record"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    #: A code of the rules' product catalogue.
    product: Mapped[str] = mapped_column(String(32))
    #: What stands on the paper, where the catalogue does not know it.
    as_written: Mapped[str | None] = mapped_column(String(80))
    day: Mapped[dt.date | None]
    #: A month without a day, or what could not be read, as written.
    partial_date: Mapped[str | None] = mapped_column(String(40))
    lot: Mapped[str | None] = mapped_column(String(40))
    unit: Mapped[str | None] = mapped_column(String(120), index=True)
    source: Mapped[DoseSource] = mapped_column(word(DoseSource))
    entered_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    entered_at: Mapped[dt.datetime]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("dose_record.id"), unique=True)
    #: This row says that the one it supersedes does not hold.
    withdrawn: Mapped[bool] = mapped_column(default=False)


class Doubt(Base):
    """Somebody could not believe or read a dose, or every dose of a line, until it is settled."""

    __tablename__ = "doubt"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (settled_how IS NULL)", name="settled_with_an_outcome"),
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    line: Mapped[str] = mapped_column(String(16))
    #: None: every dose of the line.
    dose_record_id: Mapped[int | None] = mapped_column(ForeignKey("dose_record.id"), index=True)
    kind: Mapped[DoubtKind] = mapped_column(word(DoubtKind))
    raised_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    raised_at: Mapped[dt.datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[dt.datetime | None]
    settled_how: Mapped[DoubtOutcome | None] = mapped_column(word(DoubtOutcome))
    #: Raised because booklet, registry and clinic contradict each other (see `app.reconciling`), not by a person.
    by_comparing: Mapped[bool] = mapped_column(default=False)


class Exemption(Base):
    """The clinic's word that a line, or live vaccines, are not given or not now. Never why."""

    __tablename__ = "exemption"

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    #: A line of the rules, or "live" for every live injected vaccine.
    line: Mapped[str] = mapped_column(String(16))
    kind: Mapped[ExemptionKind] = mapped_column(word(ExemptionKind))
    #: The last day it holds; None for good.
    valid_to: Mapped[dt.date | None]
    evidence: Mapped[ExemptionEvidence] = mapped_column(word(ExemptionEvidence))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[dt.datetime]
    #: Taken back before its time.
    ended_at: Mapped[dt.datetime | None]
