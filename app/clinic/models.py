"""Tables of the health center's desk: days of vaccinating, appointments, and what became of the doses that were asked.

A dose that a notice asks for is `NoticeItem`; here stands what the center planned for it and why it was not given.
What somebody typed about a child is sealed (see `app.privacy.notes`).
"""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.clinic.kinds import (
    ContactResult,
    ContactWay,
    EndedBecause,
    PauseReason,
    Seriousness,
    SessionState,
    WhyNot,
)
from app.columns import word
from app.database import Base


class VaccinationSession(Base):
    """A day, or part of one, on which a center vaccinates: at home, or for one school in that school."""

    __tablename__ = "vaccination_session"
    __table_args__ = (
        UniqueConstraint("center_id", "day", "begins", "school_id"),
        CheckConstraint("ends > begins", name="ends_after_it_begins"),
        CheckConstraint("capacity > 0", name="room_for_somebody"),
        CheckConstraint("slot_minutes > 0", name="slots_of_some_minutes"),
        CheckConstraint("(state = 'paused') = (paused_because IS NOT NULL)", name="paused_for_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    center_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    day: Mapped[dt.date] = mapped_column(index=True)
    #: Minutes since midnight.
    begins: Mapped[int]
    ends: Mapped[int]
    slot_minutes: Mapped[int]
    #: How many children in all.
    capacity: Mapped[int]
    #: A temporary session in a school.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[SessionState] = mapped_column(word(SessionState))
    paused_because: Mapped[PauseReason | None] = mapped_column(word(PauseReason))
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class Appointment(Base):
    """A child is asked to come to a session at a time. One is live for a child."""

    __tablename__ = "appointment"
    __table_args__ = (
        Index(
            "uq_appointment_one_live_of_a_child",
            "child_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended_for_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("vaccination_session.id"), index=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    #: Minutes since midnight.
    slot: Mapped[int]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    invited_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    ended_because: Mapped[EndedBecause | None] = mapped_column(word(EndedBecause))


class PlannedItem(Base):
    """A dose of a notice that is planned for an appointment."""

    __tablename__ = "planned_item"

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("notice_item.id"), primary_key=True, index=True)


class NotGiven(Base):
    """A dose was not given, and why. It stays owed. The newest row of an item is the one that holds."""

    __tablename__ = "not_given"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("notice_item.id"), index=True)
    because: Mapped[WhyNot] = mapped_column(word(WhyNot))
    note_sealed: Mapped[bytes | None]
    at: Mapped[dt.datetime]
    by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class Contact(Base):
    """Somebody of the center tried to reach a family."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    center_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    way: Mapped[ContactWay] = mapped_column(word(ContactWay))
    result: Mapped[ContactResult] = mapped_column(word(ContactResult))
    note_sealed: Mapped[bytes | None]
    at: Mapped[dt.datetime]
    by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class AdverseEvent(Base):
    """疑似预防接种异常反应: noted here, reported by the center through its own channel."""

    __tablename__ = "adverse_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    center_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    begun_on: Mapped[dt.date]
    dose_record_ids: Mapped[list[int]] = mapped_column(JSON)
    seriousness: Mapped[Seriousness] = mapped_column(word(Seriousness))
    description_sealed: Mapped[bytes | None]
    #: The day on which the center reported it; None: not yet.
    reported_on: Mapped[dt.date | None]
    at: Mapped[dt.datetime]
    by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class ProductPause(Base):
    """A product, or one lot of it, is not given for now."""

    __tablename__ = "product_pause"

    id: Mapped[int] = mapped_column(primary_key=True)
    center_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    product: Mapped[str] = mapped_column(String(32))
    #: None: every lot.
    lot: Mapped[str | None] = mapped_column(String(40))
    because: Mapped[PauseReason] = mapped_column(word(PauseReason))
    begun_at: Mapped[dt.datetime]
    begun_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class DoseTrace(Base):
    """The trace code 追溯码 of the vial that a dose came from."""

    __tablename__ = "dose_trace"

    dose_record_id: Mapped[int] = mapped_column(ForeignKey("dose_record.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), index=True)


class HandOver(Base):
    """A child whose catch-up another center takes over; from then on it is that center's child."""

    __tablename__ = "hand_over"
    __table_args__ = (CheckConstraint("from_center_id <> to_center_id", name="to_another_center"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    from_center_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    to_center_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    at: Mapped[dt.datetime]
    by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    received_at: Mapped[dt.datetime | None]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
