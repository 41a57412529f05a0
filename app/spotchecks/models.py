"""Tables of spot checks: one draw with its published seed, and every child drawn with what was found."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base
from app.people.roles import Role


class SpotKind(StrEnum):
    """Does the record agree with the booklet; or, as in the classic rapid survey, how many are vaccinated."""

    RECORDS = "records"
    COVERAGE = "coverage"


class SpotState(StrEnum):
    DRAWN = "drawn"
    CLOSED = "closed"
    #: It counts for nothing and stays to be seen: nobody draws until a seed pleases.
    ABANDONED = "abandoned"


class Outcome(StrEnum):
    """What was found at one child."""

    AGREES = "agrees"
    DIFFERS = "differs"
    MISSING_HERE = "missing_here"
    NOT_IN_BOOKLET = "not_in_booklet"
    VACCINATED = "vaccinated"
    NOT_VACCINATED = "not_vaccinated"
    #: Absent, moved, no booklet: no answer, counted apart.
    NOT_SEEN = "not_seen"


#: What may be found in a spot check of each kind, in the order of the page.
OUTCOMES = {
    SpotKind.RECORDS: (
        Outcome.AGREES,
        Outcome.DIFFERS,
        Outcome.MISSING_HERE,
        Outcome.NOT_IN_BOOKLET,
        Outcome.NOT_SEEN,
    ),
    SpotKind.COVERAGE: (Outcome.VACCINATED, Outcome.NOT_VACCINATED, Outcome.NOT_SEEN),
}
ERRORS = frozenset({Outcome.DIFFERS, Outcome.MISSING_HERE, Outcome.NOT_IN_BOOKLET})


class SpotCheck(Base):
    """One draw. Everything that it was drawn by is kept, so that it can be drawn again."""

    __tablename__ = "spot_check"
    __table_args__ = (
        UniqueConstraint("campaign_id", "seed", "kind"),
        CheckConstraint("(kind = 'coverage') = (line IS NOT NULL)", name="coverage_of_a_line"),
        CheckConstraint("(state = 'drawn') = (ended_at IS NULL)", name="ended_or_not"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[SpotKind] = mapped_column(word(SpotKind))
    #: The line of a survey of coverage.
    line: Mapped[str | None] = mapped_column(String(16))
    #: Per mille: the share to be reached by a survey.
    target: Mapped[int] = mapped_column(default=950)
    seed: Mapped[str] = mapped_column(String(40))
    #: Per mille: what the size was reckoned from.
    expected: Mapped[int]
    precision: Mapped[int]
    population: Mapped[int]
    size: Mapped[int]
    #: SHA-256 over everybody from whom was drawn.
    frame: Mapped[str] = mapped_column(String(64))
    state: Mapped[SpotState] = mapped_column(word(SpotState), default=SpotState.DRAWN)
    drawn_at: Mapped[dt.datetime]
    drawn_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[dt.datetime | None]


class SpotItem(Base):
    """One child of a sample."""

    __tablename__ = "spot_item"
    __table_args__ = (
        UniqueConstraint("spot_check_id", "enrolment_id"),
        CheckConstraint("(outcome IS NULL) = (found_at IS NULL)", name="found_at_a_time"),
        CheckConstraint("(found_by IS NULL) = (found_at IS NULL)", name="found_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    spot_check_id: Mapped[int] = mapped_column(ForeignKey("spot_check.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    #: The check that stood on the day of the draw, and who had made it.
    check_id: Mapped[int] = mapped_column(ForeignKey("check_record.id"))
    clerk_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    #: 1, 2, 3 … within the school, in the order of the draw.
    position: Mapped[int]
    outcome: Mapped[Outcome | None] = mapped_column(word(Outcome))
    found_at: Mapped[dt.datetime | None]
    found_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    #: A school that looks at its own work is shown as that.
    found_as: Mapped[Role | None] = mapped_column(word(Role))
